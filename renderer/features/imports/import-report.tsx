import { SegmentedControl } from '@mantine/core';
import { IconAddressBook, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import { differenceKey, ImportDifferences, type LeftAsIs, NOTHING_LEFT } from './import-differences.tsx';
import { addsUp, type Correction, type ImportReport, type TableRead } from './import-steps.ts';
import styles from './imports.module.css';
import { RefusedCells } from './refused-cells.tsx';

type View = 'refused' | 'differences';

interface ImportReportProps {
  readonly file: string;
  readonly read: TableRead;
  readonly mapping: readonly (string | null)[];
  readonly report: ImportReport;
  /** True when the rows have been brought in; false after the trial. */
  readonly done: boolean;
  readonly onBack: () => void;
  readonly onDone: (report: ImportReport) => void;
  readonly onAgain: () => void;
  readonly corrections: readonly Correction[];
  /** The trial anew, with what was put right. */
  readonly onCorrected: (corrections: readonly Correction[], report: ImportReport) => void;
}

/** What the rows would do, or have done: every one accounted for, every refused one named. */
export function ImportReportView(props: ImportReportProps) {
  const { file, read, mapping, report, done, corrections, onBack, onDone, onAgain, onCorrected } = props;
  const { t } = useText();
  const { go } = useNavigate();
  const apply = useArchiveJob('imports.apply', 'imports.working');
  const trial = useArchiveJob('imports.apply', 'imports.trying');
  const [left, setLeft] = useState<LeftAsIs>(NOTHING_LEFT);
  const given = {
    table: read.table,
    kind: read.kind,
    mapping: [...mapping],
    leaveExisting: left.all,
    leave: report.differences
      .filter((difference) => left.cells.has(differenceKey(difference)))
      .map(({ row, field }) => ({ row, field })),
  };
  const [view, setView] = useState<View>('refused');
  const differing = !done && report.differences.length > 0;
  const both = differing && report.refused.length > 0;
  const correct = (next: readonly Correction[]): void => {
    trial.run({ ...given, leaveExisting: false, leave: [], corrections: [...next], dryRun: true }).then(
      (tried) => onCorrected(next, tried),
      () => undefined,
    );
  };
  // What is left as it is changes nothing; the trial counted it as if it would.
  const updating = left.all ? 0 : report.updated;
  const willChange = report.imported + updating;
  const willBring = report.imported + report.updated + report.unchanged;
  const bring = (): void => {
    if (apply.job !== null || willChange === 0) return;
    apply
      .run({ ...given, corrections: [...corrections], acceptValid: report.refusedTotal > 0 })
      .then(onDone, () => undefined);
  };
  useShortcut('mod+enter', () => (done ? undefined : bring()), { labelKey: 'imports.bring', inInputs: true });
  return (
    <>
      <div className={styles.reportHead} role="status">
        {done ? (
          <p className={styles.doneTitle}>
            <IconCircleCheck size={28} stroke={1.5} aria-hidden /> {t('imports.done', { file })}
          </p>
        ) : (
          <p className={styles.file}>
            <strong>{file}</strong> <span className={styles.soft}>{t('imports.tried')}</span>
          </p>
        )}
        <dl className={styles.counts}>
          <Count label={t('imports.count.rows')} value={report.rows} />
          <span className={styles.equals} aria-hidden>
            =
          </span>
          <Count
            label={t(done ? 'imports.count.broughtIn' : 'imports.count.new')}
            value={report.imported}
            tone="moss"
          />
          <span className={styles.equals} aria-hidden>
            +
          </span>
          <Count
            label={t(done ? 'imports.count.updated' : 'imports.count.toUpdate')}
            value={report.updated}
            tone="lake"
          />
          <span className={styles.equals} aria-hidden>
            +
          </span>
          <Count label={t('imports.count.unchanged')} value={report.unchanged} />
          <span className={styles.equals} aria-hidden>
            +
          </span>
          <Count
            label={t('imports.count.refused')}
            value={report.refusedTotal}
            tone={report.refusedTotal > 0 ? 'seal' : undefined}
          />
        </dl>
        {!addsUp(report) && <p className={styles.soft}>{t('imports.doubled')}</p>}
        {done && report.firstNumber !== null && report.lastNumber !== null && (
          <p>{t('imports.numbers', { from: report.firstNumber, to: report.lastNumber })}</p>
        )}
      </div>
      {both && (
        <SegmentedControl
          className={styles.views}
          aria-label={t('imports.views')}
          value={view}
          onChange={(next) => setView(next as View)}
          data={[
            { value: 'refused', label: t('imports.view.refused', { count: report.refusedTotal }) },
            { value: 'differences', label: t('imports.view.differences', { count: report.differencesTotal }) },
          ]}
        />
      )}
      {report.refused.length > 0 && (!both || view === 'refused') && (
        <RefusedCells read={read} report={report} corrections={corrections} onCorrect={done ? null : correct} />
      )}
      {differing && (!both || view === 'differences') && (
        <ImportDifferences read={read} report={report} left={left} onLeft={setLeft} />
      )}
      {apply.job !== null && <JobProgress job={apply.job} />}
      {trial.job !== null && <JobProgress job={trial.job} />}
      <ErrorNote error={apply.error ?? trial.error} showFields />
      <footer className={styles.foot}>
        {done ? (
          <>
            <span className={styles.soft}>{t('imports.takeBackHint')}</span>
            <Button onClick={onAgain}>{t('imports.another')}</Button>
            <Button kind="primary" icon={IconAddressBook} onClick={() => go({ screen: 'cards' })}>
              {t('imports.toCards')}
            </Button>
          </>
        ) : (
          <>
            <span className={styles.soft}>
              {willChange === 0
                ? t('imports.nothingToDo')
                : report.refusedTotal > 0
                  ? t('imports.validOnly', { count: report.refusedTotal })
                  : t('imports.nothingYet')}
            </span>
            <Button onClick={onBack} disabled={apply.job !== null}>
              {t('imports.backToColumns')}
            </Button>
            <Button
              kind="primary"
              keys="mod+enter"
              busy={apply.job !== null}
              disabled={willChange === 0}
              onClick={bring}
            >
              {report.refusedTotal > 0 && willChange > 0
                ? t('imports.bringValid', { count: willBring })
                : t('imports.bring')}
            </Button>
          </>
        )}
      </footer>
    </>
  );
}

function Count({
  label,
  value,
  tone,
}: {
  readonly label: string;
  readonly value: number;
  readonly tone?: 'moss' | 'lake' | 'seal' | undefined;
}) {
  const formats = useFormats();
  return (
    <div className={styles.count} data-tone={value > 0 ? tone : undefined}>
      <dt>{label}</dt>
      <dd>{formats.number(value)}</dd>
    </div>
  );
}
