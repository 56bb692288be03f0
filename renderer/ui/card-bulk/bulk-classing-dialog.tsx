import { useState } from 'react';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { ClassChoice, type ClassWish } from '../classing/class-choice.tsx';
import { ClassPreview } from '../classing/class-preview.tsx';
import { FormDialog } from '../dialog/dialog.tsx';
import { toast, toastError } from '../dialog/toasts.tsx';
import { useFieldKit } from '../fields/use-field-kit.ts';
import form from '../form/form.module.css';
import { ReasonField } from '../form/reason-field.tsx';
import { ErrorNote } from '../states/error-state.tsx';
import type { BulkActionProps } from '../table/bulk-actions.tsx';
import type { CardSelection } from './card-bulk.ts';

const REASONS = ['list.bulk.reason.figures', 'list.bulk.reason.handover', 'list.bulk.reason.correction'];

/** The marked cards get a class or another salesperson: what changes is seen first, one press takes it back (K3, 151). */
export function BulkClassingDialog({
  selection,
  onClose,
  begin,
}: BulkActionProps<CardSelection> & { readonly begin: ClassWish }) {
  const texts = useText();
  const { t } = texts;
  const kit = useFieldKit();
  const [wish, setWish] = useState<ClassWish>(begin);
  const [reason, setReason] = useState('');
  const asked = useArchiveQuery(
    'classification.preview',
    { ...wish, selection },
    { enabled: wish.value !== '', keepPrevious: true },
  );
  const apply = useArchiveCommand('classification.apply');
  const undo = useArchiveCommand('classification.undo');
  const preview = wish.value === '' ? undefined : asked.data;
  const changes = preview?.changes ?? [];
  const submit = (): void => {
    apply.mutateAsync({ ...wish, numbers: changes.map(({ number }) => number), reason: reason.trim() }).then(
      ({ act, changed }) => {
        toast(t('credit.class.applied', { count: changed }), {
          undo: {
            label: t('credit.class.undo'),
            run: () =>
              void undo.mutateAsync({ act }).then(
                ({ undone }) => toast(t('credit.class.undone', { count: undone })),
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
      title={t(begin.field === 'responsibleSalesperson' ? 'list.bulk.assign' : 'list.bulk.classify')}
      submitLabel={t('credit.class.apply', { count: changes.length })}
      busy={apply.isPending}
      maySubmit={changes.length > 0 && reason.trim() !== '' && !asked.isFetching}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={form.stack}>
        <ClassChoice kit={kit} wish={wish} onWish={setWish} />
        <ReasonField value={reason} onChange={setReason} suggestions={REASONS} />
        {preview !== undefined && <ClassPreview kit={kit} field={wish.field} preview={preview} />}
        <ErrorNote error={apply.error ?? asked.error} showFields />
      </div>
    </FormDialog>
  );
}

/** Another class. */
export const BulkClassify = (props: BulkActionProps<CardSelection>) => (
  <BulkClassingDialog {...props} begin={{ field: 'tier', value: 'key' }} />
);

/** Another salesperson in charge. */
export const BulkAssign = (props: BulkActionProps<CardSelection>) => (
  <BulkClassingDialog {...props} begin={{ field: 'responsibleSalesperson', value: '' }} />
);
