import { IconPlus, IconWalk } from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { type CardKind, fieldLabelKey } from '../../../shared/domain/form-fields.ts';
import { type OptionSetName, optionLabelKey } from '../../../shared/domain/forms/option-sets.ts';
import { visitDetailFields } from '../../../shared/domain/forms/visit-forms.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { isEmptyValue } from '../../ui/fields/field-values.ts';
import { changedLabel, type FieldWords, useFieldWords } from '../../ui/fields/field-words.ts';
import { ValueSides } from '../../ui/fields/value-sides.tsx';
import { valueText } from '../../ui/fields/value-text.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { INFORMATION_TONE, RESULT_TONE } from '../../ui/visits/visit-words.ts';
import { hoursAfterVisit } from './lateness.ts';
import { VisitForm } from './visit-form.tsx';
import styles from './visits.module.css';

type Visit = OutputOf<'visits.list'>['visits'][number];
type Report = OutputOf<'information.list'>['reports'][number];
type Change = OutputOf<'customers.milestones'>['changes'][number];

const SHOWN = 200;

/**
 * What happened with the customer, newest first (V2): visits, information reports and what has changed of the customer itself (name, legal form,
 * representative, salesperson …), and a form for the next visit.
 */
export function VisitsPanel({
  kind,
  number,
  mayRecord,
}: {
  readonly kind: CardKind;
  readonly number: string;
  readonly mayRecord: boolean;
}) {
  const words = useFieldWords();
  const { t } = words;
  const { go } = useNavigate();
  const visits = useArchiveQuery('visits.list', { number, limit: SHOWN });
  const reports = useArchiveQuery('information.list', { customer: number, limit: SHOWN }).data;
  const events = useArchiveQuery('customers.milestones', { number, limit: SHOWN }).data;
  const [recording, setRecording] = useState(false);
  useShortcut('n', () => setRecording(true), { labelKey: 'cards.visits.record', enabled: mayRecord && !recording });

  const recordButton = mayRecord && !recording && (
    <span className={styles.buttons}>
      <Button onClick={() => go({ screen: 'visits', tab: 'entry', params: { customer: number } })}>
        {t('cards.visits.toReport')}
      </Button>
      <Button icon={IconPlus} keys="n" onClick={() => setRecording(true)}>
        {t('cards.visits.record')}
      </Button>
    </span>
  );
  const entries = [
    ...(visits.data?.visits ?? []).map((visit) => ({
      at: visit.visitedAt,
      entry: <VisitEntry key={visit.id} visit={visit} words={words} />,
    })),
    ...(reports?.reports ?? []).map((report) => ({
      at: report.reportedAt,
      entry: <ReportEntry key={report.number} report={report} />,
    })),
    ...(events?.changes ?? []).map((change) => ({
      at: change.at,
      entry: (
        <ChangeEntry
          key={`${change.origin} ${change.revision} ${change.field}`}
          kind={kind}
          change={change}
          words={words}
        />
      ),
    })),
  ].sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <div className={styles.panel}>
      {recording && <VisitForm number={number} onClose={() => setRecording(false)} />}
      {visits.error !== null && <ErrorState error={visits.error} onRetry={() => void visits.refetch()} />}
      {visits.isPending && <LoadingSkeleton shape="form" />}
      {visits.data !== undefined && entries.length === 0 && !recording && (
        <EmptyState icon={IconWalk} title={t('cards.visits.empty')} actions={recordButton}>
          {t('cards.visits.emptyText')}
        </EmptyState>
      )}
      {visits.data !== undefined && entries.length > 0 && (
        <>
          <div className={styles.head}>
            <span className={styles.count}>{t('cards.visits.count', { count: visits.data.total })}</span>
            {recordButton}
          </div>
          <ol className={styles.line}>{entries.map(({ entry }) => entry)}</ol>
        </>
      )}
    </div>
  );
}

/** A routine, urgent or periodic report about the customer (V3). */
function ReportEntry({ report }: { readonly report: Report }) {
  const { t } = useText();
  const { go } = useNavigate();
  return (
    <li className={styles.visit}>
      <When at={report.reportedAt} />
      <div className={styles.what}>
        <p className={styles.title}>
          {t(`option.reportKind.${report.kind}`)} · {t(`option.reportSubject.${report.subject}`)}
          <Tag tone={INFORMATION_TONE[report.state] ?? 'plain'}>{t(`visits.informationState.${report.state}`)}</Tag>
        </p>
        <p className={styles.content}>{report.facts}</p>
        <p className={styles.soft}>
          {report.reporter} ·{' '}
          <Button kind="link" onClick={() => go({ screen: 'visits', tab: 'information', number: report.number })}>
            {report.number}
          </Button>
        </p>
      </div>
    </li>
  );
}

/** Something of the customer itself has changed: from when on, from what to what, by which evidence. */
function ChangeEntry({
  kind,
  change,
  words,
}: {
  readonly kind: CardKind;
  readonly change: Change;
  readonly words: FieldWords;
}) {
  const { t } = words;
  return (
    <li className={styles.visit}>
      <When at={change.at} />
      <div className={styles.what}>
        <p className={styles.title}>{t('cards.visits.event', { field: changedLabel(kind, change.field, words) })}</p>
        <div className={styles.event}>
          <ValueSides
            kind={kind}
            field={change.field}
            words={words}
            left={{ said: t('cards.history.from'), value: change.from }}
            right={{ said: t('cards.history.to'), value: change.to }}
          />
        </div>
        <p className={styles.soft}>{[change.by, change.evidence].filter((part) => part !== '').join(' · ')}</p>
      </div>
    </li>
  );
}

function When({ at }: { readonly at: string }) {
  const formats = useFormats();
  return (
    <div className={styles.when}>
      <time dateTime={at}>{formats.day(at)}</time>
      <span className={styles.soft}>{formats.time(at)}</span>
    </div>
  );
}

/** Two hundred of them: drawn once, whatever else comes in, with words that the panel asks for. */
const VisitEntry = memo(function VisitEntry({ visit, words }: { readonly visit: Visit; readonly words: FieldWords }) {
  const { t } = words;
  const { has } = useText();
  const { go } = useNavigate();
  const word = (set: OptionSetName, value: string): string =>
    has(optionLabelKey(set, value)) ? t(optionLabelKey(set, value)) : value;
  const told = visitDetailFields.filter((field) => field.type !== 'boolean' && !isEmptyValue(visit.details[field.key]));
  const hours = hoursAfterVisit(visit.visitedAt, visit.recordedAt);
  return (
    <li className={styles.visit}>
      <When at={visit.visitedAt} />
      <div className={styles.what}>
        <p className={styles.title}>
          {word('visitPurpose', visit.purpose)}
          <Tag tone={RESULT_TONE[visit.result] ?? 'plain'}>{word('visitResult', visit.result)}</Tag>
        </p>
        <p className={styles.content}>{visit.content}</p>
        {told.length > 0 && (
          <p className={styles.told}>
            {told.map((field) => (
              <span key={field.key}>
                <span className={styles.soft}>{t(fieldLabelKey('visit', field.key))}</span>{' '}
                {valueText(field, visit.details[field.key], words)}
              </span>
            ))}
          </p>
        )}
        <p className={styles.soft}>
          {visit.staff} · {word('visitMethod', visit.method)}
          {visit.report !== null && (
            <>
              {' · '}
              <Button
                kind="link"
                onClick={() =>
                  go({ screen: 'visits', tab: 'entry', params: { staff: String(visit.staffId), day: visit.day } })
                }
              >
                {visit.report}
              </Button>
            </>
          )}
          {visit.briefed && ` · ${t('cards.visits.briefed')}`}
          {hours !== null &&
            ` · ${hours < 48 ? t('cards.visits.recordedAfter', { hours }) : t('cards.visits.recordedAfterDays', { days: Math.round(hours / 24) })}`}
        </p>
      </div>
    </li>
  );
});
