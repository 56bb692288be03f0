import type { Draft } from '../../drafts/draft-store.ts';
import type { Place } from '../../state/navigation.ts';

/** Where an unfinished draft goes on: by the scope that its form chose. */
export function placeOfDraft(draft: Draft): Place {
  if (draft.scope === 'paper') {
    const { class: dossierClass = 1 } = draft.value as { readonly class?: number };
    return { screen: 'dossiers', number: draft.id, tab: String(dossierClass), params: { filing: 'draft' } };
  }
  if (draft.scope === 'stockCheck') return { screen: 'revision', tab: 'stock', params: { place: draft.id } };
  return draft.scope === 'newCard'
    ? { screen: 'cards', params: { new: draft.id } }
    : { screen: 'cards', number: draft.id };
}
