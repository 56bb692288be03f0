import { Textarea } from '@mantine/core';
import { IconFlag, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { ArchiveYear } from '../../../shared/contract/archive-years.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { BoundVolumes } from './bound-volumes.tsx';
import styles from './steps.module.css';

/** The fixed volumes with everything to be printed for them, and the end of the year's work. */
export function PrintStep({
  job,
  mayChange,
  mayOpen,
  mayAdd,
}: {
  readonly job: ArchiveYear;
  readonly mayChange: boolean;
  readonly mayOpen: boolean;
  /** Supplements are written after the year is closed too. */
  readonly mayAdd: boolean;
}) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const [closing, setClosing] = useState(false);
  const number = String(job.year);
  return (
    <>
      {mayOpen && (
        <div className={styles.next}>
          <p>
            {job.closedAt === null
              ? t('binding.printText')
              : t('binding.closedText', { day: formats.day(job.closedAt), by: job.closedBy })}
            {job.closingNote !== '' && <span className={styles.soft}> {job.closingNote}</span>}
          </p>
          <span style={{ display: 'flex', gap: 8 }}>
            <Button icon={IconPrinter} onClick={() => print({ form: 'spineLabels', number })}>
              {t('kit.print.spineLabels')}
            </Button>
            <Button icon={IconPrinter} onClick={() => print({ form: 'volumeList', number })}>
              {t('kit.print.volumeList')}
            </Button>
            {mayChange && job.loose === 0 && (
              <Button kind="primary" icon={IconFlag} onClick={() => setClosing(true)}>
                {t('binding.close')}
              </Button>
            )}
          </span>
        </div>
      )}
      <BoundVolumes year={job.year} mayOpen={mayOpen} mayAdd={mayAdd} />
      {closing && <CloseDialog job={job} onClose={() => setClosing(false)} />}
    </>
  );
}

function CloseDialog({ job, onClose }: { readonly job: ArchiveYear; readonly onClose: () => void }) {
  const { t } = useText();
  const [note, setNote] = useState('');
  const close = useArchiveCommand('archiveYears.close');
  const submit = () =>
    close.mutateAsync({ year: job.year, note: note.trim() }).then(
      () => {
        toast(t('binding.closedNow', { year: job.year }));
        onClose();
      },
      () => undefined,
    );
  return (
    <FormDialog
      title={t('binding.close')}
      submitLabel={t('binding.close')}
      onClose={onClose}
      onSubmit={() => void submit()}
      busy={close.isPending}
      maySubmit={job.lent === 0 || note.trim() !== ''}
    >
      <p>{job.lent === 0 ? t('binding.closeText') : t('binding.closeLent', { count: job.lent })}</p>
      <ErrorNote error={close.error} showFields />
      <Textarea
        label={t('binding.closingNote')}
        required={job.lent > 0}
        autosize
        minRows={2}
        maxLength={2_000}
        data-autofocus
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
