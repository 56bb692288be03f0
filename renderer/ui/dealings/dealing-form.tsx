import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, useEffect, useState } from 'react';
import type { Json } from '../../../shared/contract/common.ts';
import { DEALING_FIELDS, type DealingKind, dealingLabelKey } from '../../../shared/domain/forms/dealing-forms.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import { Button, IconButton } from '../actions/button.tsx';
import { toast } from '../dialog/toasts.tsx';
import { FieldEditor } from '../fields/field-editor.tsx';
import { useFieldKit } from '../fields/use-field-kit.ts';
import { ErrorNote } from '../states/error-state.tsx';
import {
  type DealingRecord,
  type DealingValues,
  deliveryInput,
  EMPTY_LINE,
  type LineValues,
  linesOf,
  type OrderRecord,
  orderInput,
  receiptInput,
  returnInput,
  valuesOf,
} from './dealing-values.ts';
import styles from './dealings.module.css';
import { HeldOrder, OrderLimitNote } from './order-limit-note.tsx';

/** What belongs to lines stands in the table of an order, not among its fields. */
const LINE_FIELDS = ['product', 'productGroup', 'quantity', 'unit', 'unitPrice'] as const;
const LINE_COLUMNS = [...LINE_FIELDS, 'amount'] as const;

interface DealingFormProps {
  readonly kind: DealingKind;
  readonly customer: string;
  readonly currency: string;
  readonly record: DealingRecord | OrderRecord | null;
  readonly onClose: () => void;
}

const isHeld = (saved: unknown): boolean =>
  typeof saved === 'object' && saved !== null && 'held' in saved && saved.held === true;

/** An order, a delivery, a receipt or a return, typed in. Enter saves, Escape gives back. */
export function DealingForm({ kind, customer, currency, record, onClose }: DealingFormProps) {
  const words = useFieldKit();
  const { t } = useText();
  const [values, setValues] = useState<DealingValues>(() => (record === null ? {} : valuesOf(record)));
  const [raw, setRaw] = useState<Readonly<Record<string, string>>>({});
  const [lines, setLines] = useState<readonly LineValues[]>(() =>
    record !== null && 'items' in record && record.items.length > 0 ? linesOf(record) : [EMPTY_LINE],
  );
  const [wrong, setWrong] = useState('');
  const saveOrder = useArchiveCommand('orders.save');
  const saveDelivery = useArchiveCommand('deliveries.save');
  const saveReceipt = useArchiveCommand('receipts.save');
  const saveReturn = useArchiveCommand('returns.save');
  const saving = { orders: saveOrder, deliveries: saveDelivery, receipts: saveReceipt, returns: saveReturn }[kind];
  const place = { customer, existing: record === null ? null : { id: record.id, revision: record.revision } };

  const typed = kind === 'orders' ? orderInput(values, lines, place, currency) : null;
  const send = (): Promise<unknown> | string => {
    const run = <T,>(
      converted: { readonly input: T } | { readonly wrong: string },
      act: (input: T) => Promise<unknown>,
    ) => ('wrong' in converted ? converted.wrong : act(converted.input));
    if (typed !== null) return run(typed, saveOrder.mutateAsync);
    if (kind === 'deliveries') return run(deliveryInput(values, place), saveDelivery.mutateAsync);
    if (kind === 'receipts') return run(receiptInput(values, place), saveReceipt.mutateAsync);
    return run(returnInput(values, place), saveReturn.mutateAsync);
  };
  const save = async (): Promise<void> => {
    const [unread] = Object.keys(raw);
    const sent = unread ?? send();
    if (typeof sent === 'string') {
      setWrong(sent);
      document.getElementById(`dealing-${sent}`)?.focus();
      return;
    }
    setWrong('');
    try {
      const saved = await sent;
      toast(t(isHeld(saved) ? 'dealings.savedHeld' : 'dealings.saved'));
    } catch {
      return; // The note above the form says why.
    }
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
    if (event.key === 'Enter' && event.ctrlKey) void save();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  const set = (key: string, value: Json): void => setValues((former) => ({ ...former, [key]: value }));
  const fields = DEALING_FIELDS[kind].filter(
    (field) =>
      field.key !== 'customer' &&
      field.key !== 'currency' &&
      (kind !== 'orders' || !LINE_FIELDS.some((key) => key === field.key)),
  );
  const first = `dealing-${fields[0]?.key}`;
  const overLimit = record !== null && 'overLimit' in record ? record.overLimit : '';
  // When the form opens and when an order was released, whose button had the focus and is gone; while one types, the focus stays.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the release is what the focus comes back from
  useEffect(() => document.getElementById(first)?.focus(), [first, overLimit]);
  return (
    <>
      {/* Outside the form: what is sent in its dialog is not the order. */}
      {record !== null && 'items' in record && <HeldOrder order={record} />}
      <form
        className={styles.form}
        onSubmit={submit}
        onKeyDown={onKeyDown}
        noValidate
        aria-label={t(`dealings.kind.${kind}`)}
      >
        <ErrorNote error={saving.error} showFields />
        <div className={styles.fields}>
          {fields.map((field) => (
            <div key={field.key} className={field.type === 'longText' ? styles.wide : styles.field}>
              <label htmlFor={`dealing-${field.key}`}>
                {t(dealingLabelKey(kind, field.key))}
                {field.required === 'required' && <span aria-hidden> *</span>}
              </label>
              <FieldEditor
                field={field}
                value={values[field.key] ?? null}
                raw={raw[field.key]}
                words={words}
                id={`dealing-${field.key}`}
                label={t(dealingLabelKey(kind, field.key))}
                invalid={wrong === field.key}
                required={field.required === 'required'}
                onValue={(value) => set(field.key, value)}
                onRaw={(typed) =>
                  setRaw(({ [field.key]: _former, ...others }) =>
                    typed === null ? others : { ...others, [field.key]: typed },
                  )
                }
              />
              {wrong === field.key && <span className={styles.error}>{t('dealings.wrong')}</span>}
            </div>
          ))}
        </div>
        {kind === 'orders' && <Lines lines={lines} wrong={wrong} onLines={setLines} />}
        {typed !== null && 'input' in typed && <OrderLimitNote order={typed.input} currency={currency} />}
        <div className={styles.actions}>
          <Button onClick={onClose} keys="escape">
            {t('kit.back')}
          </Button>
          <Button type="submit" kind="primary" busy={saving.isPending}>
            {t('kit.save')}
          </Button>
        </div>
      </form>
    </>
  );
}

function Lines({
  lines,
  wrong,
  onLines,
}: {
  readonly lines: readonly LineValues[];
  /** Column in which something cannot be read or is missing. */
  readonly wrong: string;
  readonly onLines: (lines: readonly LineValues[]) => void;
}) {
  const { t } = useText();
  const products = useArchiveQuery('dealings.products', {}).data?.products ?? [];
  const change = (index: number, key: keyof LineValues, value: string): void => {
    const known = key === 'product' ? products.find((one) => one.product === value) : undefined;
    const next = lines.map((line, at) =>
      at === index
        ? {
            ...line,
            [key]: value,
            ...(known !== undefined && line.productGroup === '' ? { productGroup: known.productGroup } : {}),
          }
        : line,
    );
    onLines(index === lines.length - 1 && value !== '' ? [...next, EMPTY_LINE] : next);
  };
  return (
    <fieldset className={styles.lines}>
      <legend>{t('dealings.lines')}</legend>
      <datalist id="dealing-products">
        {[...new Set(products.map((one) => one.product))].map((product) => (
          <option key={product} value={product} />
        ))}
      </datalist>
      <table>
        <thead>
          <tr>
            {LINE_COLUMNS.map((key) => (
              <th key={key} scope="col">
                {t(`field.orders.${key}`)}
              </th>
            ))}
            <th>
              <span className="visually-hidden">{t('dealings.removeLine')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their place
            <tr key={index}>
              {LINE_COLUMNS.map((key) => (
                <td key={key}>
                  <input
                    aria-label={`${t(`field.orders.${key}`)} ${index + 1}`}
                    autoComplete="off"
                    inputMode={key === 'quantity' || key === 'unitPrice' || key === 'amount' ? 'decimal' : undefined}
                    list={key === 'product' ? 'dealing-products' : undefined}
                    value={line[key]}
                    onChange={(event) => change(index, key, event.currentTarget.value)}
                  />
                </td>
              ))}
              <td>
                {lines.length > 1 && (
                  <IconButton
                    icon={IconTrash}
                    label={t('dealings.removeLine')}
                    onClick={() => onLines(lines.filter((_, at) => at !== index))}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {LINE_FIELDS.some((key) => key === wrong) && (
        <span className={styles.error} role="alert">
          {t('dealings.wrongLine', { field: t(`field.orders.${wrong}`) })}
        </span>
      )}
      <Button size="small" icon={IconPlus} onClick={() => onLines([...lines, EMPTY_LINE])}>
        {t('dealings.addLine')}
      </Button>
    </fieldset>
  );
}
