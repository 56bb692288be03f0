import { useMemo } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { CardForms } from '../../../shared/domain/form-fields.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { type Formats, useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useCardForms } from './use-card-forms.ts';
import type { ValueWords } from './value-text.ts';

export type StaffMember = OutputOf<'staff.list'>['staff'][number];

/** What controls and values of form fields need to speak: texts, formats, the staff register. */
export interface FieldKit extends ValueWords {
  readonly formats: Formats;
  readonly staff: readonly StaffMember[];
  /** The archive's forms. */
  readonly forms: CardForms;
}

export function useFieldKit(): FieldKit {
  const { t } = useText();
  const formats = useFormats();
  const forms = useCardForms();
  const staff = useArchiveQuery('staff.list', { includeInactive: true }).data?.staff;
  return useMemo(() => {
    const list = staff ?? [];
    const names = new Map(list.map((member) => [member.id, member.name]));
    return { t, formats, forms, staff: list, staffName: (id) => names.get(id) };
  }, [t, formats, forms, staff]);
}
