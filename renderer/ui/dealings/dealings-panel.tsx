import { SegmentedControl } from '@mantine/core';
import { IconFileImport, IconPlus, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { DealingKind } from '../../../shared/domain/forms/dealing-forms.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../actions/button.tsx';
import { LoadingSkeleton } from '../states/loading-skeleton.tsx';
import { usePrint } from '../viewer/use-print.ts';
import { BalanceView } from './balance-view.tsx';
import { DealingForm } from './dealing-form.tsx';
import type { DealingRecord } from './dealing-values.ts';
import styles from './dealings.module.css';
import { ImportDealings } from './import-dealings.tsx';
import { Register } from './register.tsx';

const VIEWS = ['orders', 'deliveries', 'receipts', 'returns', 'balance'] as const;
type View = (typeof VIEWS)[number];
const REGISTERS = {
  orders: 'orderRegister',
  deliveries: 'goodsRegister',
  receipts: 'debtRegister',
  returns: 'returnRegister',
  balance: 'debtRegister',
} as const;

/** A customer's dealings: the registers of D2–D5, each typed, brought in and printed. */
export function DealingsPanel({
  number,
  mayChange,
  mayPrint,
}: {
  readonly number: string;
  readonly mayChange: boolean;
  readonly mayPrint: boolean;
}) {
  const { t } = useText();
  const print = usePrint();
  const [view, setView] = useState<View>('orders');
  const [form, setForm] = useState<{ readonly kind: DealingKind; readonly record: DealingRecord | null } | null>(null);
  const [importing, setImporting] = useState<DealingKind | null>(null);
  const kind: DealingKind = view === 'balance' ? 'receipts' : view;
  useShortcut('n', () => setForm({ kind, record: null }), {
    labelKey: 'dealings.add',
    enabled: mayChange && form === null,
  });
  const change = (next: string): void => {
    setView(VIEWS.find((one) => one === next) ?? 'orders');
    setForm(null);
  };
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={t('dealings.registers')}
          value={view}
          onChange={change}
          data={VIEWS.map((value) => ({ value, label: t(`dealings.view.${value}`) }))}
        />
        <span className={styles.spacer} />
        {mayPrint && (
          <Button icon={IconPrinter} onClick={() => print({ form: REGISTERS[view], number })}>
            {t('dealings.print')}
          </Button>
        )}
        {mayChange && (
          <Button icon={IconFileImport} onClick={() => setImporting(kind)}>
            {t('dealings.import')}
          </Button>
        )}
        {mayChange && form === null && (
          <Button icon={IconPlus} keys="n" onClick={() => setForm({ kind, record: null })}>
            {t(`dealings.add.${kind}`)}
          </Button>
        )}
      </div>
      {form !== null && <FormFor form={form} number={number} onClose={() => setForm(null)} />}
      {view === 'balance' ? (
        <BalanceView number={number} />
      ) : (
        <Register
          key={view}
          kind={view}
          number={number}
          onOpen={mayChange ? (record) => setForm({ kind: view, record }) : null}
        />
      )}
      {importing !== null && <ImportDealings kind={importing} onClose={() => setImporting(null)} />}
    </div>
  );
}

/** An order is opened with its lines. */
function FormFor({
  form,
  number,
  onClose,
}: {
  readonly form: { readonly kind: DealingKind; readonly record: DealingRecord | null };
  readonly number: string;
  readonly onClose: () => void;
}) {
  const { kind, record } = form;
  const standing = useArchiveQuery('credit.standing', { number });
  const order = useArchiveQuery(
    'orders.get',
    { id: record?.id ?? 0 },
    { enabled: kind === 'orders' && record !== null },
  );
  if (standing.data === undefined) return <LoadingSkeleton shape="form" count={6} />;
  const shared = { kind, customer: number, currency: standing.data.currency, onClose };
  if (kind !== 'orders' || record === null)
    return <DealingForm key={record?.id ?? 'new'} {...shared} record={record} />;
  if (order.data === undefined) return <LoadingSkeleton shape="form" count={6} />;
  return <DealingForm key={order.data.id} {...shared} record={order.data} />;
}
