import { useDebouncedValue } from '@mantine/hooks';
import { IconUsers } from '@tabler/icons-react';
import type { CardKind } from '../../../shared/domain/form-fields.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import type { FieldWords } from '../../ui/fields/field-words.ts';
import { type CardForm, formValues } from './card-form.ts';
import styles from './screen.module.css';

/** What two cards of one customer would share: name, code, phone. */
const TELLING: Readonly<Record<CardKind, readonly string[]>> = {
  enterprise: [
    'registeredName',
    'shortName',
    'unifiedSocialCreditCode',
    'taiwanBusinessNumber',
    'taxNumber',
    'telephone',
  ],
  individual: ['name', 'identityDocumentNumber', 'mobile', 'officePhone', 'homePhone'],
};
const PATIENCE_MS = 250;

/** Cards that may be the same customer, said while a new one is typed, so that nobody gets two numbers (C1). */
export function SimilarNote({
  kind,
  form,
  words,
  except,
}: {
  readonly kind: CardKind;
  readonly form: CardForm;
  readonly words: FieldWords;
  readonly except?: string;
}) {
  const { t } = words;
  const { go } = useNavigate();
  const all = formValues(form);
  const telling = Object.fromEntries(Object.entries(all).filter(([key]) => TELLING[kind].includes(key)));
  const [values] = useDebouncedValue(JSON.stringify(telling), PATIENCE_MS);
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
              <span className={styles.faint}>{t(`cards.similar.${card.because}`)}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
