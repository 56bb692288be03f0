import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Card } from '../../../shared/contract/customers.ts';
import type { Campaign } from '../../../shared/contract/revisions.ts';
import {
  FLAG_REASONS,
  type FlagReason,
  REVISION_SOURCES,
  type RevisionSource,
} from '../../../shared/domain/revision.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { createSessionStore } from '../../state/reset-registry.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import styles from './revision.module.css';
import type { RevisedCard } from './revision-card.tsx';

/** How the last card was asked about: the next one is mostly asked the same way. */
const useLastSource = createSessionStore<{ readonly source: RevisionSource; set(source: RevisionSource): void }>(
  (set) => ({ source: 'telephone', set: (source) => set({ source }) }),
);

/** Whom one would ask first: the contact of the card, else its representative, else the customer itself. */
export function proposedContact(card: Pick<Card, 'kind' | 'name' | 'values'>): string {
  if (card.kind === 'individual') return card.name;
  const { contacts, legalRepresentative } = card.values;
  const first = Array.isArray(contacts) ? contacts[0] : undefined;
  const name = typeof first === 'object' && first !== null && !Array.isArray(first) ? first['name'] : undefined;
  if (typeof name === 'string' && name !== '') return name;
  return typeof legalRepresentative === 'string' ? legalRepresentative : '';
}

interface SettleFormProps {
  readonly campaign: Campaign;
  readonly card: Card;
  readonly revised: RevisedCard;
  readonly onNext: (number: string | null) => void;
}

/** Who was asked, and one key for how the card ends: C confirmed, X corrected, F flagged; N notes an attempt that failed. */
export function SettleForm({ campaign, card, revised, onNext }: SettleFormProps) {
  const { t } = useText();
  const { today } = useToday();
  const { go } = useNavigate();
  const last = useLastSource();
  const settle = useArchiveCommand('revisions.settle');
  const inquire = useArchiveCommand('revisions.inquire');
  const undo = useArchiveCommand('revisions.undo');
  const [source, setSource] = useState<RevisionSource>(last.source);
  const [asked, setAsked] = useState(() => revised.inquiries.at(-1)?.asked ?? proposedContact(card));
  const [askedOn, setAskedOn] = useState(today);
  const [answer, setAnswer] = useState('');
  const [flagging, setFlagging] = useState(false);
  const { number } = card;
  const { row } = revised;
  const day = parseTypedDate(askedOn);
  const open = row.outcome === 'open';
  const busy = settle.isPending || inquire.isPending || undo.isPending;
  const ofCard = { campaign: campaign.number, number };
  const inquiry = (reached: boolean) => ({
    askedOn: typeof day === 'string' ? day : today,
    source,
    asked: asked.trim(),
    reached,
    answer: answer.trim(),
  });
  const takeBack = (): void => {
    undo.mutateAsync(ofCard).then(
      () => {
        toast(t('revision.undone', { name: card.name }));
        onNext(number);
      },
      () => undefined,
    );
  };
  const end = (outcome: 'confirmed' | 'corrected' | 'flagged', flag?: FlagReason): void => {
    if (!open || busy) return;
    last.set(source);
    const failed = flag === 'notReachable';
    // Flagged without anybody asked stands for itself; everything else says on whom it rests.
    const withInquiry = outcome !== 'flagged' || failed || answer.trim() !== '';
    settle
      .mutateAsync({
        ...ofCard,
        outcome,
        ...(flag === undefined ? {} : { flag }),
        note: outcome === 'flagged' && !withInquiry ? '' : outcome === 'flagged' ? answer.trim() : '',
        ...(withInquiry ? { inquiry: inquiry(!failed) } : {}),
      })
      .then(
        (done) => {
          toast(t('revision.settled', { name: card.name, outcome: t(`revisionOutcome.${outcome}`) }), {
            undo: { label: t('kit.undo'), run: () => void undo.mutateAsync(ofCard) },
            inPlaceOf: 'revision',
          });
          onNext(done.next);
        },
        () => undefined,
      );
  };
  const toCard = (): void => go({ screen: 'cards', number });
  const correct = (): void => (row.changed > 0 ? end('corrected') : toCard());
  const noteFailure = (): void => {
    if (!open || busy) return;
    last.set(source);
    inquire.mutateAsync({ ...ofCard, inquiry: inquiry(false) }).then(
      () => toast(t('revision.attemptNoted')),
      () => undefined,
    );
  };
  useShortcut('c', () => end('confirmed'), { labelKey: 'revision.confirm', enabled: open });
  useShortcut('x', correct, { labelKey: 'revision.correct', enabled: open });
  useShortcut('f', () => setFlagging(true), { labelKey: 'revision.flag', enabled: open });
  useShortcut('n', noteFailure, { labelKey: 'revision.noteFailure', enabled: open });
  useShortcut('e', toCard, { labelKey: 'revision.openCard' });
  useShortcut('u', takeBack, { labelKey: 'revision.takeBack', enabled: !open });
  const error = settle.error ?? inquire.error ?? undo.error;

  if (!open)
    return (
      <div className={styles.settled}>
        <ErrorNote error={error} showFields />
        <p>
          <strong>{t(`revisionOutcome.${row.outcome}`)}</strong>{' '}
          {[row.flag === '' ? '' : t(`revisionFlag.${row.flag}`), row.note, row.settledBy].filter(Boolean).join(' · ')}
        </p>
        <div className={styles.acts}>
          <Button keys="u" busy={undo.isPending} onClick={takeBack}>
            {t('revision.takeBack')}
          </Button>
          <Button kind="quiet" keys="e" onClick={toCard}>
            {t('revision.openCard')}
          </Button>
        </div>
      </div>
    );
  return (
    <form
      className={styles.settle}
      aria-label={t('revision.settle')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        end('confirmed');
      }}
    >
      <ErrorNote error={error} showFields />
      <div className={styles.asking}>
        <Select
          label={t('revision.source')}
          data={REVISION_SOURCES.map((value) => ({ value, label: t(`revisionSource.${value}`) }))}
          value={source}
          allowDeselect={false}
          onChange={(next) => setSource(REVISION_SOURCES.find((one) => one === next) ?? 'telephone')}
        />
        <TextInput
          label={t('revision.whom')}
          maxLength={200}
          value={asked}
          onChange={(event) => setAsked(event.currentTarget.value)}
        />
        <TextInput
          label={t('revision.askedOn')}
          value={askedOn}
          error={typeof day === 'string' ? null : t('validation.date')}
          onChange={(event) => setAskedOn(event.currentTarget.value)}
        />
      </div>
      <TextInput
        label={t('revision.answer')}
        maxLength={2000}
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
      {flagging ? (
        <FlagChoice onFlag={(flag) => end('flagged', flag)} onBack={() => setFlagging(false)} />
      ) : (
        <div className={styles.acts}>
          <Button type="submit" kind="primary" keys="c" busy={settle.isPending}>
            {t('revision.confirm')}
          </Button>
          <Button keys="x" onClick={correct}>
            {t(row.changed > 0 ? 'revision.correct' : 'revision.correctFirst')}
          </Button>
          <Button keys="f" onClick={() => setFlagging(true)}>
            {t('revision.flag')}
          </Button>
          <Button kind="quiet" keys="n" onClick={noteFailure}>
            {t('revision.noteFailure')}
          </Button>
          <Button kind="quiet" keys="e" onClick={toCard}>
            {t('revision.openCard')}
          </Button>
        </div>
      )}
    </form>
  );
}

/** Why it is flagged: one press, or the number before it. */
function FlagChoice({ onFlag, onBack }: { readonly onFlag: (flag: FlagReason) => void; readonly onBack: () => void }) {
  const { t } = useText();
  const choose = (event: React.KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement) return;
    const flag = FLAG_REASONS[Number(event.key) - 1];
    if (event.key === 'Escape') onBack();
    else if (flag === undefined) return;
    else onFlag(flag);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <fieldset className={styles.flags} onKeyDown={choose}>
      <legend className={styles.partTitle}>{t('revision.flagWhy')}</legend>
      {FLAG_REASONS.map((flag, index) => (
        <Button key={flag} size="small" keys={String(index + 1)} autoFocus={index === 0} onClick={() => onFlag(flag)}>
          {t(`revisionFlag.${flag}`)}
        </Button>
      ))}
      <Button size="small" kind="quiet" keys="escape" onClick={onBack}>
        {t('kit.back')}
      </Button>
    </fieldset>
  );
}
