import { useState } from 'react';
import { archive } from '../../gateway/archive.ts';
import { closeDocument } from '../../gateway/documents.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';

const FILE_NAME = 'recovery-sheet.pdf';

/** The recovery sheet as a PDF on a place of the person's choice (a stick, not this computer). */
export function PrintedSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const folder = useEntrance((state) => state.host?.defaultOutputFolder) ?? '';
  const info = useArchiveQuery('host.info', {}).data;
  const separator = (info?.defaultOutputFolder ?? folder).includes('\\') ? '\\' : '/';
  const [file, setFile] = useState(`${folder}${separator}${FILE_NAME}`);
  const print = useArchiveCommand('print.form');
  const save = useArchiveCommand('documents.save');

  const write = async () => {
    const { document } = await print.mutateAsync({ form: 'recoverySheet' });
    try {
      const saved = await save.mutateAsync({ document, file });
      toast(t('start.recoverySaved', { file: saved.file }));
      archive.call('host.revealOutput', { path: saved.file }).catch(() => undefined);
      onClose();
    } finally {
      closeDocument(document);
    }
  };
  return (
    <FormDialog
      title={t('start.recoveryPrint')}
      submitLabel={t('kit.save')}
      onClose={onClose}
      onSubmit={() => void write().catch(() => undefined)}
      busy={print.isPending || save.isPending}
      maySubmit={file !== ''}
    >
      <p>{t('start.recoveryPrintHelp')}</p>
      <PathField kind="save" label={t('kit.filePath')} suggestedName={FILE_NAME} value={file} onChange={setFile} />
      <ErrorNote error={print.error ?? save.error} />
    </FormDialog>
  );
}
