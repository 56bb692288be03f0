import { PasswordInput, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { EXPORT_FORMATS } from '../../../shared/contract/exports.ts';
import type { ListField } from '../../../shared/domain/lists/list-query.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { Button } from '../../ui/actions/button.tsx';
import { AgreementDialog } from '../../ui/agreement/agreement-dialog.tsx';
import { Dialog, DialogActions, FormDialog } from '../../ui/dialog/dialog.tsx';
import form from '../../ui/form/form.module.css';
import { PathField } from '../../ui/form/path-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import type { CardSelection } from './card-bulk.ts';

interface ExportDialogProps {
  readonly selection: CardSelection;
  readonly count: number;
  readonly columns: readonly string[];
  readonly fields: ReadonlyMap<string, ListField>;
  readonly onClose: () => void;
}

type Format = (typeof EXPORT_FORMATS)[number];
const ENDINGS = { csv: 'csv', xlsx: 'xlsx', vcard: 'vcf' } as const satisfies Record<Format, string>;

/** The list, or its marked rows, as a file: own secret again, and a supervisor's agreement where there is one (R25, R71). */
export function ExportDialog({ selection, count, columns, fields, onClose }: ExportDialogProps) {
  const { t } = useText();
  const formats = useFormats();
  const { today } = useToday();
  const output = useEntrance((state) => state.host?.defaultOutputFolder) ?? '';
  const [format, setFormat] = useState<Format>('xlsx');
  const proposed = (ending: string): string =>
    `${output}${output.includes('\\') ? '\\' : '/'}customers-${today}.${ending}`;
  const [file, setFile] = useState(() => proposed(ENDINGS.xlsx));
  const [secret, setSecret] = useState('');
  const [asking, setAsking] = useState(false);
  const known = columns.filter((key) => fields.has(key));
  const wanted = { format, selection, columns: format === 'vcard' ? [] : known };
  const matter = useArchiveQuery('exports.statement', wanted, { keepPrevious: true });
  const job = useArchiveJob('exports.customers', 'exports.job');
  const [done, setDone] = useState<string | null>(null);
  const waits = matter.data?.needed === true && matter.data.standing !== 'valid';

  const choose = (next: Format): void => {
    setFormat(next);
    setFile((before) => before.replace(/\.(csv|xlsx|vcf)$/i, `.${ENDINGS[next]}`));
  };
  const run = async (): Promise<void> => {
    const given = secret;
    setSecret('');
    const made = await job.run({ ...wanted, file: file.trim(), secret: given });
    setDone(made.file);
  };

  if (done !== null)
    return (
      <Dialog title={t('exports.done', { count: formats.number(count) })} onClose={onClose}>
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
        title={t('exports.title')}
        submitLabel={t(waits ? 'exports.ask' : 'exports.now')}
        busy={job.job !== null}
        maySubmit={count > 0 && file.trim() !== '' && (waits || secret !== '')}
        onSubmit={() => {
          if (waits) setAsking(true);
          else void run().catch(() => undefined);
        }}
        onClose={onClose}
      >
        <div className={form.stack}>
          <p>
            {format === 'vcard'
              ? t('exports.countCards', { count: formats.number(count) })
              : t('exports.count', { count: formats.number(count), columns: known.length })}
          </p>
          <SegmentedControl
            aria-label={t('exports.format')}
            value={format}
            onChange={(value) => choose(value as Format)}
            data={EXPORT_FORMATS.map((value) => ({ value, label: t(`exports.format.${value}`) }))}
          />
          <PathField
            kind="save"
            label={t('exports.file')}
            suggestedName={`customers-${today}.${ENDINGS[format]}`}
            value={file}
            onChange={setFile}
          />
          {!waits && (
            <PasswordInput
              label={t('exports.secret')}
              required
              autoComplete="off"
              value={secret}
              onChange={(event) => setSecret(event.currentTarget.value)}
            />
          )}
          {matter.data?.needed === true && !waits && <p className={form.good}>{t('exports.agreed')}</p>}
          <p className={form.advice}>{t('exports.plain')}</p>
          {job.job !== null && <JobProgress job={job.job} />}
          <ErrorNote error={job.error ?? matter.error} showFields />
        </div>
      </FormDialog>
      {asking && matter.data !== undefined && (
        <AgreementDialog
          statement={matter.data.statement}
          onAgreed={() => void matter.refetch()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
