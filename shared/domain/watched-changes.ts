import type { CardKind } from './form-fields.ts';
import { type CardValues, type FieldValue, isFilled, type ListItem } from './forms/field.ts';

/** Changes of a customer that reach beyond its card (M1): the keeper looks at papers, credit and competence again. */
export const WATCH_KINDS = ['personInCharge', 'licence', 'legalForm', 'market'] as const;
export type WatchKind = (typeof WATCH_KINDS)[number];

const FIELDS: Readonly<Record<WatchKind, readonly string[]>> = {
  personInCharge: ['legalRepresentative'],
  licence: ['unifiedSocialCreditCode', 'businessLicenceNumber', 'taiwanBusinessNumber', 'overseasRegistrationNumber'],
  legalForm: ['legalForm', 'registeredName'],
  market: ['marketsServed', 'salesArea', 'country'],
};

/** Every field that such a change may be in. */
export const WATCHED_FIELDS: readonly string[] = [...new Set(Object.values(FIELDS).flat()), 'contacts'];

/** Names of those who decide, in the order of writing. */
function decisionMakers(contacts: FieldValue | undefined): string {
  if (!Array.isArray(contacts)) return '';
  return (contacts as readonly ListItem[])
    .filter(
      ({ purchaseRoles }) =>
        Array.isArray(purchaseRoles) && (purchaseRoles as readonly string[]).includes('decisionMaker'),
    )
    .map(({ name }) => String(name ?? ''))
    .sort()
    .join('\n');
}

export interface WatchedChange {
  readonly kind: WatchKind;
  readonly fields: readonly string[];
}

/**
 * What in a change is worth watching. A value that is filled in for the first time is no change of the customer; one that is
 * replaced or emptied is.
 */
export function watchedChanges(kind: CardKind, before: CardValues, after: CardValues): readonly WatchedChange[] {
  if (kind !== 'enterprise') return [];
  return WATCH_KINDS.flatMap((watched) => {
    const fields = FIELDS[watched].filter(
      (key) => isFilled(before[key]) && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
    );
    if (watched === 'personInCharge') {
      const former = decisionMakers(before['contacts']);
      if (former !== '' && former !== decisionMakers(after['contacts'])) fields.push('contacts');
    }
    return fields.length === 0 ? [] : [{ kind: watched, fields }];
  });
}
