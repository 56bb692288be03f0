import { TextInput } from '@mantine/core';
import { IconPrinter, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { RecoveryRound } from '../../../shared/contract/recovery-rounds.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { CopyStateTag } from '../../ui/custody/state-tags.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './copies.module.css';

/** Recovery rounds (I2 定期回收): the one under way with its copies, and those that lie behind. */
export function RoundsList({ onOpen }: { readonly onOpen: (number: string) => void }) {
  const { t } = useText();
  const formats = useFormats();
  const mayOpen = useActingRole() === 'keeper';
  const query = useArchiveQuery('rounds.list', { limit: 100 });
  const open = useArchiveCommand('rounds.open');
  const [shown, setShown] = useState<string | null>(null);
  if (query.error !== null) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <LoadingSkeleton shape="rows" />;
  const { rounds, nextDue, waiting } = query.data;
  const running = rounds.find((round) => round.closedAt === null);
  const begin = () =>
    open.mutateAsync({}).then(
      (round) => toast(t('copies.roundOpened', { number: round.roundNumber, count: round.copies })),
      () => undefined,
    );
  const start =
    running === undefined && mayOpen && waiting > 0 ? (
      <Button kind="primary" icon={IconRefresh} busy={open.isPending} onClick={() => void begin()}>
        {t('copies.openRound', { count: waiting })}
      </Button>
    ) : null;
  if (rounds.length === 0)
    return (
      <EmptyState icon={IconRefresh} title={t('copies.empty.rounds')} actions={start}>
        {t('copies.emptyText.rounds')}
      </EmptyState>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.rounds} tabIndex={0} aria-label={t('copies.tab.rounds')}>
      <ErrorNote error={open.error} />
      {running === undefined && (
        <div className={styles.roundBar}>
          <p>
            {nextDue === null
              ? t('copies.noneWithService')
              : t('copies.waits.nextRound', { day: formats.day(nextDue), count: waiting })}
          </p>
          {start}
        </div>
      )}
      {rounds.map((round) => (
        <Round
          key={round.roundNumber}
          round={round}
          shown={round.closedAt === null || shown === round.roundNumber}
          onToggle={() => setShown((before) => (before === round.roundNumber ? null : round.roundNumber))}
          onOpen={onOpen}
          mayClose={mayOpen}
        />
      ))}
    </section>
  );
}

function Round({
  round,
  shown,
  onToggle,
  onOpen,
  mayClose,
}: {
  readonly round: RecoveryRound;
  readonly shown: boolean;
  readonly onToggle: () => void;
  readonly onOpen: (number: string) => void;
  readonly mayClose: boolean;
}) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const [closing, setClosing] = useState(false);
  const lines = useArchiveQuery('rounds.get', { roundNumber: round.roundNumber }, { enabled: shown }).data?.lines ?? [];
  const isOpen = round.closedAt === null;
  return (
    <section className={styles.round} aria-label={round.roundNumber}>
      <header className={styles.roundBar}>
        <button type="button" className={styles.roundTitle} aria-expanded={shown} onClick={onToggle} disabled={isOpen}>
          {round.roundNumber}
        </button>
        <span className={styles.soft}>
          {t('copies.roundSpan', { from: formats.day(round.openedAt), to: formats.day(round.closedAt) || '…' })}
        </span>
        <Tag tone={isOpen ? 'amber' : 'plain'}>
          {t('copies.roundCount', { settled: round.settled, copies: round.copies })}
        </Tag>
        <span className={styles.roundTools}>
          <Button
            size="small"
            kind="quiet"
            icon={IconPrinter}
            onClick={() => print({ form: 'recoveryRound', number: round.roundNumber })}
          >
            {t('kit.print.recoveryRound')}
          </Button>
          {isOpen && mayClose && (
            <Button size="small" onClick={() => setClosing(true)}>
              {t('copies.closeRound')}
            </Button>
          )}
        </span>
      </header>
      {round.closingNote !== '' && <p className={styles.say}>{round.closingNote}</p>}
      {shown && (
        <ul className={styles.roundLines}>
          {lines.map(({ copy }) => (
            <li key={copy.copyNumber}>
              <button type="button" className={styles.roundLine} onClick={() => onOpen(copy.copyNumber)}>
                <span>{copy.recipient.name}</span>
                <span className={styles.soft}>{copy.copyNumber}</span>
                <span className={styles.ellipsis}>{copy.customers.map((one) => one.name).join('、')}</span>
                <CopyStateTag copy={copy} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {closing && <CloseDialog round={round} onClose={() => setClosing(false)} />}
    </section>
  );
}

function CloseDialog({ round, onClose }: { readonly round: RecoveryRound; readonly onClose: () => void }) {
  const texts = useText();
  const { t } = texts;
  const [note, setNote] = useState('');
  const close = useArchiveCommand('rounds.close');
  const left = round.copies - round.settled;
  const submit = () =>
    close.mutateAsync({ roundNumber: round.roundNumber, note: note.trim() }).then(
      () => {
        toast(t('copies.roundClosed', { number: round.roundNumber }));
        onClose();
      },
      () => undefined,
    );
  return (
    <FormDialog
      title={t('copies.closeRound')}
      submitLabel={t('copies.closeRound')}
      onClose={onClose}
      onSubmit={() => void submit()}
      busy={close.isPending}
      maySubmit={left === 0 || note.trim() !== ''}
    >
      <p>{left === 0 ? t('copies.roundAllBack') : t('copies.roundLeft', { count: left })}</p>
      <ErrorNote error={close.error} />
      <TextInput
        label={t('copies.roundNote')}
        required={left > 0}
        data-autofocus
        autoComplete="off"
        maxLength={2_000}
        value={note}
        error={fieldErrorAt(close.error, 'note', texts)}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
