import { IconBook2, IconPrinter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { LoanRequest } from '../../../shared/contract/loan-queue.ts';
import type { Loan, LoanForm } from '../../../shared/contract/loan-records.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { BinderSlip } from './binder-slip.tsx';
import type { CounterState, Proposal, Returned } from './counter-state.ts';
import styles from './loans.module.css';
import { Outcome } from './outcome.tsx';
import { PaperSlip } from './paper-slip.tsx';
import { BeginReadingForm } from './reading-forms.tsx';

/** What may not be lent, why, and what can be done instead (L3). */
export function Refused({
  proposal,
  onState,
}: {
  readonly proposal: Proposal;
  readonly onState: (state: CounterState) => void;
}) {
  const { t, has } = useText();
  const [reading, setReading] = useState(false);
  const { paper, binder, refusals } = proposal;
  const inPlace = paper !== null && (paper.state === 'inPlace' || paper.state === 'bound');
  const staysHere = refusals.includes('original') || refusals.includes('premisesOnly');
  return (
    <>
      <Outcome good={false} title={t('loans.refused')}>
        <ul className={styles.reasons}>
          {refusals.map((reason) => (
            <li key={reason}>{has(`loanRefusal.${reason}`) ? t(`loanRefusal.${reason}`) : reason}</li>
          ))}
        </ul>
        {paper !== null && <PaperSlip paper={paper} />}
        {binder !== null && <BinderSlip binder={binder} />}
        {refusals.includes('original') && <p className={styles.soft}>{t('loans.originalInstead')}</p>}
        {staysHere && inPlace && !reading && (
          <div className={styles.outcomeActions}>
            <Button icon={IconBook2} onClick={() => setReading(true)}>
              {t('loans.readHere')}
            </Button>
          </div>
        )}
      </Outcome>
      {reading && paper !== null && (
        <BeginReadingForm
          paper={paper}
          onClose={() => setReading(false)}
          onBegun={(begun) =>
            onState({
              stage: 'said',
              title: t('loans.readingBegun'),
              text: t('loans.readingBegunText', { name: begun.reader, title: begun.title }),
            })
          }
        />
      )}
    </>
  );
}

export function Lent({ form }: { readonly form: LoanForm }) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const run = (): void => print({ form: 'loanForm', number: form.loanNumber });
  useShortcut('mod+p', run, { labelKey: 'loans.print', inInputs: true });
  const [first] = form.items;
  return (
    <Outcome good title={t('loans.lent')}>
      <p className={styles.big}>{form.borrower}</p>
      <p>{form.items.length > 1 ? t('loans.lentCount', { count: form.items.length }) : first?.title}</p>
      {form.stays.length > 0 && <p className={styles.soft}>{t('loans.binderStays', { count: form.stays.length })}</p>}
      <p className={styles.due}>{t('loans.dueOn', { day: formats.longDay(form.due) })}</p>
      <p className={styles.soft}>
        {form.loanNumber}
        {form.approvedBy !== '' && `　${t('loans.agreedBy', { name: form.approvedBy })}`}
      </p>
      <p className={styles.soft}>{t(form.drawn ? 'loans.signedDrawn' : 'loans.signedByHand')}</p>
      <div className={styles.outcomeActions}>
        <Button icon={IconPrinter} keys="mod+p" onClick={run}>
          {t('loans.print')}
        </Button>
      </div>
    </Outcome>
  );
}

/** Everything of this form came back long ago. */
export function Closed({ form }: { readonly form: LoanForm }) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  return (
    <Outcome good title={t('loans.formClosed')}>
      <p className={styles.big}>{form.borrower}</p>
      <ul>
        {form.items.map((item) => (
          <li key={item.loanNumber}>
            {item.title} <span className={styles.soft}>{formats.day(item.returnedAt)}</span>
          </li>
        ))}
      </ul>
      <div className={styles.outcomeActions}>
        <Button icon={IconPrinter} onClick={() => print({ form: 'loanForm', number: form.loanNumber })}>
          {t('loans.print')}
        </Button>
      </div>
    </Outcome>
  );
}

/** A return may be taken back for ten seconds; both acts stay in the log (B2). */
export function ReturnedAnswer({
  result,
  undoUntil,
  onUndone,
  onBreach,
  onTold,
}: {
  readonly result: Returned;
  readonly undoUntil: number;
  readonly onUndone: (loan: Loan) => void;
  readonly onBreach: (number: string) => void;
  /** Somebody in the queue was told: the counter is ready for the next code. */
  readonly onTold: () => void;
}) {
  const { t } = useText();
  const print = usePrint();
  const [left, setLeft] = useState(() => Math.ceil((undoUntil - Date.now()) / 1000));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((undoUntil - Date.now()) / 1000))), 250);
    return () => clearInterval(timer);
  }, [undoUntil]);
  const may = left > 0 && !busy;
  const items = result.items.filter((item) => result.returned.includes(item.loanNumber));
  const run = async (): Promise<void> => {
    if (!may) return;
    setBusy(true);
    try {
      let last: Loan | undefined;
      for (const loanNumber of result.returned) last = await archive.call('loans.undoReturn', { loanNumber });
      if (last !== undefined) onUndone(last);
    } catch (thrown) {
      setFailure(AppError.from(thrown));
    } finally {
      setBusy(false);
    }
  };
  useShortcut('mod+z', () => void run(), { labelKey: 'loans.undo', inInputs: true, enabled: may });
  const [first] = items;
  return (
    <>
      <Outcome
        good={result.incidents.length === 0}
        title={t(result.incidents.length === 0 ? 'loans.returned' : 'loans.returnedWithCase')}
      >
        <p className={styles.big}>
          {items.length > 1 ? t('loans.returnedCount', { count: items.length }) : first?.title}
        </p>
        {items.map((item) => (
          <p key={item.loanNumber}>
            {items.length > 1 && `${item.title}　`}
            {t(item.conditionIn === 'intact' ? 'loans.returnedSound' : 'loans.returnedUnsound', {
              pages: item.pagesIn ?? 0,
              condition: t(`condition.${item.conditionIn ?? 'intact'}`),
            })}
            {item.missingPages !== '' && `　${t('loans.missingNamed', { pages: item.missingPages })}`}
          </p>
        ))}
        {result.open > 0 && <p>{t('loans.stillOpen', { count: result.open, number: result.loanNumber })}</p>}
        {result.incidents.map((number) => (
          <p key={number}>
            {t('loans.caseOpened', { number })}{' '}
            <Button size="small" onClick={() => onBreach(number)}>
              {t('breach.toCase')}
            </Button>
          </p>
        ))}
        <p className={styles.soft}>{t('loans.backInPlace')}</p>
        <ErrorNote error={failure} />
        <div className={styles.outcomeActions}>
          <Button disabled={!may} busy={busy} keys="mod+z" onClick={() => void run()}>
            {left > 0 ? t('loans.undoIn', { seconds: left }) : t('loans.undoOver')}
          </Button>
          <Button
            kind="quiet"
            icon={IconPrinter}
            onClick={() => print({ form: 'loanForm', number: result.loanNumber })}
          >
            {t('loans.print')}
          </Button>
        </div>
      </Outcome>
      {result.next.map((request) => (
        <NextInQueue key={request.id} request={request} onTold={onTold} />
      ))}
    </>
  );
}

/** Whose turn it is now for what came back (B2): told with one key. */
export function NextInQueue({ request, onTold }: { readonly request: LoanRequest; readonly onTold?: () => void }) {
  const { t } = useText();
  const formats = useFormats();
  const tell = useArchiveCommand('requests.tell');
  const told = tell.data ?? null;
  return (
    <div className={styles.next} role="status">
      <p className={styles.formTitle}>{t('loans.nextTitle')}</p>
      <p className={styles.big}>
        {request.name} <span className={styles.soft}>{request.department}</span>
      </p>
      <p>{request.title}</p>
      <ErrorNote error={tell.error} />
      {told === null ? (
        <div className={styles.outcomeActions}>
          {(['phone', 'inPerson', 'mail'] as const).map((method) => (
            <Button
              key={method}
              size="small"
              busy={tell.isPending}
              onClick={() =>
                tell.mutateAsync({ id: request.id, method: t(`loans.method.${method}`) }).then(onTold, () => undefined)
              }
            >
              {t('loans.toldBy', { method: t(`loans.method.${method}`) })}
            </Button>
          ))}
        </div>
      ) : (
        <p className={styles.soft}>{t('loans.keptUntil', { day: formats.day(told.holdUntil) })}</p>
      )}
    </div>
  );
}
