import { useState } from 'react';
import { EXPORT_FORMATS } from '../../../shared/contract/exports.ts';
import type { ListField } from '../../../shared/domain/lists/list-query.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import type { CardSelection } from '../../ui/card-bulk/card-bulk.ts';
import { type ExportFormat, ExportShell } from '../../ui/export/export-shell.tsx';
import { useSealing } from '../../ui/export/sealing.tsx';

interface ExportDialogProps {
  readonly selection: CardSelection;
  readonly count: number;
  readonly columns: readonly string[];
  readonly fields: ReadonlyMap<string, ListField>;
  readonly onClose: () => void;
}

/** The list of cards, or its marked rows, as a file. */
export function ExportDialog({ selection, count, columns, fields, onClose }: ExportDialogProps) {
  const { t } = useText();
  const formats = useFormats();
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const known = columns.filter((key) => fields.has(key));
  const sealing = useSealing();
  const wanted = { format, selection, columns: format === 'vcard' ? [] : known, ...sealing.named };
  const matter = useArchiveQuery('exports.statement', wanted, { keepPrevious: true });
  const job = useArchiveJob('exports.customers', 'exports.job');
  return (
    <ExportShell
      title={t('exports.title')}
      says={
        format === 'vcard'
          ? t('exports.countCards', { count: formats.number(count) })
          : t('exports.count', { count: formats.number(count), columns: known.length })
      }
      doneTitle={t('exports.done', { count: formats.number(count) })}
      stem="customers"
      mayRun={count > 0}
      formats={EXPORT_FORMATS}
      format={format}
      onFormat={setFormat}
      matter={matter}
      sealing={sealing}
      job={job}
      run={(file, secret) => job.run({ ...wanted, file, secret, ...sealing.seal() })}
      onClose={onClose}
    />
  );
}
