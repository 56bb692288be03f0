import { IconFileText, IconTransfer } from '@tabler/icons-react';
import { useState } from 'react';
import type { OfficeHandover, OfficeInventory } from '../../../shared/contract/people.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole, useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { HandOverOfficeDialog } from './hand-over-office-dialog.tsx';
import styles from './office.module.css';

/** The keeper's office: what would go over with it now, and every handover before (M3). */
export function Office() {
  const { t } = useText();
  const print = usePrint();
  const role = useSession((state) => state.session?.user?.role);
  const acts = useActingRole();
  const mayRead = role === 'keeper' || role === 'supervisor';
  const [asking, setAsking] = useState(false);
  const inventory = useArchiveQuery('office.inventory', {}, { enabled: mayRead });
  const earlier = useArchiveQuery('office.handovers', { offset: 0, limit: 50 });
  return (
    <div className={styles.office}>
      {mayRead && (
        <Section
          title={t('handover.title')}
          note={t('handover.lead')}
          tools={
            <>
              {acts !== undefined && (
                <Button icon={IconFileText} onClick={() => print({ form: 'officeHandover', number: '' })}>
                  {t('handover.print')}
                </Button>
              )}
              {acts === 'keeper' && (
                <Button
                  kind="primary"
                  icon={IconTransfer}
                  disabled={inventory.data === undefined}
                  onClick={() => setAsking(true)}
                >
                  {t('handover.begin')}
                </Button>
              )}
            </>
          }
        >
          {inventory.error !== null ? (
            <ErrorState error={inventory.error} onRetry={() => void inventory.refetch()} />
          ) : inventory.data === undefined ? (
            <LoadingSkeleton shape="form" count={10} />
          ) : (
            <Inventory inventory={inventory.data} />
          )}
        </Section>
      )}
      <Section title={t('handover.earlier')}>
        {earlier.data?.handovers.length === 0 && <p className={styles.none}>{t('handover.noneEarlier')}</p>}
        <ol className={styles.earlier}>
          {earlier.data?.handovers.map((one) => (
            <Earlier
              key={one.number}
              handover={one}
              onPrint={() => print({ form: 'officeHandover', number: one.number })}
            />
          ))}
        </ol>
      </Section>
      {asking && inventory.data !== undefined && (
        <HandOverOfficeDialog inventory={inventory.data} onClose={() => setAsking(false)} />
      )}
    </div>
  );
}

function Earlier({ handover, onPrint }: { readonly handover: OfficeHandover; readonly onPrint: () => void }) {
  const { t } = useText();
  const formats = useFormats();
  return (
    <li>
      <span className={styles.number}>{handover.number}</span>
      <span>{formats.instant(handover.at)}</span>
      <span className={styles.people}>
        {t('handover.fromTo', {
          from: handover.from.displayName,
          to: handover.to.displayName,
          supervisor: handover.supervisor.displayName,
        })}
        {handover.differences !== '' && <span className={styles.note}>{handover.differences}</span>}
      </span>
      <Button size="small" icon={IconFileText} onClick={onPrint}>
        {t('handover.printed')}
      </Button>
    </li>
  );
}

/** What is named one by one is folded away until it is asked for, but for what is out. */
const OPEN_AT_ONCE = new Set(['openLoans', 'openCopies', 'duties']);

/** The inventory as a list on paper: number of each, and which. */
export function Inventory({ inventory }: { readonly inventory: OfficeInventory }) {
  const { t } = useText();
  const formats = useFormats();
  return (
    <div className={styles.inventory}>
      <dl className={styles.counts}>
        {inventory.sections
          .filter(({ items }) => items.length === 0)
          .map(({ key, count }) => (
            <div key={key}>
              <dt>{t(`handover.section.${key}`)}</dt>
              <dd>{formats.number(count)}</dd>
            </div>
          ))}
      </dl>
      {inventory.sections
        .filter(({ items }) => items.length > 0)
        .map(({ key, count, items }) => (
          <details key={key} open={OPEN_AT_ONCE.has(key)} className={styles.part}>
            <summary>
              <span>{t(`handover.section.${key}`)}</span>
              <span className={styles.count}>{formats.number(count)}</span>
            </summary>
            <ol>
              {items.map((item) => (
                <li key={`${item.number} ${item.title} ${item.detail}`}>
                  <Item section={key} item={item} />
                </li>
              ))}
            </ol>
          </details>
        ))}
      <p className={styles.fingerprint}>
        {t('handover.fingerprint')} <code>{inventory.sha256}</code>
      </p>
    </div>
  );
}

function Item({
  section,
  item,
}: {
  readonly section: string;
  readonly item: OfficeInventory['sections'][number]['items'][number];
}) {
  const { t, has } = useText();
  const words = (text: string) => (has(text) ? t(text) : text);
  const number = section === 'places' && item.number === '' ? t('handover.noPlace') : words(item.number);
  return (
    <>
      <span className={styles.number}>{number}</span>
      <span className={styles.itemTitle}>{item.title}</span>
      <span className={styles.detail}>{words(item.detail)}</span>
    </>
  );
}
