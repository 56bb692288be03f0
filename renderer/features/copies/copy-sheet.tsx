import { IconBell, IconFlame, IconMailForward, IconMoodSad, IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { IssuedCopy } from '../../../shared/contract/copies.ts';
import { isHeld } from '../../../shared/domain/issued-copies.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { CopyStateTag } from '../../ui/custody/state-tags.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './copies.module.css';
import { DeliverForm, DestroyForm, MissingForm, RecoverForm, RemindForm, WriteOffForm } from './copy-acts.tsx';

interface CopySheetProps {
  readonly copyNumber: string;
  readonly mayIssue: boolean;
  readonly onDelivered: (copy: IssuedCopy) => void;
  readonly onSettled: (copy: IssuedCopy) => void;
  readonly onBack: () => void;
}
type Act = 'destroy' | 'remind' | 'missing' | 'writeOff';

/** One issued copy: whose it is and until when, and the one thing to be done with it now. */
export function CopySheet({ copyNumber, mayIssue, onDelivered, onSettled, onBack }: CopySheetProps) {
  const { t } = useText();
  const print = usePrint();
  const query = useArchiveQuery('copies.get', { copyNumber });
  const [act, setAct] = useState<Act | null>(null);
  if (query.error !== null) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <LoadingSkeleton shape="form" />;
  const copy = query.data;
  const close = () => setAct(null);
  const held = isHeld(copy.state);
  const recall = () => print({ form: 'copyRecall', number: String(copy.recipient.id) });
  return (
    <div className={styles.form}>
      <header className={styles.sheetHead}>
        <h2 className={styles.formTitle}>{copy.recipient.name}</h2>
        <CopyStateTag copy={copy} />
      </header>
      <CopyFacts copy={copy} />
      {mayIssue && act === null && copy.state === 'made' && (
        <DeliverForm copy={copy} onDone={onDelivered} onBack={onBack} />
      )}
      {mayIssue && act === null && held && <RecoverForm copy={copy} onDone={onSettled} onBack={onBack} />}
      {act === 'destroy' && <DestroyForm copy={copy} onDone={onSettled} onBack={close} />}
      {act === 'remind' && <RemindForm copy={copy} onDone={close} onBack={close} />}
      {act === 'missing' && <MissingForm copy={copy} onDone={close} onBack={close} />}
      {act === 'writeOff' && <WriteOffForm copy={copy} onDone={onSettled} onBack={close} />}
      {act === null && (
        <div className={styles.others}>
          <Button
            size="small"
            kind="quiet"
            icon={IconPrinter}
            onClick={() => print({ form: 'copyReceipt', number: copy.copyNumber })}
          >
            {t('kit.print.copyReceipt')}
          </Button>
          {mayIssue && held && (
            <>
              <Button size="small" kind="quiet" icon={IconBell} onClick={() => setAct('remind')}>
                {t('copies.remind')}
              </Button>
              <Button size="small" kind="quiet" icon={IconMailForward} onClick={recall}>
                {t('kit.print.copyRecall')}
              </Button>
            </>
          )}
          {mayIssue && (held || copy.state === 'made') && (
            <Button size="small" kind="quiet" icon={IconFlame} onClick={() => setAct('destroy')}>
              {t('copies.destroy')}
            </Button>
          )}
          {mayIssue && copy.state === 'out' && (
            <Button size="small" kind="quiet" icon={IconMoodSad} onClick={() => setAct('missing')}>
              {t('copies.reportMissing')}
            </Button>
          )}
          {mayIssue && copy.state === 'missing' && (
            <Button size="small" kind="quiet" onClick={() => setAct('writeOff')}>
              {t('copies.writeOff')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function CopyFacts({ copy }: { readonly copy: IssuedCopy }) {
  const { t } = useText();
  const formats = useFormats();
  const fact = (label: string, value: ReactNode, urgent = false) => (
    <div data-urgent={urgent || undefined}>
      <dt>{t(label)}</dt>
      <dd>{value}</dd>
    </div>
  );
  return (
    <dl className={styles.facts}>
      {fact('copies.column.number', copy.copyNumber)}
      {fact(
        'copies.column.recipient',
        <>
          {copy.recipient.name} <span className={styles.soft}>{copy.recipient.department}</span>
        </>,
      )}
      {fact('copies.column.shows', t(`copies.shows.${copy.recipient.role}`))}
      {fact(
        'copies.column.customers',
        copy.customers.map((one) => (
          <div key={one.number}>
            {one.name} <span className={styles.soft}>{one.number}</span>
          </div>
        )),
      )}
      {copy.papers.length > 0 &&
        fact(
          'copies.papers',
          copy.papers.map((one) => (
            <div key={one.code}>
              {`${one.code} ${one.title}`}{' '}
              <span className={styles.soft}>
                {one.scannedPages === 0 ? t('copies.withoutScans') : t('copies.withScans', { pages: one.scannedPages })}
              </span>
            </div>
          )),
        )}
      {fact('copies.purpose', copy.purpose)}
      {fact(
        'copies.column.consent',
        `${copy.consent.name} · ${formats.day(copy.consent.givenAt)} · ${copy.consent.number}`,
      )}
      {copy.deliveredAt !== null && fact('copies.column.delivered', formats.day(copy.deliveredAt))}
      {fact('copies.recoverBy', formats.day(copy.recoverBy), copy.overdue)}
      {copy.reminders.length > 0 &&
        fact(
          'copies.reminded',
          copy.reminders.map((one) => `${formats.day(one.at)} ${one.method}`).join(t('form.listSeparator')),
        )}
      {copy.missingStatement !== '' && fact('copies.missingStatement', copy.missingStatement, copy.state === 'missing')}
      {copy.round !== null && fact('copies.form.round', copy.round)}
      {copy.closedAt !== null && fact('copies.column.closed', `${formats.day(copy.closedAt)} · ${copy.closedBy}`)}
      {copy.method !== null && fact('copies.column.outcome', `${t(`copies.method.${copy.method}`)} · ${copy.witness}`)}
      {copy.evidence !== '' && fact('copies.evidence', copy.evidence)}
    </dl>
  );
}
