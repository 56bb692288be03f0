import { PasswordInput, SegmentedControl } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { EXPORT_FORMATS } from '../../../shared/contract/exports.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import type { JobView } from '../../state/jobs.ts';
import { Button } from '../actions/button.tsx';
import { AnnouncedNote, ApprovalDialog, awaitsApproval } from '../agreement/announce.tsx';
import { Dialog, DialogActions, FormDialog } from '../dialog/dialog.tsx';
import form from '../form/form.module.css';
import { PathField } from '../form/path-field.tsx';
import { ErrorNote } from '../states/error-state.tsx';
import { JobProgress } from '../states/job-progress.tsx';
import { useToday } from '../text/use-today.ts';
import { type Sealing, SealingFields } from './sealing.tsx';

export type ExportFormat = (typeof EXPORT_FORMATS)[number];
const ENDINGS = { csv: 'csv', xlsx: 'xlsx', vcard: 'vcf' } as const satisfies Record<ExportFormat, string>;

interface ExportShellProps<Format extends ExportFormat> {
  readonly title: string;
  /** What goes out, in a sentence. */
  readonly says: string;
  readonly doneTitle: string;
  /** The file's name before its day. */
  readonly stem: string;
  readonly mayRun: boolean;
  readonly formats: readonly Format[];
  readonly format: Format;
  readonly onFormat: (format: Format) => void;
  /** What a second person agrees to, or a keeper alone announces, where that is needed. */
  readonly matter: {
    readonly data: OutputOf<'exports.statement'> | undefined;
    readonly error: AppError | null;
    refetch(): unknown;
  };
  readonly sealing: Sealing;
  readonly job: { readonly job: JobView | null; readonly error: AppError | null };
  readonly run: (file: string, secret: string) => Promise<{ readonly file: string }>;
  readonly onClose: () => void;
}

/** A list as a file: own secret again, and a supervisor's agreement where there is one, or an announcement (R25, R71). */
export function ExportShell<Format extends ExportFormat>({
  title,
  says,
  doneTitle,
  stem,
  mayRun,
  formats,
  format,
  onFormat,
  matter,
  sealing,
  job,
  run,
  onClose,
}: ExportShellProps<Format>) {
  const { t } = useText();
  const { today } = useToday();
  const output = useEntrance((state) => state.host?.defaultOutputFolder) ?? '';
  const [file, setFile] = useState(
    () => `${output}${output.includes('\\') ? '\\' : '/'}${stem}-${today}.${ENDINGS[format]}`,
  );
  const [secret, setSecret] = useState('');
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const waits = awaitsApproval(matter.data);
  const alone = matter.data?.approval === 'waitingHour';
  const again = useCallback(() => void matter.refetch(), [matter.refetch]);
  const choose = (next: Format): void => {
    onFormat(next);
    setFile((before) => before.replace(/\.(csv|xlsx|vcf)$/i, `.${ENDINGS[next]}`));
  };
  const write = async (): Promise<void> => {
    const given = secret;
    setSecret('');
    setDone((await run(file.trim(), given)).file);
  };

  if (done !== null)
    return (
      <Dialog title={doneTitle} onClose={onClose}>
        <p>{done}</p>
        <DialogActions>
          <Button onClick={() => archive.call('host.revealOutput', { path: done }).catch(() => undefined)}>
            {t('exports.show')}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {t('kit.close')}
          </Button>
        </DialogActions>
      </Dialog>
    );
  return (
    <>
      <FormDialog
        title={title}
        submitLabel={t(waits && !alone ? 'exports.ask' : 'exports.now')}
        busy={job.job !== null}
        maySubmit={mayRun && sealing.isReady && file.trim() !== '' && (waits ? !alone : secret !== '')}
        onSubmit={() => {
          if (waits) setAsking(true);
          else void write().catch(() => undefined);
        }}
        onClose={onClose}
      >
        <div className={form.stack}>
          <p>{says}</p>
          <SegmentedControl
            aria-label={t('exports.format')}
            value={format}
            onChange={(value) => choose(formats.find((one) => one === value) ?? format)}
            data={formats.map((value) => ({ value, label: t(`exports.format.${value}`) }))}
          />
          <PathField
            kind="save"
            label={t('exports.file')}
            suggestedName={`${stem}-${today}.${ENDINGS[format]}`}
            value={file}
            onChange={setFile}
          />
          <SealingFields sealing={sealing} />
          {!waits && (
            <PasswordInput
              label={t('exports.secret')}
              required
              autoComplete="off"
              value={secret}
              onChange={(event) => setSecret(event.currentTarget.value)}
            />
          )}
          {matter.data?.approval === 'supervisor' && !waits && <p className={form.good}>{t('exports.agreed')}</p>}
          <AnnouncedNote matter={matter.data} mayAnnounce={mayRun && sealing.isReady} onChange={again} />
          {job.job !== null && <JobProgress job={job.job} />}
          <ErrorNote error={job.error ?? matter.error} showFields />
        </div>
      </FormDialog>
      {asking && matter.data !== undefined && (
        <ApprovalDialog matter={matter.data} onGiven={again} onClose={() => setAsking(false)} />
      )}
    </>
  );
}
