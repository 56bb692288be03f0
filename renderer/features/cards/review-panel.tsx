import { Textarea } from '@mantine/core';
import { IconCheck, IconCornerDownLeft, IconMessage2, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import type { CardRemark } from '../../../shared/contract/card-reviews.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Card } from '../../../shared/contract/customers.ts';
import type { ReviewDecision } from '../../../shared/domain/card-review.ts';
import { cardFields } from '../../../shared/domain/form-fields.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { AgreementDialog } from '../../ui/agreement/agreement-dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { type FieldWords, useFieldWords } from '../../ui/fields/field-words.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag, type Tone } from '../../ui/text/tag.tsx';
import styles from './review.module.css';

type Review = OutputOf<'reviews.ofCard'>;

export const REVIEW_TONE: Readonly<Record<Review['state'], Tone>> = {
  none: 'plain',
  submitted: 'lake',
  sentBack: 'seal',
  accepted: 'moss',
};

interface NewRemark {
  readonly field: string;
  readonly text: string;
}

interface ReviewPanelProps {
  readonly card: Card;
  /** Leads to a field of the card. */
  readonly onGo: (field: string) => void;
}

/** 主管指導 (C7): remarks on single fields with their answers, what was handed in and decided. */
export function ReviewPanel({ card, onGo }: ReviewPanelProps) {
  const words = useFieldWords();
  const { t } = words;
  const role = useActingRole();
  const review = useArchiveQuery('reviews.ofCard', { number: card.number });
  const submit = useArchiveCommand('reviews.submit');
  const [deciding, setDeciding] = useState(false);
  if (review.error !== null) return <ErrorState error={review.error} onRetry={() => void review.refetch()} />;
  if (review.data === undefined) return <LoadingSkeleton shape="form" />;
  const { state, since, remarks, acts } = review.data;
  const waiting = remarks.filter((remark) => remark.state !== 'settled').length;
  return (
    <div className={styles.panel}>
      <div className={styles.standing}>
        <Tag tone={REVIEW_TONE[state]}>{t(`cards.review.state.${state}`)}</Tag>
        {since !== null && state !== 'none' && <span className={styles.soft}>{words.formats.instant(since)}</span>}
        <span className={styles.gap} />
        {role === 'keeper' && state !== 'submitted' && (
          <Button
            icon={IconSend}
            busy={submit.isPending}
            onClick={() =>
              void submit
                .mutateAsync({ number: card.number })
                .then(() => toast(t('cards.review.submitted', { number: card.number })))
                .catch(() => undefined)
            }
          >
            {t('cards.review.submit')}
          </Button>
        )}
        {role !== undefined && !deciding && (
          <Button kind="primary" icon={IconMessage2} onClick={() => setDeciding(true)}>
            {t(role === 'supervisor' ? 'cards.review.guide' : 'cards.review.guideHere')}
          </Button>
        )}
      </div>
      <ErrorNote error={submit.error} showFields />
      {deciding && <Decide card={card} review={review.data} words={words} onClose={() => setDeciding(false)} />}
      {remarks.length === 0 && !deciding && (
        <EmptyState icon={IconMessage2} title={t('cards.review.none')}>
          {t('cards.review.noneText')}
        </EmptyState>
      )}
      {remarks.length > 0 && (
        <section aria-label={t('cards.review.remarks')}>
          <h3 className={styles.title}>{t('cards.review.remarksCount', { count: waiting })}</h3>
          <ol className={styles.remarks}>
            {remarks.map((remark) => (
              <Remark key={remark.id} card={card} remark={remark} words={words} role={role} onGo={onGo} />
            ))}
          </ol>
        </section>
      )}
      {acts.length > 0 && (
        <section aria-label={t('cards.review.acts')}>
          <h3 className={styles.title}>{t('cards.review.acts')}</h3>
          <ol className={styles.acts}>
            {acts.map((act) => (
              <li key={`${act.at}${act.act}`}>
                <Tag tone={REVIEW_TONE[act.act]}>{t(`cards.review.state.${act.act}`)}</Tag>
                <span>{act.by}</span>
                <span className={styles.soft}>{words.formats.instant(act.at)}</span>
                {act.agreement !== '' && (
                  <span className={styles.soft}>{t('cards.review.byAgreement', { number: act.agreement })}</span>
                )}
                {act.note !== '' && <span className={styles.note}>{act.note}</span>}
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

function Remark({
  card,
  remark,
  words,
  role,
  onGo,
}: {
  readonly card: Card;
  readonly remark: CardRemark;
  readonly words: FieldWords;
  readonly role: string | undefined;
  readonly onGo: (field: string) => void;
}) {
  const { t } = words;
  const [text, setText] = useState(remark.answer);
  const answer = useArchiveCommand('reviews.answer');
  const settle = useArchiveCommand('reviews.settle');
  const open = remark.state !== 'settled';
  return (
    <li className={styles.remark} data-state={remark.state}>
      <p className={styles.remarkHead}>
        {remark.field === '' ? (
          <strong>{t('cards.review.wholeCard')}</strong>
        ) : (
          <Button kind="link" onClick={() => onGo(remark.field)}>
            {words.label(card.kind, remark.field)}
          </Button>
        )}
        <span className={styles.soft}>
          {remark.madeBy} · {words.formats.instant(remark.madeAt)}
        </span>
        <Tag tone={remark.state === 'open' ? 'seal' : remark.state === 'answered' ? 'lake' : 'moss'}>
          {t(`cards.review.remark.${remark.state}`)}
        </Tag>
      </p>
      <p className={styles.remarkText}>{remark.text}</p>
      {remark.answer !== '' && (
        <p className={styles.answer}>
          <IconCornerDownLeft size={14} aria-hidden /> {remark.answer}{' '}
          <span className={styles.soft}>
            {remark.answeredBy} · {words.formats.instant(remark.answeredAt ?? '')}
          </span>
        </p>
      )}
      {open && role === 'keeper' && (
        <form
          className={styles.answerForm}
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') answer.mutateAsync({ id: remark.id, text: text.trim() }).catch(() => undefined);
          }}
        >
          <input
            autoComplete="off"
            className={styles.input}
            aria-label={t('cards.review.answerTo', { field: words.label(card.kind, remark.field) })}
            placeholder={t('cards.review.answerPlaceholder')}
            value={text}
            maxLength={2000}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" busy={answer.isPending} disabled={text.trim() === '' || text === remark.answer}>
            {t('cards.review.answer')}
          </Button>
        </form>
      )}
      {role === 'supervisor' && remark.state !== 'open' && (
        <Button
          size="small"
          icon={IconCheck}
          onClick={() => settle.mutateAsync({ id: remark.id, settled: open }).catch(() => undefined)}
        >
          {t(open ? 'cards.review.settle' : 'cards.review.reopen')}
        </Button>
      )}
      <ErrorNote error={answer.error ?? settle.error} showFields />
    </li>
  );
}

/** The supervisor's word: in an own session at once, at the keeper's desk through an agreement to exactly these words. */
function Decide({
  card,
  review,
  words,
  onClose,
}: {
  readonly card: Card;
  readonly review: Review;
  readonly words: FieldWords;
  readonly onClose: () => void;
}) {
  const { t } = words;
  const own = useActingRole() === 'supervisor';
  const [remarks, setRemarks] = useState<readonly NewRemark[]>([]);
  const [field, setField] = useState('');
  const [text, setText] = useState('');
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState<ReviewDecision | null>(null);
  const decide = useArchiveCommand('reviews.decide');
  const decideAgreed = useArchiveCommand('reviews.decideAgreed');
  const pending = text.trim() === '' ? remarks : [...remarks, { field, text: text.trim() }];
  const given = (decision: ReviewDecision) => ({
    number: card.number,
    decision,
    note: note.trim(),
    remarks: pending.map((remark) => ({ ...remark })),
  });
  const statement = useArchiveQuery('reviews.statement', given(asked ?? 'sentBack'), {
    enabled: asked !== null && !own,
  });
  const open = review.remarks.filter((remark) => remark.state === 'open').length;
  const done = (decision: ReviewDecision) => {
    toast(t(`cards.review.done.${decision}`, { number: card.number }));
    onClose();
  };
  const act = (decision: ReviewDecision) => {
    if (own)
      decide.mutateAsync({ ...given(decision), revision: card.revision }).then(
        () => done(decision),
        () => undefined,
      );
    else setAsked(decision);
  };
  const add = () => {
    if (text.trim() === '') return;
    setRemarks([...remarks, { field, text: text.trim() }]);
    setText('');
  };
  const error: AppError | null = decide.error ?? decideAgreed.error ?? statement.error;
  return (
    <section className={styles.decide} aria-label={t('cards.review.guide')}>
      <h3 className={styles.title}>{t('cards.review.guide')}</h3>
      <ul className={styles.drafts}>
        {remarks.map((remark, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: drafts have no identity but their place
          <li key={index}>
            <strong>{remark.field === '' ? t('cards.review.wholeCard') : words.label(card.kind, remark.field)}</strong>{' '}
            {remark.text}{' '}
            <Button kind="link" onClick={() => setRemarks(remarks.filter((_one, at) => at !== index))}>
              {t('cards.review.takeBack')}
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles.newRemark}>
        <select
          className={styles.select}
          aria-label={t('cards.review.field')}
          value={field}
          onChange={(event) => setField(event.currentTarget.value)}
        >
          <option value="">{t('cards.review.wholeCard')}</option>
          {cardFields(card.kind, words.forms)
            .filter((one) => one.hidden !== true)
            .map((one) => (
              <option key={one.key} value={one.key}>
                {words.ownLabel(card.kind, one.key)}
              </option>
            ))}
        </select>
        <input
          autoComplete="off"
          className={styles.input}
          aria-label={t('cards.review.remark')}
          placeholder={t('cards.review.remarkPlaceholder')}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            add();
          }}
        />
        <Button onClick={add} disabled={text.trim() === ''}>
          {t('cards.review.addRemark')}
        </Button>
      </div>
      <Textarea
        label={t('cards.review.note')}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <ErrorNote error={error} showFields />
      <div className={styles.actions}>
        <Button onClick={onClose}>{t('kit.back')}</Button>
        <Button
          disabled={pending.length + open === 0 && note.trim() === ''}
          busy={decide.isPending}
          onClick={() => act('sentBack')}
        >
          {t('cards.review.sendBack')}
        </Button>
        <Button
          kind="primary"
          icon={IconCheck}
          disabled={pending.length + open > 0}
          busy={decide.isPending}
          onClick={() => act('accepted')}
        >
          {t('cards.review.accept')}
        </Button>
      </div>
      {asked !== null && !own && statement.data !== undefined && (
        <AgreementDialog
          statement={statement.data.statement}
          onAgreed={() =>
            void decideAgreed.mutateAsync(given(asked)).then(
              () => done(asked),
              () => undefined,
            )
          }
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}
