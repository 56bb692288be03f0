import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Paper } from '../../../shared/contract/dossiers.ts';
import type { RoomReading } from '../../../shared/contract/loan-queue.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { type ChosenStaff, StaffSelect } from '../../ui/fields/staff-select.tsx';
import { parseTypedNumber } from '../../ui/fields/typed-value.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { ActForm } from './loan-act-forms.tsx';
import styles from './loans.module.css';
import { PaperSlip } from './paper-slip.tsx';

const BASES = ['businessManager', 'customerService', 'executive'] as const;

/** A paper is read in the room (L1, L3): who, on which basis, what for. */
export function BeginReadingForm({
  paper,
  onBegun,
  onClose,
}: {
  readonly paper: Paper;
  readonly onBegun: (reading: RoomReading) => void;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const begin = useArchiveCommand('readings.begin');
  const [reader, setReader] = useState<ChosenStaff | null>(null);
  const [basis, setBasis] = useState<(typeof BASES)[number] | null>(null);
  const [purpose, setPurpose] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (): void => {
    setTried(true);
    if (reader === null || basis === null || purpose.trim() === '') return;
    begin
      .mutateAsync({ code: paper.code, staffId: reader.id, basis, purpose: purpose.trim() })
      .then(onBegun, () => undefined);
  };
  return (
    <ActForm
      title={t('loans.readHere')}
      submitLabel={t('loans.beginReading')}
      busy={begin.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <ErrorNote error={begin.error} />
      <StaffSelect
        label={t('loans.reader')}
        autoFocus
        value={reader}
        onChange={setReader}
        error={tried && reader === null ? t('loans.borrowerNeeded') : null}
      />
      <Select
        label={t('loans.basis')}
        required
        data={BASES.map((one) => ({ value: one, label: t(`readingBasis.${one}`) }))}
        value={basis}
        error={tried && basis === null ? t('validation.required') : null}
        onChange={(next) => setBasis(next as (typeof BASES)[number] | null)}
      />
      <TextInput
        label={t('loans.purpose')}
        required
        maxLength={2000}
        value={purpose}
        error={tried && purpose.trim() === '' ? t('validation.required') : null}
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
    </ActForm>
  );
}

/** The reading is over: pages counted, the paper goes back into its place. */
export function EndReadingForm({
  reading,
  paper,
  onEnded,
  onClose,
}: {
  readonly reading: RoomReading;
  readonly paper: Paper | null;
  readonly onEnded: (reading: RoomReading) => void;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const end = useArchiveCommand('readings.end');
  const [pages, setPages] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const counted = parseTypedNumber(pages, true);
  const differs = typeof counted === 'number' && counted !== reading.pagesOut;
  const submit = (): void => {
    setTried(true);
    if (typeof counted !== 'number' || counted < 0 || (differs && note.trim() === '')) return;
    end.mutateAsync({ id: reading.id, pagesIn: counted, note: note.trim() }).then(onEnded, () => undefined);
  };
  return (
    <ActForm
      title={t('loans.endReading')}
      submitLabel={t('loans.endReading')}
      busy={end.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {paper !== null && <PaperSlip paper={paper} />}
      <p className={styles.soft}>
        {t('loans.readingSince', {
          name: reading.reader,
          basis: t(`readingBasis.${reading.basis}`),
          at: formats.time(reading.startedAt),
        })}
      </p>
      <ErrorNote error={end.error} showFields />
      <TextInput
        label={t('loans.pagesRead', { pages: reading.pagesOut })}
        required
        autoFocus
        inputMode="numeric"
        size="md"
        value={pages}
        error={tried && typeof counted !== 'number' ? t('loans.countNeeded') : null}
        onChange={(event) => setPages(event.currentTarget.value)}
      />
      {differs && (
        <TextInput
          label={t('loans.note')}
          required
          maxLength={2000}
          value={note}
          error={tried && note.trim() === '' ? t('validation.required') : null}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
    </ActForm>
  );
}
