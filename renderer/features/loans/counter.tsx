import { IconBarcode, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Loan } from '../../../shared/contract/custody.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { type CounterState, cleanCode, fieldHasFocus, UNDO_SECONDS } from './counter-state.ts';
import { LendForm } from './lend-form.tsx';
import styles from './loans.module.css';
import { PaperSlip } from './paper-slip.tsx';
import { ReturnForm } from './return-form.tsx';

interface CounterProps {
  readonly state: CounterState;
  readonly onState: (state: CounterState) => void;
  readonly onAsk: (code: string) => void;
}

/** One field for every code, and one clear answer below it. */
export function Counter({ state, onState, onAsk }: CounterProps) {
  const { t } = useText();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const wanted = fieldHasFocus(state);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new answer gives the focus back to the field
  useEffect(() => {
    if (wanted) field.current?.focus();
  }, [wanted, state]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const code = cleanCode(text);
    if (code === '') return;
    setText('');
    onAsk(code);
  };
  const again = (): void => onState({ stage: 'waiting' });
  useShortcut('escape', again, { labelKey: 'loans.startAgain', inInputs: true });
  useShortcut('/', () => field.current?.focus(), { labelKey: 'loans.toField', enabled: false });

  return (
    <>
      <form onSubmit={submit} className={styles.fieldForm}>
        <label htmlFor="counter-code" className="visually-hidden">
          {t('loans.codeLabel')}
        </label>
        <IconBarcode size={22} stroke={1.5} aria-hidden />
        <input
          ref={field}
          id="counter-code"
          className={styles.codeField}
          value={text}
          maxLength={60}
          autoComplete="off"
          spellCheck={false}
          placeholder={t('loans.codePlaceholder')}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
      <div className={styles.stage} aria-live="polite">
        <Stage state={state} onState={onState} onAgain={again} />
      </div>
    </>
  );
}

function Stage({
  state,
  onState,
  onAgain,
}: {
  readonly state: CounterState;
  readonly onState: (state: CounterState) => void;
  readonly onAgain: () => void;
}) {
  const { t, has } = useText();
  switch (state.stage) {
    case 'waiting':
      return <p className={styles.hint}>{t('loans.waiting')}</p>;
    case 'asking':
      return <p className={styles.hint}>{t('loans.asking', { code: state.code })}</p>;
    case 'failed':
      return (
        <Outcome
          good={false}
          title={state.error.code === 'NOT_FOUND' ? t('loans.unknown', { code: state.code }) : t('loans.failed')}
        >
          {state.error.code === 'NOT_FOUND' ? <p>{t('loans.unknownText')}</p> : <ErrorNote error={state.error} />}
        </Outcome>
      );
    case 'refused':
      return (
        <Outcome good={false} title={t('loans.refused')}>
          <ul className={styles.reasons}>
            {state.proposal.refusals.map((reason) => (
              <li key={reason}>{has(`loanRefusal.${reason}`) ? t(`loanRefusal.${reason}`) : reason}</li>
            ))}
          </ul>
          <PaperSlip paper={state.proposal.paper} />
          {state.proposal.refusals.includes('original') && <p className={styles.soft}>{t('loans.originalInstead')}</p>}
        </Outcome>
      );
    case 'lending':
      return (
        <LendForm
          key={state.proposal.paper.code}
          proposal={state.proposal}
          onLent={(loan) => onState({ stage: 'lent', loan })}
          onBack={onAgain}
        />
      );
    case 'returning':
      return (
        <ReturnForm
          key={state.loan.loanNumber}
          loan={state.loan}
          paper={state.proposal.paper}
          onReturned={(loan) => onState({ stage: 'returned', loan, undoUntil: Date.now() + UNDO_SECONDS * 1000 })}
          onChanged={(loan) => onState({ ...state, loan })}
          onBack={onAgain}
        />
      );
    case 'lent':
      return <Lent loan={state.loan} />;
    case 'returned':
      return (
        <Returned
          loan={state.loan}
          undoUntil={state.undoUntil}
          onUndone={(loan) => onState({ stage: 'undone', loan })}
        />
      );
    case 'undone':
      return (
        <Outcome good title={t('loans.undone')}>
          <p>{t('loans.undoneText', { title: state.loan.title, borrower: state.loan.borrower })}</p>
        </Outcome>
      );
  }
}

function Outcome({
  good,
  title,
  children,
}: {
  readonly good: boolean;
  readonly title: string;
  readonly children: ReactNode;
}) {
  const Shape = good ? IconCircleCheck : IconCircleX;
  return (
    <div className={styles.outcome} data-good={good || undefined} role={good ? 'status' : 'alert'}>
      <p className={styles.outcomeTitle}>
        <Shape size={28} stroke={1.5} aria-hidden /> {title}
      </p>
      {children}
    </div>
  );
}

function Lent({ loan }: { readonly loan: Loan }) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  return (
    <Outcome good title={t('loans.lent')}>
      <p className={styles.big}>{loan.borrower}</p>
      <p>{loan.title}</p>
      <p className={styles.due}>{t('loans.dueOn', { day: formats.longDay(loan.due) })}</p>
      <p className={styles.soft}>{loan.loanNumber}</p>
      <div className={styles.outcomeActions}>
        <Button onClick={() => print({ form: 'loanForm', number: loan.loanNumber })}>{t('loans.print')}</Button>
      </div>
    </Outcome>
  );
}

/** A return may be taken back for ten seconds; both acts stay in the log (B2). */
function Returned({
  loan,
  undoUntil,
  onUndone,
}: {
  readonly loan: Loan;
  readonly undoUntil: number;
  readonly onUndone: (loan: Loan) => void;
}) {
  const { t } = useText();
  const undo = useArchiveCommand('loans.undoReturn');
  const [left, setLeft] = useState(() => Math.ceil((undoUntil - Date.now()) / 1000));
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((undoUntil - Date.now()) / 1000))), 250);
    return () => clearInterval(timer);
  }, [undoUntil]);
  const may = left > 0 && !undo.isPending;
  const run = (): void => {
    if (may) undo.mutateAsync({ loanNumber: loan.loanNumber }).then(onUndone, () => undefined);
  };
  useShortcut('mod+z', run, { labelKey: 'loans.undo', inInputs: true, enabled: may });
  const sound = loan.conditionIn === 'intact';
  return (
    <Outcome good title={t('loans.returned')}>
      <p className={styles.big}>{loan.title}</p>
      <p>
        {t(sound ? 'loans.returnedSound' : 'loans.returnedUnsound', {
          pages: loan.pagesIn ?? 0,
          condition: t(`condition.${loan.conditionIn ?? 'intact'}`),
        })}
      </p>
      <p className={styles.soft}>{t('loans.backInPlace')}</p>
      <ErrorNote error={undo.error as AppError | null} />
      <div className={styles.outcomeActions}>
        <Button disabled={!may} busy={undo.isPending} keys="mod+z" onClick={run}>
          {left > 0 ? t('loans.undoIn', { seconds: left }) : t('loans.undoOver')}
        </Button>
      </div>
    </Outcome>
  );
}
