import { useState } from 'react';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';

interface SaveAnalysisProps {
  readonly query: InputOf<'analysis.compose'>;
  readonly ending: 'pdf' | 'csv';
  readonly onClose: () => void;
}

/** The composition as a file: the printed analysis, or its table for a spreadsheet. */
export function SaveAnalysis({ query, ending, onClose }: SaveAnalysisProps) {
  const { t } = useText();
  const output = useEntrance((state) => state.host?.defaultOutputFolder) ?? '';
  const name = `analysis-${query.analysis}-${query.from}-${query.to}.${ending}`;
  const [file, setFile] = useState(`${output}${output.includes('\\') ? '\\' : '/'}${name}`);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { document } =
        ending === 'csv'
          ? await archive.call('analysis.table', query)
          : await archive.call('print.form', {
              form: 'analysis',
              number: `${query.analysis}#${query.from}#${query.to}#${query.group ?? ''}`,
            });
      await archive.call('documents.save', { document, file: file.trim() });
      await archive.call('documents.close', { document }).catch(() => undefined);
      toast(t('analysis.saved', { file: file.trim() }));
      onClose();
    } catch (thrown) {
      setError(AppError.from(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDialog
      title={t('analysis.save')}
      submitLabel={t(ending === 'csv' ? 'analysis.csv' : 'analysis.print')}
      busy={busy}
      maySubmit={file.trim() !== ''}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <PathField kind="save" label={t('analysis.saveTo')} suggestedName={name} value={file} onChange={setFile} />
      <ErrorNote error={error} showFields />
    </FormDialog>
  );
}
