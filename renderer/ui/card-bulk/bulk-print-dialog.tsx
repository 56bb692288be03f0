import { PasswordInput, Radio } from '@mantine/core';
import { useState } from 'react';
import { MANY_FORMS, MANY_WITHOUT_SECRET, MOST_AT_ONCE } from '../../../shared/domain/print-forms.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { FormDialog } from '../dialog/dialog.tsx';
import form from '../form/form.module.css';
import { ErrorNote } from '../states/error-state.tsx';
import type { BulkActionProps } from '../table/bulk-actions.tsx';
import { showDocument } from '../viewer/document-dialog.tsx';
import type { CardSelection } from './card-bulk.ts';

/** Labels or cards of the marked customers as one document, looked at before it is printed (C11, R25, R71). */
export function BulkPrint({ selection, count, onClose }: BulkActionProps<CardSelection>) {
  const { t } = useText();
  const [chosen, setChosen] = useState<(typeof MANY_FORMS)[number]>('dossierLabel');
  const [secret, setSecret] = useState('');
  const print = useArchiveCommand('print.forms');
  const needsSecret = count > MANY_WITHOUT_SECRET;
  const tooMany = count > MOST_AT_ONCE;
  const submit = (): void => {
    const given = secret;
    setSecret('');
    print.mutateAsync({ form: chosen, selection, ...(needsSecret ? { secret: given } : {}) }).then(
      (document) => {
        const title = `${t(`kit.print.${chosen}`)} ${count}`;
        onClose();
        showDocument({
          key: document.document,
          title,
          fileName: title,
          maySave: true,
          open: () => Promise.resolve(document),
        });
      },
      () => undefined,
    );
  };
  return (
    <FormDialog
      title={t('list.bulk.print')}
      submitLabel={t('list.bulk.printNow', { count })}
      busy={print.isPending}
      maySubmit={!tooMany && (!needsSecret || secret !== '')}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={form.stack}>
        <Radio.Group
          label={t('list.bulk.print')}
          value={chosen}
          onChange={(value) => setChosen(MANY_FORMS.find((one) => one === value) ?? 'dossierLabel')}
        >
          {MANY_FORMS.map((value) => (
            <Radio
              key={value}
              size="xs"
              mt={8}
              value={value}
              label={t(`kit.print.${value}`)}
              data-autofocus={value === chosen || undefined}
            />
          ))}
        </Radio.Group>
        <p>{t(tooMany ? 'list.bulk.printTooMany' : 'list.bulk.printText', { count, most: MOST_AT_ONCE })}</p>
        {needsSecret && !tooMany && (
          <PasswordInput
            label={t('exports.secret')}
            description={t('list.bulk.printSecret', { count: MANY_WITHOUT_SECRET })}
            required
            autoComplete="off"
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
        )}
        <ErrorNote error={print.error} showFields />
      </div>
    </FormDialog>
  );
}
