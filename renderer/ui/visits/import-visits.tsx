import { IconTableImport } from '@tabler/icons-react';
import { type ChangeEvent, useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { fieldLabelKey } from '../../../shared/domain/form-fields.ts';
import { VISIT_COLUMNS, type VisitColumn } from '../../../shared/domain/import/visit-rows.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { discardUpload, uploadFile } from '../../gateway/uploads.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../actions/button.tsx';
import { Dialog, DialogActions } from '../dialog/dialog.tsx';
import { toast } from '../dialog/toasts.tsx';
import { ErrorNote } from '../states/error-state.tsx';
import { JobProgress } from '../states/job-progress.tsx';
import { ColumnChoice } from '../table-import/column-choice.tsx';
import { type Correction, RefusedRows, withCorrection } from '../table-import/refused-rows.tsx';

type Read = OutputOf<'visits.readTable'>;
type Report = OutputOf<'visits.importTable'>;

const ACCEPT = '.csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Visits from a CSV or XLSX (V1): read in a process of its own, tried at once, every refused row named, then brought in. */
export function ImportVisits({
  staffId,
  day,
  onClose,
}: {
  readonly staffId: number | null;
  readonly day: string;
  readonly onClose: () => void;
}) {
  const { t, has } = useText();
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
        <ColumnChoice
          headings={read.headings}
          preview={read.preview}
          mapping={mapping}
          fields={VISIT_COLUMNS.map((key) => ({ key, label: column(key) }))}
          onMapping={(next) => void attempt(read.table, next, corrections)}
        />
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
          <RefusedRows
            label={t('imports.refusedRows')}
            refused={report.refused}
            headings={read?.headings ?? []}
            fieldText={(key) => (VISIT_COLUMNS.some((one) => one === key) ? column(key) : key)}
            onCorrect={(cell) => read !== null && void attempt(read.table, mapping, withCorrection(corrections, cell))}
          />
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
