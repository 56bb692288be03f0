import type { Draft } from '../../drafts/draft-store.ts';
import type { Place } from '../../state/navigation.ts';

/** Where an unfinished draft goes on: by the scope that its form chose. */
export function placeOfDraft(draft: Draft): Place {
  switch (draft.scope) {
    case 'newCard':
      return { screen: 'cards', params: { new: draft.id === 'individual' ? 'individual' : 'enterprise' } };
    case 'paper':
    case 'newPaper':
      return { screen: 'dossiers', number: draft.id.split('/')[0] };
    case 'loan':
      return { screen: 'loans' };
    case 'visit':
      return { screen: 'cards', number: draft.id, tab: 'visits' };
    default:
      return { screen: 'cards', number: draft.id };
  }
}
