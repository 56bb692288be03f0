import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import {
  PAPER_FIELDS_AT_ONCE,
  PAPERS_AT_ONCE,
  type PaperChanges,
  type PaperFieldAtOnce,
  paperChanges,
} from '../../../shared/domain/many-papers.ts';
import { SECURITY_LEVELS } from '../../../shared/domain/security-levels.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast, toastError } from '../../ui/dialog/toasts.tsx';
import form from '../../ui/form/form.module.css';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import type { RecordBulk } from '../../ui/records/record-list.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import type { BulkActionProps } from '../../ui/table/bulk-actions.tsx';
import { ChangeTable } from '../../ui/table/change-table.tsx';

const LABELS: Readonly<Record<PaperFieldAtOnce, string>> = {
  place: 'dossiers.field.place',
  security: 'field.control.securityLevel',
  responsible: 'dossiers.field.responsible',
};

/** What a row brings along so that it can be corrected among others. */
export const CORRECTED_BY: readonly string[] = ['title', 'state', ...PAPER_FIELDS_AT_ONCE];

/** The marked papers get another place, level or responsible party: what changes is seen first, one press takes it back (151). */
function CorrectMarked({ selection, onClose }: BulkActionProps<readonly RecordRow[]>) {
  const texts = useText();
  const { t } = texts;
  const [field, setField] = useState<PaperFieldAtOnce>('place');
  const [value, setValue] = useState('');
  const [reason, setReason] = useState('');
  const change = useArchiveCommand('dossiers.changeMany');
  const undo = useArchiveCommand('dossiers.changeMany');
  const papers = selection.map((row) => ({
    code: row.key,
    title: textAt(row, 'title'),
    state: textAt(row, 'state'),
    value: textAt(row, field),
  }));
  const becomes = value.trim();
  const preview = field === 'security' && becomes === '' ? undefined : paperChanges(papers, becomes);
  const changes = (preview?.changes ?? []).map(({ code, was, becomes: next }) => ({ code, was, becomes: next }));
  const submit = (): void => {
    const given = reason.trim();
    change.mutateAsync({ field, changes, reason: given }).then(
      ({ papers: count }) => {
        const back = changes.map(({ code, was, becomes: next }) => ({ code, was: next, becomes: was }));
        toast(t('dossiers.bulk.done', { count }), {
          undo: {
            label: t('kit.undo'),
            run: () =>
              void undo
                .mutateAsync({ field, changes: back, reason: t('dossiers.bulk.undoReason', { reason: given }) })
                .then(
                  (done) => toast(t('dossiers.bulk.undone', { count: done.papers })),
                  (thrown: unknown) => toastError(thrown, texts),
                ),
          },
        });
        onClose();
      },
      () => undefined,
    );
  };
  return (
    <FormDialog
      size="lg"
      title={t('dossiers.bulk.title')}
      submitLabel={t('dossiers.bulk.apply', { count: changes.length })}
      busy={change.isPending}
      maySubmit={changes.length > 0 && reason.trim() !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={form.stack}>
        <SegmentedControl
          aria-label={t('dossiers.bulk.field')}
          value={field}
          onChange={(next) => {
            setField(PAPER_FIELDS_AT_ONCE.find((one) => one === next) ?? field);
            setValue('');
          }}
          data={PAPER_FIELDS_AT_ONCE.map((one) => ({ value: one, label: t(LABELS[one]) }))}
        />
        {field === 'security' ? (
          <Select
            label={t('dossiers.bulk.becomes')}
            required
            data={SECURITY_LEVELS.map((level) => ({ value: level, label: t(`option.securityLevel.${level}`) }))}
            value={value === '' ? null : value}
            onChange={(next) => setValue(next ?? '')}
          />
        ) : (
          <TextInput
            label={t('dossiers.bulk.becomes')}
            placeholder={field === 'place' ? t('dossiers.field.placeHint') : ''}
            autoComplete="off"
            data-autofocus
            maxLength={400}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        )}
        <ReasonField value={reason} onChange={setReason} />
        {preview !== undefined && <Preview field={field} preview={preview} />}
        <ErrorNote error={change.error} showFields />
      </div>
    </FormDialog>
  );
}

function Preview({ field, preview }: { readonly field: PaperFieldAtOnce; readonly preview: PaperChanges }) {
  const { t } = useText();
  const { changes, unchanged, fixed } = preview;
  const said = (value: string): string => {
    if (value === '') return t('dossiers.bulk.none');
    return field === 'security' ? t(`option.securityLevel.${value}`) : value;
  };
  const notes = [
    ...(unchanged > 0 ? [t('dossiers.bulk.unchanged', { count: unchanged })] : []),
    ...(fixed.length > 0 ? [t('dossiers.bulk.fixed', { codes: fixed.join(t('form.listSeparator')) })] : []),
  ];
  return (
    <div role="status">
      {notes.length > 0 && <p className={form.advice}>{notes.join(' · ')}</p>}
      <ChangeTable
        label={t('dossiers.bulk.preview')}
        changes={changes.map(({ code, title, was, becomes }) => ({
          key: code,
          name: title,
          from: said(was),
          to: said(becomes),
        }))}
      />
    </div>
  );
}

export const PAPER_BULK: RecordBulk = {
  actions: [{ id: 'correct', labelKey: 'dossiers.bulk.change', icon: IconPencil, component: CorrectMarked }],
  most: PAPERS_AT_ONCE,
};
