import { IconBulb } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { type FieldWords, useFieldWords } from '../../ui/fields/field-words.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { factText } from './fact-editor.tsx';
import styles from './visits.module.css';

type Fact = OutputOf<'facts.list'>['facts'][number];

/** Decided in one sitting; the rest follows when these are done. */
const AT_ONCE = 60;

/** Facts that reports propose for cards (V2): one by one, A accepts, R refuses with the reason, Enter opens the card. */
export function FactsTab() {
  const words = useFieldWords();
  const { t } = words;
  const { go } = useNavigate();
  const keeper = useActingRole() === 'keeper';
  const facts = useArchiveQuery('facts.list', { state: 'open', limit: AT_ONCE }, { keepPrevious: true });
  const decide = useArchiveCommand('facts.decide');
  const [refusing, setRefusing] = useState<number | null>(null);
  const rows = facts.data?.facts ?? [];
  const [first] = rows;
  const entered = useRef(false);
  useEffect(() => {
    if (entered.current || first === undefined) return;
    entered.current = true;
    focusFact(first.id);
  }, [first]);
  const settle = async (fact: Fact, accept: boolean, reason: string): Promise<void> => {
    if (!keeper || decide.isPending) return;
    const at = rows.findIndex((one) => one.id === fact.id);
    const next = rows[at + 1] ?? rows[at - 1];
    try {
      await decide.mutateAsync({ id: fact.id, accept, reason });
    } catch {
      return;
    }
    setRefusing(null);
    toast(t(accept ? 'visits.factAccepted' : 'visits.factRefused', { customer: fact.customerName }));
    if (next !== undefined) focusFact(next.id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, fact: Fact): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.findIndex((one) => one.id === fact.id);
    const toward = { ArrowDown: rows[at + 1], j: rows[at + 1], ArrowUp: rows[at - 1], k: rows[at - 1] }[event.key];
    if (toward !== undefined) focusFact(toward.id);
    else if (event.key === 'a') void settle(fact, true, '');
    else if (event.key === 'r' && keeper) setRefusing(fact.id);
    else if (event.key === 'Enter') go({ screen: 'cards', number: fact.customer });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (facts.error !== null) return <ErrorState error={facts.error} onRetry={() => void facts.refetch()} />;
  if (facts.data === undefined) return <LoadingSkeleton shape="rows" />;
  if (rows.length === 0)
    return (
      <EmptyState icon={IconBulb} title={t('visits.factsEmpty')}>
        {t('visits.factsEmptyText')}
      </EmptyState>
    );
  return (
    <div className={styles.tab}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('visits.tab.facts')}>
        <p className={styles.key}>
          <span>{t('visits.factsText', { count: facts.data.total })}</span>
          {keeper && <span>{t('visits.factsKeys')}</span>}
        </p>
        <ErrorNote error={decide.error} showFields />
        <div className={styles.factList}>
          {rows.map((fact) => (
            <FactCard
              key={fact.id}
              fact={fact}
              words={words}
              keeper={keeper}
              busy={decide.isPending}
              refusing={refusing === fact.id}
              onKeyDown={(event) => onKeyDown(event, fact)}
              onAccept={() => void settle(fact, true, '')}
              onRefuse={(reason) => void settle(fact, false, reason)}
              onRefusing={(on) => {
                setRefusing(on ? fact.id : null);
                if (!on) focusFact(fact.id);
              }}
            />
          ))}
        </div>
      </section>
    </div>
  );
}

const focusFact = (id: number): void => {
  requestAnimationFrame(() => document.getElementById(`fact-${id}`)?.focus());
};

interface FactCardProps {
  readonly fact: Fact;
  readonly words: FieldWords;
  readonly keeper: boolean;
  readonly busy: boolean;
  readonly refusing: boolean;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onAccept: () => void;
  readonly onRefuse: (reason: string) => void;
  readonly onRefusing: (on: boolean) => void;
}

function FactCard({ fact, words, keeper, busy, refusing, onKeyDown, onAccept, onRefuse, onRefusing }: FactCardProps) {
  const { t } = words;
  const formats = useFormats();
  const [reason, setReason] = useState('');
  const kind = fact.customerKind;
  const label = words.ownLabel(kind, fact.field);
  const present =
    fact.mode === 'add' || fact.present === null
      ? ''
      : factText(kind, { field: fact.field, value: fact.present }, words);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() !== '') onRefuse(reason.trim());
  };
  return (
    <article
      id={`fact-${fact.id}`}
      className={styles.factCard}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: each fact is decided by keys of its own
      tabIndex={0}
      aria-label={`${fact.customerName} ${label}`}
      onKeyDown={onKeyDown}
    >
      <div>
        <strong>{fact.customerName}</strong> <span className={styles.soft}>{fact.customer}</span>
      </div>
      <span className={styles.soft}>
        {fact.source.number} · {fact.proposedBy} · {formats.day(fact.proposedAt)}
      </span>
      <div>
        <span className={styles.soft}>{fact.mode === 'add' ? t('visits.factAdd', { field: label }) : label}</span>{' '}
        {present !== '' && <span className={styles.factFrom}>{present}</span>} {present !== '' && '→ '}
        <span className={styles.factValue}>{factText(kind, fact, words)}</span>
        {fact.note !== '' && <div className={styles.soft}>{fact.note}</div>}
      </div>
      {keeper && !refusing && (
        <span className={styles.decide}>
          <Button size="small" keys="r" onClick={() => onRefusing(true)}>
            {t('visits.refuse')}
          </Button>
          <Button size="small" kind="primary" keys="a" disabled={busy} onClick={onAccept}>
            {t('visits.accept')}
          </Button>
        </span>
      )}
      {refusing && (
        <form
          className={styles.reason}
          onSubmit={submit}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            onRefusing(false);
          }}
        >
          <input
            // biome-ignore lint/a11y/noAutofocus: the key that opens it is pressed in order to type here
            autoFocus
            aria-label={t('kit.reason')}
            placeholder={t('visits.refuseWhy')}
            autoComplete="off"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button size="small" kind="primary" type="submit" disabled={reason.trim() === ''}>
            {t('visits.refuse')}
          </Button>
        </form>
      )}
    </article>
  );
}
