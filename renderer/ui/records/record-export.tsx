import { useState } from 'react';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { RECORD_FORMATS } from '../../../shared/contract/exports.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { ExportShell } from '../export/export-shell.tsx';
import { useSealing } from '../export/sealing.tsx';

type Wanted = Omit<InputOf<'exports.recordsStatement'>, 'format'>;

/** A list of records as a file, as it is filtered and sorted, with the columns that it shows. */
export function RecordExport({
  wanted,
  count,
  onClose,
}: {
  readonly wanted: Wanted;
  readonly count: number;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const [format, setFormat] = useState<(typeof RECORD_FORMATS)[number]>('xlsx');
  const sealing = useSealing();
  const input = { ...wanted, format, ...sealing.named };
  const matter = useArchiveQuery('exports.recordsStatement', input, { keepPrevious: true });
  const job = useArchiveJob('exports.records', 'exports.recordsPurpose');
  return (
    <ExportShell
      title={t('exports.recordsTitle', { list: t(`list.name.${wanted.list}`) })}
      says={t('exports.recordsCount', { count: formats.number(count), columns: wanted.columns.length })}
      doneTitle={t('exports.recordsDone', { count: formats.number(count) })}
      stem={wanted.list}
      mayRun={count > 0}
      formats={RECORD_FORMATS}
      format={format}
      onFormat={setFormat}
      matter={matter}
      sealing={sealing}
      job={job}
      run={(file, secret) => job.run({ ...input, file, secret, ...sealing.seal() })}
      onClose={onClose}
    />
  );
}
