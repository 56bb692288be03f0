import { IconTableImport } from '@tabler/icons-react';
import { type ChangeEvent, useRef, useState } from 'react';
import type { OutputOf, ParsedInputOf } from '../../../shared/contract/contract.ts';
import { fieldLabelKey } from '../../../shared/domain/form-fields.ts';
import { VISIT_COLUMNS, type VisitColumn } from '../../../shared/domain/import/visit-rows.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { discardUpload, uploadFile } from '../../gateway/uploads.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { fieldErrorText } from '../../ui/states/error-text.ts';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import styles from './visits.module.css';

type Read = OutputOf<'visits.readTable'>;
type Report = OutputOf<'visits.importTable'>;
type Correction = ParsedInputOf<'visits.importTable'>['corrections'][number];

const ACCEPT = '.csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const LISTED = 100;

/** Visits from a CSV or XLSX (V1): read in a process of its own, tried at once, every refused row named, then brought in. */
export function ImportDialog({
  staffId,
  day,
  onClose,
}: {
  readonly staffId: number | null;
  readonly day: string;
  readonly onClose: () => void;
}) {
  const texts = useText();
  const { t, has } = texts;
  const picker = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<Read | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const job = useArchiveJob('visits.importTable', 'visits.importing');
  const [mapping, setMapping] = useState<readonly (VisitColumn | null)[]>([]);
  const [corrections, setCorrections] = useState<readonly Correction[]>([]);
  const given = (columns: readonly (VisitColumn | null)[], cells: readonly Correction[]) => ({
    ...(staffId === null ? {} : { staffId }),
    day,
    mapping: [...columns],
    corrections: [...cells],
  });
  const attempt = async (
    table: string,
    columns: readonly (VisitColumn | null)[],
    cells: readonly Correction[],
  ): Promise<void> => {
    setMapping(columns);
    setCorrections(cells);
    try {
      setReport(await job.run({ table, ...given(columns, cells), dryRun: true }));
    } catch {
      // Said in the dialog.
    }
  };

  const take = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = event.currentTarget.files ?? [];
    event.currentTarget.value = '';
    if (file === undefined) return;
    setError(null);
    setReport(null);
    setRead(null);
    try {
      const upload = await uploadFile(file, undefined, undefined, 'table');
      const table = await archive.call('visits.readTable', { upload });
      discardUpload(upload);
      setRead(table);
      await attempt(table.table, table.mapping, []);
    } catch (thrown) {
      setError(AppError.from(thrown));
    }
  };
  const bring = async (): Promise<void> => {
    if (read === null || report === null) return;
    try {
      const done = await job.run({
        table: read.table,
        ...given(mapping, corrections),
        acceptValid: report.refusedTotal > 0,
      });
      toast(t('visits.imported', { visits: done.imported, reports: done.reports.length }));
      onClose();
    } catch {
      // Said in the dialog.
    }
  };
  const column = (key: string): string =>
    has(fieldLabelKey('visit', key)) ? t(fieldLabelKey('visit', key)) : t(`visits.column.${key}`);
  const assign = (index: number, key: string): void => {
    if (read === null) return;
    const wanted = VISIT_COLUMNS.find((one) => one === key) ?? null;
    // Each field takes one column: the one that had it before is left without.
    const next = mapping.map((former, at) => (at === index ? wanted : former === wanted ? null : former));
    void attempt(read.table, next, corrections);
  };
  const correct = (row: number, heading: string, value: string): void => {
    const at = read?.headings.indexOf(heading) ?? -1;
    if (read === null || at < 0) return;
    const others = corrections.filter((one) => one.row !== row || one.column !== at);
    void attempt(read.table, mapping, [...others, { row, column: at, value }]);
  };
  return (
    <Dialog title={t('visits.importTitle')} size="xl" onClose={onClose}>
      <p>{t('visits.importText')}</p>
      <input
        ref={picker}
        type="file"
        autoComplete="off"
        hidden
        accept={ACCEPT}
        aria-label={t('visits.pickFile')}
        onChange={(event) => void take(event)}
      />
      <div>
        <Button icon={IconTableImport} data-autofocus onClick={() => picker.current?.click()}>
          {t('visits.pickFile')}
        </Button>{' '}
        {read !== null && <strong>{read.file}</strong>}
      </div>
      <ErrorNote error={error ?? job.error} />
      {job.job !== null && <JobProgress job={job.job} />}
      {read !== null && (
        <div className={styles.columns}>
          {read.headings.map((heading, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns may bear the same heading
            <label key={index} className={styles.column} data-open={(mapping[index] ?? null) === null || undefined}>
              <span>{heading}</span>
              <select value={mapping[index] ?? ''} onChange={(event) => assign(index, event.currentTarget.value)}>
                <option value="">{t('imports.leaveOut')}</option>
                {VISIT_COLUMNS.map((key) => (
                  <option key={key} value={key}>
                    {column(key)}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      )}
      {report !== null && (
        <div role="status">
          <p>
            <strong>
              {t('visits.tried', {
                rows: report.rows,
                fresh: report.imported,
                known: report.unchanged,
                refused: report.refusedTotal,
              })}
            </strong>
          </p>
          {report.refused.length > 0 && <p className={styles.soft}>{t('visits.fixHint')}</p>}
          {report.refused.length > 0 && (
            <table className={styles.matrix}>
              <thead>
                <tr>
                  <th scope="col">{t('imports.report.row')}</th>
                  <th scope="col">{t('imports.report.field')}</th>
                  <th scope="col">{t('imports.report.value')}</th>
                  <th scope="col">{t('imports.report.expected')}</th>
                </tr>
              </thead>
              <tbody>
                {report.refused.slice(0, LISTED).map((row) => (
                  <tr key={`${row.row} ${row.field} ${row.value} ${row.message}`}>
                    <td>{row.row}</td>
                    <td>{VISIT_COLUMNS.some((key) => key === row.field) ? column(row.field) : row.field}</td>
                    <td>
                      {read?.headings.includes(row.field) ? (
                        <input
                          className={styles.input}
                          aria-label={t('imports.fix', { row: row.row, field: row.field })}
                          autoComplete="off"
                          spellCheck={false}
                          defaultValue={row.value}
                          onKeyDown={(event) => {
                            if (event.key !== 'Enter' || isComposing(event)) return;
                            event.preventDefault();
                            correct(row.row, row.field, event.currentTarget.value);
                          }}
                        />
                      ) : (
                        row.value
                      )}
                    </td>
                    <td>
                      {fieldErrorText(
                        { path: row.field, message: row.message, params: { value: row.value, ...row.params } },
                        texts,
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      )}
      <DialogActions>
        <Button onClick={onClose}>{t('kit.back')}</Button>
        <Button
          kind="primary"
          busy={job.job !== null}
          disabled={report === null || report.imported === 0}
          onClick={() => void bring()}
        >
          {report !== null && report.refusedTotal > 0 ? t('visits.bringValid') : t('visits.bring')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
