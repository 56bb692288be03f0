import { Checkbox, FileButton, Select } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import {
  DEALING_FIELDS,
  DEALING_KINDS,
  type DealingKind,
  dealingField,
  dealingLabelKey,
} from '../../../shared/domain/forms/dealing-forms.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { discardUpload, uploadFile } from '../../gateway/uploads.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../actions/button.tsx';
import { Dialog, DialogActions } from '../dialog/dialog.tsx';
import { toast } from '../dialog/toasts.tsx';
import { ErrorNote } from '../states/error-state.tsx';
import { ColumnChoice } from '../table-import/column-choice.tsx';
import { type Correction, RefusedRows, withCorrection } from '../table-import/refused-rows.tsx';
import styles from './dealings.module.css';

type Read = OutputOf<'dealings.readTable'>;
type Report = OutputOf<'dealings.import'>;

/** Orders, deliveries, receipts or returns of all customers from a CSV or XLSX: tried first, then brought in as one. */
export function ImportDealings({ kind: given, onClose }: { readonly kind: DealingKind; readonly onClose: () => void }) {
  const { t } = useText();
  const [kind, setKind] = useState<DealingKind>(given);
  const [read, setRead] = useState<Read | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [mapping, setMapping] = useState<readonly (string | null)[]>([]);
  const [corrections, setCorrections] = useState<readonly Correction[]>([]);
  const [acceptValid, setAcceptValid] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const job = useArchiveJob('dealings.import', 'dealings.importing');
  const busy = job.job !== null;

  const choose = async (file: File | null): Promise<void> => {
    if (file === null) return;
    setError(null);
    setReport(null);
    try {
      const upload = await uploadFile(file, undefined, undefined, 'table');
      const table = await archive.call('dealings.readTable', { upload, kind });
      discardUpload(upload);
      setRead(table);
      setKind(table.kind);
      await attempt(table, table.mapping, []);
    } catch (thrown) {
      setError(AppError.from(thrown));
    }
  };
  const attempt = async (
    table: Read,
    columns: readonly (string | null)[],
    cells: readonly Correction[],
  ): Promise<void> => {
    setMapping(columns);
    setCorrections(cells);
    setReport(null);
    try {
      const given = { mapping: [...columns], corrections: [...cells] };
      setReport(await job.run({ table: table.table, kind: table.kind, ...given, dryRun: true }));
    } catch {
      return; // The note says why.
    }
  };
  const bring = async (): Promise<void> => {
    if (read === null) return;
    try {
      const given = { mapping: [...mapping], corrections: [...corrections] };
      const done = await job.run({ table: read.table, kind: read.kind, ...given, acceptValid });
      toast(t('dealings.imported', { imported: done.imported, updated: done.updated }));
      onClose();
    } catch {
      return; // The note says why.
    }
  };
  const something = report !== null && report.imported + report.updated > 0;
  const mayBring = something && (report.refusedTotal === 0 || acceptValid);
  return (
    <Dialog title={t('dealings.import')} onClose={onClose} size="xl" mayClose={!busy}>
      <div className={styles.bar}>
        <Select
          label={t('dealings.importKind')}
          data={DEALING_KINDS.map((value) => ({ value, label: t(`dealings.view.${value}`) }))}
          value={kind}
          allowDeselect={false}
          onChange={(value) => {
            setKind(DEALING_KINDS.find((one) => one === value) ?? given);
            setRead(null);
            setReport(null);
          }}
        />
        <FileButton onChange={(file) => void choose(file)} accept=".csv,.xlsx,.txt">
          {(props) => (
            <Button icon={IconFileImport} busy={busy} onClick={props.onClick}>
              {t('dealings.chooseFile')}
            </Button>
          )}
        </FileButton>
      </div>
      <p className={styles.soft}>{t('dealings.importHelp')}</p>
      <ErrorNote error={error ?? job.error} showFields />
      {read !== null && (
        <ColumnChoice
          headings={read.headings}
          preview={read.preview}
          mapping={mapping}
          fields={DEALING_FIELDS[read.kind].map(({ key }) => ({ key, label: t(dealingLabelKey(read.kind, key)) }))}
          onMapping={(next) => void attempt(read, next, corrections)}
        />
      )}
      {report !== null && (
        <>
          <p role="status">
            {t('dealings.tried', {
              rows: report.rows,
              imported: report.imported,
              updated: report.updated,
              unchanged: report.unchanged,
              refused: report.refusedTotal,
            })}
          </p>
          <RefusedRows
            label={t('dealings.refused')}
            refused={report.refused}
            headings={read?.headings ?? []}
            fieldText={(key) => (dealingField(kind, key) === undefined ? key : t(dealingLabelKey(kind, key)))}
            onCorrect={(cell) => read !== null && void attempt(read, mapping, withCorrection(corrections, cell))}
          />
          {report.refusedTotal > 0 && (
            <Checkbox
              label={t('dealings.acceptValid')}
              checked={acceptValid}
              onChange={(event) => setAcceptValid(event.currentTarget.checked)}
            />
          )}
        </>
      )}
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          {t('kit.back')}
        </Button>
        <Button kind="primary" busy={busy} disabled={!mayBring} onClick={() => void bring()}>
          {t('dealings.bring')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
