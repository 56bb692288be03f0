import type { CardForms } from '../../../shared/domain/form-fields.ts';
import { formsWith, NO_OWN_FORMS } from '../../../shared/domain/forms/own-fields.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';

/** The forms as this archive has them, with what its keeper added. */
export function useCardForms(): CardForms {
  return formsWith(useArchiveQuery('forms.get', {}).data ?? NO_OWN_FORMS);
}
