import { IconBarcode } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { useScannedKeys } from '../../ui/custody/use-scanned-keys.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { BreachPane } from './breach-pane.tsx';
import { Closed, Lent, Refused, ReturnedAnswer } from './counter-answers.tsx';
import { type BlankForm, type CounterState, cleanCode, fieldHasFocus, UNDO_SECONDS } from './counter-state.ts';
import { LendForm } from './lend-form.tsx';
import styles from './loans.module.css';
import { Outcome } from './outcome.tsx';
import { Prepared } from './prepared.tsx';
import { EndReadingForm } from './reading-forms.tsx';
import { ReturnForm } from './return-form.tsx';

interface CounterProps {
  readonly state: CounterState;
  /** A form filled in by hand that is being keyed in. */
  readonly blank: BlankForm | null;
  readonly onState: (state: CounterState) => void;
  readonly onAsk: (code: string) => void;
  readonly onBlank: (blank: BlankForm | null) => void;
}

/** One field for every code, and one clear answer below it. */
export function Counter({ state, blank, onState, onAsk, onBlank }: CounterProps) {
  const { t } = useText();
  const field = useRef<HTMLInputElement>(null);
  useScannedKeys(field);
  const [text, setText] = useState('');
  const [entered, setEntered] = useState(false);
  const wanted = fieldHasFocus(state);
  useEffect(() => {
    if (wanted) field.current?.focus();
    // What was typed while the answer was on its way went on to the form.
    else setText('');
    if (state.stage !== 'asking') setEntered(false);
  }, [wanted, state]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const code = cleanCode(text);
    if (code === '') return;
    // Enter that comes before the answer belongs to the form that is about to open, as what was typed does.
    if (state.stage === 'asking') {
      setEntered(true);
      return;
    }
    setText('');
    onAsk(code);
  };
  const again = (): void => {
    if (state.stage === 'waiting') onBlank(null);
    onState({ stage: 'waiting' });
  };
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
      {blank !== null && (
        <p className={styles.keyingIn} role="note">
          <span>{t('loans.keyingIn', { number: blank.number })}</span>
          <Button size="small" kind="quiet" onClick={() => onBlank(null)}>
            {t('kit.cancel')}
          </Button>
        </p>
      )}
      <div className={styles.stage} aria-live="polite">
        <Stage
          state={state}
          blank={blank}
          onBlank={onBlank}
          typed={wanted ? '' : `${text}${entered ? '\n' : ''}`}
          onState={onState}
          onAsk={onAsk}
          onAgain={again}
          onReady={() => field.current?.focus()}
        />
      </div>
    </>
  );
}

function Stage({
  state,
  blank,
  onBlank,
  typed,
  onState,
  onAsk,
  onAgain,
  onReady,
}: CounterProps & { readonly typed: string; readonly onAgain: () => void; readonly onReady: () => void }) {
  const { t } = useText();
  const toBreach = (number: string): void => onState({ stage: 'breach', number });
  switch (state.stage) {
    case 'waiting':
      if (blank !== null) return <p className={styles.hint}>{t('loans.keyInScan')}</p>;
      return (
        <>
          <p className={styles.hint}>{t('loans.waiting')}</p>
          <p className={styles.hint}>{t('loans.waitingBinder')}</p>
        </>
      );
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
      return <Refused key={state.proposal.paper?.code ?? ''} proposal={state.proposal} onState={onState} />;
    case 'lending':
      return (
        <LendForm
          key={state.proposal.paper?.code ?? state.proposal.binder?.customer ?? ''}
          proposal={state.proposal}
          typed={typed}
          blank={blank}
          onLent={(form) => {
            onBlank(null);
            onState({ stage: form.state === 'prepared' ? 'prepared' : 'lent', form });
          }}
          onBack={onAgain}
        />
      );
    case 'prepared':
      return (
        <Prepared
          key={state.form.loanNumber}
          form={state.form}
          onSigned={(form) => onState({ stage: 'lent', form })}
          onPutBack={(form) =>
            onState({
              stage: 'said',
              title: t('loans.putBackDone'),
              text: t('loans.putBackText', { number: form.loanNumber }),
            })
          }
        />
      );
    case 'returning':
      return (
        <ReturnForm
          key={`${state.form.loanNumber} ${state.scanned ?? ''}`}
          form={state.form}
          scanned={state.scanned}
          proposal={state.proposal}
          typed={typed}
          onReturned={(result, earlier) =>
            // What was taken back by hand on another day is not undone in seconds.
            onState({ stage: 'returned', result, undoUntil: earlier ? 0 : Date.now() + UNDO_SECONDS * 1000 })
          }
          onChanged={() => onAsk(state.scanned ?? state.form.loanNumber)}
          onBreach={toBreach}
          onBack={onAgain}
        />
      );
    case 'reading':
      return state.proposal.reading === null ? null : (
        <EndReadingForm
          key={state.proposal.reading.id}
          reading={state.proposal.reading}
          paper={state.proposal.paper}
          onClose={onAgain}
          onEnded={(reading) =>
            onState({
              stage: 'said',
              title: t('loans.readingEnded'),
              text: t('loans.readingEndedText', { title: reading.title }),
            })
          }
        />
      );
    case 'closed':
      return <Closed form={state.form} />;
    case 'lent':
      return <Lent form={state.form} />;
    case 'returned':
      return (
        <ReturnedAnswer
          result={state.result}
          undoUntil={state.undoUntil}
          onUndone={(loan) => onState({ stage: 'undone', loan })}
          onBreach={toBreach}
          onTold={onReady}
        />
      );
    case 'undone':
      return (
        <Outcome good title={t('loans.undone')}>
          <p>{t('loans.undoneText', { title: state.loan.title, borrower: state.loan.borrower })}</p>
        </Outcome>
      );
    case 'said':
      return (
        <Outcome good title={state.title}>
          <p>{state.text}</p>
        </Outcome>
      );
    case 'breach':
      return <BreachPane key={state.number} number={state.number} onBack={onAgain} />;
  }
}
