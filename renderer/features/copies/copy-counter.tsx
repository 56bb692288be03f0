import { IconBarcode, IconCircleCheck, IconCircleX, IconFilePlus } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { IssuedCopy } from '../../../shared/contract/copies.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { useScannedKeys } from '../../ui/custody/use-scanned-keys.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './copies.module.css';
import { CopySheet } from './copy-sheet.tsx';
import { type CounterState, cleanCode, fieldHasFocus, UNDO_SECONDS } from './counter-state.ts';
import { RequestForm } from './request-form.tsx';
import { RequestSheet } from './request-sheet.tsx';

interface CopyCounterProps {
  readonly state: CounterState;
  readonly onState: (state: CounterState) => void;
  readonly onAsk: (code: string) => void;
  readonly mayIssue: boolean;
}

/** One field for every number, and one clear answer below it. */
export function CopyCounter({ state, onState, onAsk, mayIssue }: CopyCounterProps) {
  const { t } = useText();
  const field = useRef<HTMLInputElement>(null);
  useScannedKeys(field);
  const [text, setText] = useState('');
  const wanted = fieldHasFocus(state);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new answer gives the focus back to the field
  useEffect(() => {
    if (wanted) field.current?.focus();
  }, [wanted, state]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (cleanCode(text) === '') return;
    setText('');
    onAsk(text);
  };
  const again = (): void => onState({ stage: 'waiting' });
  const begin = (): void => onState({ stage: 'requesting', request: null });
  useShortcut('escape', again, { labelKey: 'copies.startAgain', inInputs: true });
  useShortcut('alt+n', begin, { labelKey: 'copies.newRequest', inInputs: true, enabled: mayIssue });

  return (
    <>
      <form onSubmit={submit} className={styles.fieldForm} autoComplete="off">
        <label htmlFor="copy-code" className="visually-hidden">
          {t('copies.codeLabel')}
        </label>
        <IconBarcode size={22} stroke={1.5} aria-hidden />
        <input
          ref={field}
          id="copy-code"
          className={styles.codeField}
          value={text}
          maxLength={60}
          autoComplete="off"
          spellCheck={false}
          placeholder={t('copies.codePlaceholder')}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
      <div className={styles.stage} aria-live="polite">
        <Stage state={state} onState={onState} onAgain={again} onBegin={begin} mayIssue={mayIssue} />
      </div>
    </>
  );
}

interface StageProps {
  readonly state: CounterState;
  readonly onState: (state: CounterState) => void;
  readonly onAgain: () => void;
  readonly onBegin: () => void;
  readonly mayIssue: boolean;
}

function Stage({ state, onState, onAgain, onBegin, mayIssue }: StageProps) {
  const { t } = useText();
  switch (state.stage) {
    case 'waiting':
      return (
        <div className={styles.form}>
          <p className={styles.hint}>{t(mayIssue ? 'copies.waiting' : 'copies.keeperOnly')}</p>
          {mayIssue && (
            <div>
              <Button icon={IconFilePlus} size="large" keys="alt+n" onClick={onBegin}>
                {t('copies.newRequest')}
              </Button>
            </div>
          )}
          <Waiting />
        </div>
      );
    case 'asking':
      return <p className={styles.hint}>{t('copies.asking', { code: state.code })}</p>;
    case 'failed':
      return (
        <Outcome
          good={false}
          title={state.error.code === 'NOT_FOUND' ? t('copies.unknown', { code: state.code }) : t('copies.failed')}
        >
          {state.error.code === 'NOT_FOUND' ? <p>{t('copies.unknownText')}</p> : <ErrorNote error={state.error} />}
        </Outcome>
      );
    case 'requesting':
      return (
        <RequestForm
          key={state.request?.requestNumber ?? 'new'}
          request={state.request}
          onSaved={(request) => onState({ stage: 'request', requestNumber: request.requestNumber })}
          onBack={onAgain}
        />
      );
    case 'request':
      return (
        <RequestSheet
          key={state.requestNumber}
          requestNumber={state.requestNumber}
          mayIssue={mayIssue}
          onMade={(copyNumber) => onState({ stage: 'copy', copyNumber })}
          onChange={(request) => onState({ stage: 'requesting', request })}
          onBack={onAgain}
        />
      );
    case 'copy':
      return (
        <CopySheet
          key={state.copyNumber}
          copyNumber={state.copyNumber}
          mayIssue={mayIssue}
          onDelivered={(copy) => onState({ stage: 'delivered', copy })}
          onSettled={(copy) => onState({ stage: 'settled', copy, undoUntil: Date.now() + UNDO_SECONDS * 1000 })}
          onBack={onAgain}
        />
      );
    case 'delivered':
      return <Delivered copy={state.copy} />;
    case 'settled':
      return (
        <Settled
          copy={state.copy}
          undoUntil={state.undoUntil}
          onUndone={(copy) => onState({ stage: 'undone', copy })}
        />
      );
    case 'undone':
      return (
        <Outcome good title={t('copies.undone')}>
          <p>{t('copies.undoneText', { number: state.copy.copyNumber, name: state.copy.recipient.name })}</p>
        </Outcome>
      );
  }
}

/** What waits at this counter, in one line each; nothing where nothing waits. */
function Waiting() {
  const { t } = useText();
  const formats = useFormats();
  const overdue = useArchiveQuery('copies.list', { state: 'overdue', limit: 1 }).data?.total ?? 0;
  const requests = useArchiveQuery('copies.requests', { state: 'open', limit: 1 }).data?.total ?? 0;
  const rounds = useArchiveQuery('rounds.list', { limit: 1 }).data;
  const running = rounds?.rounds[0]?.closedAt === null ? rounds.rounds[0] : undefined;
  return (
    <ul className={styles.waits}>
      {overdue > 0 && <li data-urgent>{t('copies.waits.overdue', { count: overdue })}</li>}
      {requests > 0 && <li>{t('copies.waits.requests', { count: requests })}</li>}
      {running !== undefined && (
        <li>
          {t('copies.waits.round', { number: running.roundNumber, settled: running.settled, copies: running.copies })}
        </li>
      )}
      {running === undefined && rounds?.nextDue != null && (
        <li>{t('copies.waits.nextRound', { day: formats.day(rounds.nextDue), count: rounds.waiting })}</li>
      )}
    </ul>
  );
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

function Delivered({ copy }: { readonly copy: IssuedCopy }) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  return (
    <Outcome good title={t('copies.delivered')}>
      <p className={styles.big}>{copy.recipient.name}</p>
      <p>{t('copies.backBy', { day: formats.longDay(copy.recoverBy) })}</p>
      <p className={styles.soft}>{copy.copyNumber}</p>
      <div>
        <Button onClick={() => print({ form: 'copyReceipt', number: copy.copyNumber })}>
          {t('kit.print.copyReceipt')}
        </Button>
      </div>
    </Outcome>
  );
}

/** A recovery may be taken back for ten seconds; both acts stay in the log. */
function Settled({
  copy,
  undoUntil,
  onUndone,
}: {
  readonly copy: IssuedCopy;
  readonly undoUntil: number;
  readonly onUndone: (copy: IssuedCopy) => void;
}) {
  const { t } = useText();
  const undo = useArchiveCommand('copies.undoRecovery');
  const [left, setLeft] = useState(() => Math.ceil((undoUntil - Date.now()) / 1000));
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((undoUntil - Date.now()) / 1000))), 250);
    return () => clearInterval(timer);
  }, [undoUntil]);
  const isBack = copy.state === 'recovered';
  const may = isBack && left > 0 && !undo.isPending;
  const run = (): void => {
    if (may) undo.mutateAsync({ copyNumber: copy.copyNumber }).then(onUndone, () => undefined);
  };
  useShortcut('mod+z', run, { labelKey: 'copies.undo', inInputs: true, enabled: may });
  return (
    <Outcome good title={t(`copies.settled.${copy.state}`)}>
      <p className={styles.big}>{copy.recipient.name}</p>
      <p>{isBack ? t('copies.pagesAre', { pages: copy.pagesBack ?? 0 }) : copy.evidence}</p>
      <p className={styles.soft}>{copy.copyNumber}</p>
      <ErrorNote error={undo.error} />
      {isBack && (
        <div>
          <Button disabled={!may} busy={undo.isPending} keys="mod+z" onClick={run}>
            {left > 0 ? t('copies.undoIn', { seconds: left }) : t('copies.undoOver')}
          </Button>
        </div>
      )}
    </Outcome>
  );
}
