import { IconArrowRight, IconCheck, IconMessage, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { ArchiveYear } from '../../../shared/contract/archive-years.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { CleaningKind } from '../../../shared/domain/archive-year.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { ClassTab } from '../../ui/text/class-tab.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { findingDetail } from './finding-words.ts';
import styles from './steps.module.css';
import type { YearStep } from './year.ts';

type Finding = OutputOf<'archiveYears.findings'>['findings'][number];
const PAGE = 200;
const REASONS = ['binding.reason.asked', 'binding.reason.never', 'binding.reason.kept', 'binding.reason.nextYear'];
const TONES = { open: 'seal', explained: 'amber', settled: 'moss' } as const;

/** The cleaning list (Y1): each finding leads to where it is settled, or is explained; the reason is printed on the notes sheet. */
export function CleaningStep({
  job,
  mayChange,
  onNext,
}: {
  readonly job: ArchiveYear;
  readonly mayChange: boolean;
  readonly onNext: (step: YearStep) => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const [wanted, setWanted] = useState<CleaningKind | null>(null);
  const open = useArchiveCommand('archiveYears.open');
  const kinds = job.kinds;
  const kind = kinds.find((one) => one.kind === wanted) ?? kinds.find((one) => one.open > 0) ?? kinds[0];
  const begin = () => open.mutateAsync({ year: job.year }).catch(() => undefined);
  return (
    <section aria-label={t('binding.cleaning')}>
      <ErrorNote error={open.error} />
      <div className={styles.next}>
        <p>
          {job.findings.open === 0 ? (
            <>
              <IconCheck size={16} aria-hidden /> {t('binding.nothingOpen')}
            </>
          ) : (
            t('binding.cleaningText')
          )}
        </p>
        <span style={{ display: 'flex', gap: 8 }}>
          <Button icon={IconPrinter} onClick={() => print({ form: 'yearCleaning', number: String(job.year) })}>
            {t('kit.print.yearCleaning')}
          </Button>
          {mayChange && job.openedAt === null && job.findings.open > 0 && (
            <Button busy={open.isPending} onClick={() => void begin()}>
              {t('binding.begin')}
            </Button>
          )}
          <Button
            kind={job.findings.open === 0 ? 'primary' : 'plain'}
            icon={IconArrowRight}
            onClick={() => onNext('arrange')}
          >
            {t('binding.toArrange')}
          </Button>
        </span>
      </div>
      {kind !== undefined && (
        <div className={styles.cleaning} style={{ marginBlockStart: 20 }}>
          <ul className={styles.kinds} aria-label={t('binding.kinds')}>
            {kinds.map((one) => (
              <li key={one.kind}>
                <button
                  type="button"
                  className={styles.kind}
                  aria-pressed={one.kind === kind.kind}
                  onClick={() => setWanted(one.kind)}
                >
                  <span>{t(`yearFinding.${one.kind}`)}</span>
                  <span className={styles.count} data-open={one.open > 0 || undefined}>
                    {one.open > 0 ? formats.number(one.open) : `✓ ${formats.number(one.explained + one.settled)}`}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <Findings key={kind.kind} year={job.year} kind={kind.kind} open={kind.open} mayChange={mayChange} />
        </div>
      )}
    </section>
  );
}

function Findings({
  year,
  kind,
  open,
  mayChange,
}: {
  readonly year: number;
  readonly kind: CleaningKind;
  readonly open: number;
  readonly mayChange: boolean;
}) {
  const { t } = useText();
  const [limit, setLimit] = useState(PAGE);
  const [explaining, setExplaining] = useState<Finding | 'all' | null>(null);
  const query = useArchiveQuery('archiveYears.findings', { year, kind, limit }, { keepPrevious: true });
  if (query.error !== null) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <LoadingSkeleton shape="rows" count={6} />;
  const { findings, total } = query.data;
  return (
    <div>
      <header className={styles.findingsHead}>
        <h2>{t(`yearFinding.${kind}`)}</h2>
        {mayChange && open > 1 && (
          <Button size="small" icon={IconMessage} onClick={() => setExplaining('all')}>
            {t('binding.explainAll', { count: open })}
          </Button>
        )}
      </header>
      <table className={styles.findings} aria-label={t(`yearFinding.${kind}`)}>
        <colgroup>
          <col style={{ width: 190 }} />
          <col />
          <col style={{ width: 92 }} />
          <col style={{ width: 148 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('binding.subject')}</th>
            <th scope="col">{t('binding.what')}</th>
            <th scope="col">{t('binding.state')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('binding.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding) => (
            <Line
              key={finding.key}
              year={year}
              finding={finding}
              mayChange={mayChange}
              onExplain={() => setExplaining(finding)}
            />
          ))}
        </tbody>
      </table>
      {findings.length < total && (
        <Button kind="link" onClick={() => setLimit((before) => Math.min(500, before + PAGE))}>
          {t('binding.more', { count: total - findings.length })}
        </Button>
      )}
      {explaining !== null && (
        <ExplainDialog
          year={year}
          kind={kind}
          finding={explaining === 'all' ? null : explaining}
          count={open}
          onClose={() => setExplaining(null)}
        />
      )}
    </div>
  );
}

function Line({
  year,
  finding,
  mayChange,
  onExplain,
}: {
  readonly year: number;
  readonly finding: Finding;
  readonly mayChange: boolean;
  readonly onExplain: () => void;
}) {
  const texts = useText();
  const { t } = texts;
  const formats = useFormats();
  const { go } = useNavigate();
  const reopen = useArchiveCommand('archiveYears.reopen');
  const lead = (): void => {
    if (finding.kind === 'openLoan') go({ screen: 'loans' });
    else if (finding.kind !== 'expiredRetention' && /·/u.test(finding.subject))
      go({ screen: 'dossiers', params: { paper: finding.subject } });
    else if (finding.kind !== 'expiredRetention') go({ screen: 'dossiers', number: finding.subject });
  };
  const detail = findingDetail(finding, texts);
  return (
    <tr>
      <td>
        <ClassTab value={finding.class} markOnly />{' '}
        <Button kind="link" onClick={lead}>
          {finding.subject}
        </Button>
      </td>
      <td>
        {finding.title}
        {detail !== '' && <span className={styles.soft}> · {detail}</span>}
        {finding.reason !== '' && (
          <p className={styles.reason}>
            {t('binding.explainedBy', { reason: finding.reason, by: finding.by, day: formats.day(finding.at) })}
          </p>
        )}
      </td>
      <td>
        <Tag tone={TONES[finding.state]}>{t(`yearState.${finding.state}`)}</Tag>
      </td>
      <td className={styles.act}>
        {mayChange && finding.state === 'open' && (
          <Button size="small" onClick={onExplain}>
            {t('binding.explain')}
          </Button>
        )}
        {mayChange && finding.state === 'explained' && (
          <Button
            size="small"
            kind="quiet"
            busy={reopen.isPending}
            onClick={() => void reopen.mutateAsync({ year, keys: [finding.key] }).catch(() => undefined)}
          >
            {t('binding.reopen')}
          </Button>
        )}
      </td>
    </tr>
  );
}

function ExplainDialog({
  year,
  kind,
  finding,
  count,
  onClose,
}: {
  readonly year: number;
  readonly kind: CleaningKind;
  /** Null: every open one of the kind. */
  readonly finding: Finding | null;
  readonly count: number;
  readonly onClose: () => void;
}) {
  const texts = useText();
  const { t } = texts;
  const [reason, setReason] = useState('');
  const explain = useArchiveCommand('archiveYears.explain');
  const submit = () =>
    explain
      .mutateAsync({ year, reason: reason.trim(), ...(finding === null ? { kind } : { keys: [finding.key] }) })
      .then(
        ({ explained }) => {
          toast(t('binding.explainedCount', { count: explained }));
          onClose();
        },
        () => undefined,
      );
  return (
    <FormDialog
      title={t(`yearFinding.${kind}`)}
      submitLabel={finding === null ? t('binding.explainAll', { count }) : t('binding.explain')}
      onClose={onClose}
      onSubmit={() => void submit()}
      busy={explain.isPending}
      maySubmit={reason.trim() !== ''}
    >
      <p>
        {finding === null
          ? t('binding.explainAllText', { count })
          : [finding.subject, finding.title, findingDetail(finding, texts)].filter((part) => part !== '').join(' · ')}
      </p>
      <ErrorNote error={explain.error} showFields />
      <ReasonField value={reason} onChange={setReason} suggestions={REASONS} autoFocus />
    </FormDialog>
  );
}
