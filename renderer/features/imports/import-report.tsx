import { IconAddressBook, IconCircleCheck, IconCopy } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { useCardForms } from '../../ui/fields/use-card-forms.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { fieldErrorText } from '../../ui/states/error-text.ts';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import { differenceKey, ImportDifferences } from './import-differences.tsx';
import { refusedFieldLabel } from './import-fields.ts';
import { addsUp, type ImportReport, refusedAsText, type TableRead } from './import-steps.ts';
import styles from './imports.module.css';

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
  /** The trial anew, with what was put right. */
  readonly onTried: (report: ImportReport) => void;
}

interface RefusedLine {
  readonly key: string;
  readonly row: number;
  readonly field: string;
  readonly value: string;
  readonly reason: string;
  /** Column of the file, -1 when the cell is none of its cells. */
  readonly column: number;
}

/** What the rows would do, or have done: every one accounted for, every refused one named. */
export function ImportReportView(props: ImportReportProps) {
  const { file, read, mapping, report, done, onBack, onDone, onAgain, onTried } = props;
  const texts = useText();
  const { t } = texts;
  const formats = useFormats();
  const { go } = useNavigate();
  const apply = useArchiveJob('imports.apply', 'imports.working');
  const trial = useArchiveJob('imports.apply', 'imports.trying');
  const [corrections, setCorrections] = useState<readonly Correction[]>([]);
  const [editing, setEditing] = useState<string | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const given = {
    table: read.table,
    kind: read.kind,
    mapping: [...mapping],
    leave: report.differences
      .filter((difference) => left.has(differenceKey(difference)))
      .map(({ row, field }) => ({ row, field })),
  };
  const correct = (line: RefusedLine, value: string): void => {
    setEditing(null);
    if (value === line.value) return;
    const next = [
      ...corrections.filter((one) => one.row !== line.row || one.column !== line.column),
      { row: line.row, column: line.column, value },
    ];
    setCorrections(next);
    trial.run({ ...given, corrections: next, dryRun: true }).then(onTried, () => undefined);
  };
  const forms = useCardForms();
  const refused = useMemo<readonly RefusedLine[]>(
    () =>
      report.refused.map((row, index) => ({
        key: String(index),
        row: row.row,
        column: read.headings.indexOf(row.field),
        field: refusedFieldLabel(read.kind, row.field, texts, forms),
        value: row.value,
        reason: fieldErrorText(
          { path: row.field, message: row.message, params: { value: row.value, ...row.params } },
          texts,
        ),
      })),
    [report.refused, read.headings, read.kind, texts, forms],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `correct` is made anew with these
  const columns = useMemo<readonly Column<RefusedLine>[]>(
    () => [
      {
        id: 'row',
        header: t('imports.report.row'),
        width: 72,
        align: 'end',
        cell: (line) => formats.number(line.row),
        text: (line) => String(line.row),
      },
      {
        id: 'field',
        header: t('imports.report.field'),
        width: 180,
        cell: (line) => line.field,
        text: (line) => line.field,
      },
      {
        id: 'value',
        header: t('imports.report.value'),
        width: 200,
        cell: (line) =>
          line.key === editing ? (
            <CellEditor
              label={t('imports.fix', { row: line.row, field: line.field })}
              value={line.value}
              onDone={(value) => correct(line, value)}
              onCancel={() => setEditing(null)}
            />
          ) : (
            line.value
          ),
        text: (line) => line.value,
      },
      {
        id: 'reason',
        header: t('imports.report.expected'),
        width: 320,
        grow: true,
        cell: (line) => line.reason,
        text: (line) => line.reason,
      },
    ],
    [t, formats, editing, corrections, left, report],
  );
  const willChange = report.imported + report.updated;
  const bring = (): void => {
    if (apply.job !== null || willChange === 0) return;
    apply
      .run({ ...given, corrections: [...corrections], acceptValid: report.refusedTotal > 0 })
      .then(onDone, () => undefined);
  };
  useShortcut('mod+enter', () => (done ? undefined : bring()), { labelKey: 'imports.bring', inInputs: true });
  const copy = (): void => {
    const text = refusedAsText(refused, [
      t('imports.report.row'),
      t('imports.report.field'),
      t('imports.report.value'),
      t('imports.report.expected'),
    ]);
    void navigator.clipboard.writeText(text).then(() => toast(t('kit.copied')));
  };

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
      {refused.length > 0 && (
        <section className={styles.refused} aria-label={t('imports.refusedRows')}>
          <header className={styles.refusedHead}>
            <h2>{t('imports.refusedRows')}</h2>
            <span className={styles.soft}>
              {report.refusedTotal > report.refused.length
                ? t('imports.refusedFirst', { shown: report.refused.length })
                : ''}
            </span>
            <Button size="small" icon={IconCopy} onClick={copy}>
              {t('imports.copyRefused')}
            </Button>
          </header>
          <div className={styles.refusedTable}>
            <DataTable
              id="import-refused"
              label={t('imports.refusedRows')}
              columns={columns}
              source={arraySource(refused)}
              rowKey={(line) => line.key}
              onOpen={(line) => !done && line.column >= 0 && setEditing(line.key)}
              foot={
                done ? null : (
                  <span>
                    {corrections.length > 0 && `${t('imports.corrected', { count: corrections.length })} · `}
                    {t('imports.fixHint')}
                  </span>
                )
              }
              empty={null}
            />
          </div>
        </section>
      )}
      {!done && report.differences.length > 0 && (
        <ImportDifferences read={read} report={report} left={left} onLeft={setLeft} />
      )}
      {apply.job !== null && <JobProgress job={apply.job} />}
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
              {t('imports.bring')}
            </Button>
          </>
        )}
      </footer>
    </>
  );
}

interface Correction {
  readonly row: number;
  readonly column: number;
  readonly value: string;
}

/** A cell of the file put right where it stands: Enter keeps it, Escape gives it back. */
function CellEditor({
  label,
  value,
  onDone,
  onCancel,
}: {
  readonly label: string;
  readonly value: string;
  readonly onDone: (value: string) => void;
  readonly onCancel: () => void;
}) {
  const [text, setText] = useState(value);
  return (
    <input
      className={styles.cellEditor}
      aria-label={label}
      autoComplete="off"
      spellCheck={false}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit this cell
      autoFocus
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={onCancel}
      onKeyDown={(event) => {
        if (isComposing(event)) return;
        if (event.key === 'Enter') onDone(text);
        else if (event.key === 'Escape') onCancel();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
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
