import { IconPlus, IconWalk } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { type OptionSetName, optionLabelKey } from '../../../shared/domain/forms/option-sets.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag, type Tone } from '../../ui/text/tag.tsx';
import { hoursAfterVisit } from './lateness.ts';
import { VisitForm } from './visit-form.tsx';
import styles from './visits.module.css';

type Visit = OutputOf<'visits.list'>['visits'][number];

const RESULT_TONE: Readonly<Record<string, Tone>> = {
  closed: 'moss',
  interested: 'lake',
  toFollowUp: 'amber',
  declined: 'seal',
};

/** Visits to the customer, newest first (V2), and a form for the next one. */
export function VisitsPanel({ number, mayRecord }: { readonly number: string; readonly mayRecord: boolean }) {
  const { t } = useText();
  const visits = useArchiveQuery('visits.list', { number, limit: 200 });
  const [recording, setRecording] = useState(false);
  useShortcut('n', () => setRecording(true), { labelKey: 'cards.visits.record', enabled: mayRecord && !recording });

  const recordButton = mayRecord && !recording && (
    <Button icon={IconPlus} keys="n" onClick={() => setRecording(true)}>
      {t('cards.visits.record')}
    </Button>
  );
  return (
    <div className={styles.panel}>
      {recording && <VisitForm number={number} onClose={() => setRecording(false)} />}
      {visits.error !== null && <ErrorState error={visits.error} onRetry={() => void visits.refetch()} />}
      {visits.isPending && <LoadingSkeleton shape="form" />}
      {visits.data !== undefined && visits.data.total === 0 && !recording && (
        <EmptyState icon={IconWalk} title={t('cards.visits.empty')} actions={recordButton}>
          {t('cards.visits.emptyText')}
        </EmptyState>
      )}
      {visits.data !== undefined && visits.data.total > 0 && (
        <>
          <div className={styles.head}>
            <span className={styles.count}>{t('cards.visits.count', { count: visits.data.total })}</span>
            {recordButton}
          </div>
          <ol className={styles.line}>
            {visits.data.visits.map((visit) => (
              <VisitEntry key={visit.id} visit={visit} />
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function VisitEntry({ visit }: { readonly visit: Visit }) {
  const { t, has } = useText();
  const formats = useFormats();
  const word = (set: OptionSetName, value: string): string =>
    has(optionLabelKey(set, value)) ? t(optionLabelKey(set, value)) : value;
  const hours = hoursAfterVisit(visit.visitedAt, visit.recordedAt);
  return (
    <li className={styles.visit}>
      <div className={styles.when}>
        <time dateTime={visit.visitedAt}>{formats.day(visit.visitedAt)}</time>
        <span className={styles.soft}>{formats.time(visit.visitedAt)}</span>
      </div>
      <div className={styles.what}>
        <p className={styles.title}>
          {word('visitPurpose', visit.purpose)}
          <Tag tone={RESULT_TONE[visit.result] ?? 'plain'}>{word('visitResult', visit.result)}</Tag>
        </p>
        <p className={styles.content}>{visit.content}</p>
        <p className={styles.soft}>
          {visit.staff} · {word('visitMethod', visit.method)}
          {hours !== null &&
            ` · ${hours < 48 ? t('cards.visits.recordedAfter', { hours }) : t('cards.visits.recordedAfterDays', { days: Math.round(hours / 24) })}`}
        </p>
      </div>
    </li>
  );
}
