import { useDebouncedValue } from '@mantine/hooks';
import { IconUsers } from '@tabler/icons-react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { type CardKind, nameField } from '../../../shared/domain/form-fields.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useDialogs } from '../../state/dialogs.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import type { FieldWords } from '../../ui/fields/field-words.ts';
import { type CardForm, formValues } from './card-form.ts';
import styles from './screen.module.css';

/** What two cards of one customer would share: names, codes, phones. */
const TELLING: Readonly<Record<CardKind, readonly string[]>> = {
  enterprise: [
    'registeredName',
    'shortName',
    'foreignName',
    'formerNames',
    'unifiedSocialCreditCode',
    'taiwanBusinessNumber',
    'taxNumber',
    'organisationCode',
    'businessLicenceNumber',
    'overseasRegistrationNumber',
    'telephone',
    'fax',
    'contacts',
  ],
  individual: ['name', 'foreignName', 'identityDocumentNumber', 'mobile', 'officePhone', 'homePhone'],
};
/** Of a card's values those that another card of the same customer would share. */
export const tellingValues = (kind: CardKind, values: Readonly<Record<string, unknown>>): Record<string, string> =>
  // The archive checks the values; an amount or a list among them travels as it is.
  Object.fromEntries(
    Object.entries(values).filter(([key, value]) => TELLING[kind].includes(key) && value !== null),
  ) as Record<string, string>;

const PATIENCE_MS = 200;

/** Why another card may be the same customer. */
export const similarityText = (
  kind: CardKind,
  card: OutputOf<'customers.similar'>['similar'][number],
  words: FieldWords,
): string =>
  card.because === 'name' && card.field === nameField(kind)
    ? words.t(`cards.similar.name.${card.how}`)
    : words.t('cards.similar.field', { field: words.label(kind, card.field) });

/** Cards that may be the same customer, said while one is typed, so that nobody gets two numbers (C1). */
export function SimilarNote({
  kind,
  form,
  words,
  except,
}: {
  readonly kind: CardKind;
  readonly form: CardForm;
  readonly words: FieldWords;
  /** The card being changed: only what has been typed anew is looked for, and the two may be merged at once. */
  readonly except?: string;
}) {
  const { t } = words;
  const { go } = useNavigate();
  const open = useDialogs((state) => state.open);
  const all = except === undefined ? formValues(form) : form.edits;
  const [values] = useDebouncedValue(JSON.stringify(tellingValues(kind, all)), PATIENCE_MS);
  const similar = useArchiveQuery(
    'customers.similar',
    { kind, values: JSON.parse(values) as Record<string, string>, ...(except === undefined ? {} : { except }) },
    { enabled: values !== '{}', keepPrevious: true },
  );
  const found = values === '{}' ? [] : (similar.data?.similar ?? []);
  if (found.length === 0) return null;
  return (
    <div className={styles.similar} role="status">
      <IconUsers size={16} aria-hidden />
      <div>
        <p className={styles.similarTitle}>{t('cards.similar.title')}</p>
        <ul>
          {found.map((card) => (
            <li key={card.number}>
              <Button kind="link" onClick={() => go({ screen: 'cards', number: card.number })}>
                {card.number} {card.name}
              </Button>{' '}
              <span className={styles.faint}>{similarityText(kind, card, words)}</span>
              {except !== undefined && (
                <>
                  {' '}
                  <Button kind="link" onClick={() => open('mergeCards', { survivor: except, merged: card.number })}>
                    {t('cards.merge.open')}
                  </Button>
                </>
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
