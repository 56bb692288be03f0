import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import styles from './form.module.css';

/** A new export order, whose four documents then may not be missing (D4). */
export function OrderForm({ number, onClose }: { readonly number: string; readonly onClose: () => void }) {
  const { t } = useText();
  const { today } = useToday();
  const add = useArchiveCommand('dossiers.addExportOrder');
  const [orderNumber, setOrderNumber] = useState('');
  const [date, setDate] = useState(today);
  const [description, setDescription] = useState('');
  const [tried, setTried] = useState(false);
  const day = parseTypedDate(date);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (orderNumber.trim() === '' || typeof day !== 'string') return;
    try {
      await add.mutateAsync({ number, orderNumber: orderNumber.trim(), date: day, description: description.trim() });
    } catch {
      return; // Said above the form.
    }
    toast(t('dossiers.orderAdded', { order: orderNumber.trim() }));
    onClose();
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <ErrorNote error={add.error} showFields />
      <p className={styles.help}>{t('dossiers.order.help')}</p>
      <TextInput
        label={t('dossiers.order.number')}
        required
        maxLength={60}
        data-autofocus
        autoFocus
        value={orderNumber}
        error={tried && orderNumber.trim() === '' ? t('validation.required') : null}
        onChange={(event) => setOrderNumber(event.currentTarget.value)}
      />
      <TextInput
        label={t('dossiers.order.date')}
        required
        value={date}
        error={tried && typeof day !== 'string' ? t('validation.date') : null}
        onChange={(event) => setDate(event.currentTarget.value)}
        onBlur={() => typeof day === 'string' && setDate(day)}
      />
      <TextInput
        label={t('dossiers.order.description')}
        maxLength={400}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <div className={styles.actions}>
        <Button onClick={onClose}>{t('kit.back')}</Button>
        <Button type="submit" kind="primary" busy={add.isPending}>
          {t('dossiers.order.save')}
        </Button>
      </div>
    </form>
  );
}
