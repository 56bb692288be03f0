import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import styles from './binding.module.css';
import { type Concern, concernsByKind } from './shelf.ts';

const SHOWN = 6;
const WEIGHTY: readonly Concern['concern'][] = ['openLoan', 'missingPaper'];

/** What should be settled before a year is bound (Y1): each leads to where it can be. */
export function Concerns({ concerns }: { readonly concerns: readonly Concern[] }) {
  const { t } = useText();
  const groups = concernsByKind(concerns);
  return (
    <section className={styles.concerns} aria-label={t('binding.concerns')}>
      <h2 className={styles.sectionTitle}>{t('binding.concerns')}</h2>
      {groups.length === 0 ? (
        <p className={styles.settled}>
          <IconCheck size={16} aria-hidden /> {t('binding.noConcerns')}
        </p>
      ) : (
        groups.map((group) => <Group key={group.concern} concern={group.concern} entries={group.entries} />)
      )}
    </section>
  );
}

function Group({ concern, entries }: { readonly concern: Concern['concern']; readonly entries: readonly Concern[] }) {
  const { t, has } = useText();
  const { go } = useNavigate();
  const [all, setAll] = useState(false);
  const Shape = WEIGHTY.includes(concern) ? IconAlertTriangle : IconInfoCircle;
  const shown = all ? entries : entries.slice(0, SHOWN);
  const lead = (entry: Concern): void => {
    if (/·/u.test(entry.number)) go({ screen: 'dossiers', params: { paper: entry.number } });
    else if (/^JY-/u.test(entry.number)) go({ screen: 'loans', number: entry.number });
    else go({ screen: 'dossiers', number: entry.number });
  };
  // A missing paper is named by its type, of an export order with the order's number: `packingList:PO-26-1`.
  const detail = (entry: Concern): string => {
    const [type = '', ...order] = entry.detail.split(':');
    if (!has(`documentType.${type}`)) return entry.detail;
    const named = t(`documentType.${type}`);
    return order.length === 0 ? named : `${named} · ${t('dossiers.orderShort', { order: order.join(':') })}`;
  };
  return (
    <div className={styles.group}>
      <p className={styles.groupTitle} data-weighty={WEIGHTY.includes(concern) || undefined}>
        <Shape size={16} aria-hidden /> {t(`binding.concern.${concern}`, { count: entries.length })}
      </p>
      <ul>
        {shown.map((entry) => (
          <li key={`${entry.number} ${entry.detail} ${entry.title}`}>
            <Button kind="link" onClick={() => lead(entry)}>
              {entry.number}
            </Button>{' '}
            {entry.title} {entry.detail !== '' && <span className={styles.soft}>{detail(entry)}</span>}
          </li>
        ))}
      </ul>
      {shown.length < entries.length && (
        <Button kind="link" onClick={() => setAll(true)}>
          {t('binding.more', { count: entries.length - shown.length })}
        </Button>
      )}
    </div>
  );
}
