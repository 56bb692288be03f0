import { IconDeviceFloppy } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import type { InputOf } from '../../../shared/contract/contract.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDialogs } from '../../state/dialogs.ts';
import { useEntrance } from '../../state/entrance.ts';
import { Button } from '../actions/button.tsx';
import { Dialog, registerDialog, type StackedDialogProps } from '../dialog/dialog.tsx';
import { toast } from '../dialog/toasts.tsx';
import { SealingFields, useSealing } from '../export/sealing.tsx';
import { PathField } from '../form/path-field.tsx';
import { ErrorNote } from '../states/error-state.tsx';
import styles from './document-dialog.module.css';
import { DocumentViewer } from './document-viewer.tsx';
import { type OpenedDocument, useOpenedDocument } from './use-opened-document.ts';

/** Something typeset that may be looked at and saved. */
export interface DocumentRequest {
  readonly key: string;
  readonly title: string;
  /** Without path and ending; of the saved file. */
  readonly fileName: string;
  readonly maySave: boolean;
  open(): Promise<OpenedDocument & { readonly missingGlyphs?: readonly string[] }>;
}

const KIND = 'document';

/** Shows a document over the whole window: a form to print, a volume, a preview. */
export function showDocument(request: DocumentRequest): void {
  useDialogs.getState().open(KIND, request);
}

/**
 * Typesets a printed form and shows it (C11, R69: the log has its entry before the form is seen). `subject` follows the title in the name
 * of the saved file.
 */
export function printForm(
  input: InputOf<'print.form'>,
  title: string,
  subject = input.number?.split('#')[0] ?? '',
): void {
  showDocument({
    key: `${input.form} ${input.number ?? ''}`,
    title,
    fileName: `${title} ${subject}`.trim(),
    maySave: true,
    open: () => archive.call('print.form', input),
  });
}

/** A name that every system takes as a file's. */
export function safeFileName(name: string): string {
  return name
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

function DocumentDialog({ data, onClose }: StackedDialogProps<DocumentRequest>) {
  const { t } = useText();
  const { opened, content, firstPage, error } = useOpenedDocument(data.key, data.open);
  const [saving, setSaving] = useState(false);
  const missing = opened?.missingGlyphs ?? [];
  const body = useRef<HTMLDivElement>(null);
  // The form goes with its field: the focus stays in the dialog, so that Escape still closes it.
  const saved = (): void => {
    setSaving(false);
    body.current?.focus();
  };
  return (
    <Dialog title={data.title} onClose={onClose} fullScreen>
      <div className={styles.body} ref={body} tabIndex={-1}>
        {missing.length > 0 && (
          <p className={styles.glyphs} role="status">
            {t('kit.missingGlyphs', { count: missing.length, glyphs: missing.slice(0, 12).join(' ') })}
          </p>
        )}
        {saving && opened !== null && <SaveForm document={opened.document} fileName={data.fileName} onDone={saved} />}
        <div className={styles.viewer}>
          <DocumentViewer
            name={data.title}
            mediaType="application/pdf"
            content={content}
            firstPage={firstPage}
            error={error}
            autoFocus
            actions={
              data.maySave && (
                <Button
                  size="small"
                  kind="primary"
                  icon={IconDeviceFloppy}
                  disabled={content === null || saving}
                  onClick={() => setSaving(true)}
                >
                  {t('kit.saveFile')}
                </Button>
              )
            }
          />
        </div>
      </div>
    </Dialog>
  );
}

function SaveForm({
  document,
  fileName,
  onDone,
}: {
  readonly document: string;
  readonly fileName: string;
  readonly onDone: () => void;
}) {
  const { t } = useText();
  const folder = useEntrance((state) => state.host?.defaultOutputFolder) ?? '';
  const name = `${safeFileName(fileName)}.pdf`;
  const [file, setFile] = useState(folder === '' ? name : `${folder}/${name}`);
  const save = useArchiveCommand('documents.save');
  const sealing = useSealing({ isSealed: false });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      const saved = await save.mutateAsync({ document, file, ...sealing.named, ...sealing.seal() });
      toast(t('kit.savedFile', { file: saved.file }), {
        undo: {
          label: t('kit.showFolder'),
          run: () => void archive.call('host.revealOutput', { path: saved.file }).catch(() => undefined),
        },
      });
      onDone();
    } catch {
      // Said above the field.
    }
  };
  return (
    <form className={styles.save} onSubmit={(event) => void submit(event)} noValidate>
      <ErrorNote error={save.error as AppError | null} />
      <div className={styles.line}>
        <div className={styles.path}>
          <PathField kind="save" label={t('kit.saveAs')} value={file} suggestedName={name} onChange={setFile} />
        </div>
        <Button onClick={onDone}>{t('kit.cancel')}</Button>
        <Button type="submit" kind="primary" busy={save.isPending} disabled={file.trim() === '' || !sealing.isReady}>
          {t('kit.save')}
        </Button>
      </div>
      <div className={styles.sealing}>
        <SealingFields sealing={sealing} plainNote="exports.plainPrint" />
      </div>
    </form>
  );
}

registerDialog(KIND, DocumentDialog);
