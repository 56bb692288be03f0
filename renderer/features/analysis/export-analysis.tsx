import { useState } from 'react';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { RECORD_FORMATS } from '../../../shared/contract/exports.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useText } from '../../i18n/use-text.ts';
import { ExportShell } from '../../ui/export/export-shell.tsx';
import { useSealing } from '../../ui/export/sealing.tsx';

/** The table of a composition as a file, released as every list is (R70, R71). */
export function ExportAnalysis({
  query,
  rows,
  onClose,
}: {
  readonly query: InputOf<'analysis.compose'>;
  readonly rows: number;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const [format, setFormat] = useState<(typeof RECORD_FORMATS)[number]>('xlsx');
  const sealing = useSealing();
  const wanted = { ...query, format, ...sealing.named };
  const matter = useArchiveQuery('exports.analysisStatement', wanted, { keepPrevious: true });
  const job = useArchiveJob('exports.analysis', 'exports.job');
  return (
    <ExportShell
      title={t('analysis.save')}
      says={t('analysis.saveText', { title: t(`analysis.title.${query.analysis}`), count: rows })}
      doneTitle={t('analysis.savedTitle')}
      stem={`analysis-${query.analysis}-${query.from}-${query.to}`}
      mayRun={rows > 0}
      formats={RECORD_FORMATS}
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
