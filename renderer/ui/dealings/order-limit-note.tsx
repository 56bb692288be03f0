import { useDeferredValue, useState } from 'react';
import type { InputOf, OutputOf } from '../../../shared/contract/contract.ts';
import type { AgreementStatement } from '../../../shared/domain/agreements.ts';
import { usedPercent } from '../../../shared/domain/credit/score.ts';
import { lineAmount, QUANTITY_STEPS } from '../../../shared/domain/money.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../actions/button.tsx';
import { AgreementDialog } from '../agreement/agreement-dialog.tsx';
import { MARK_TONES } from '../credit/exposure-meter.tsx';
import { FormDialog } from '../dialog/dialog.tsx';
import { toast } from '../dialog/toasts.tsx';
import { ReasonField } from '../form/reason-field.tsx';
import { ErrorNote } from '../states/error-state.tsx';
import { Tag } from '../text/tag.tsx';
import styles from './dealings.module.css';
import { useMoney } from './use-money.ts';

type Order = InputOf<'orders.save'>;

/** What the order comes to: its lines, or the amount of one without lines. */
function amountOf(order: Order, currency: string): number {
  const lines = order.lines ?? [];
  if (lines.length === 0) return order.amount ?? 0;
  return lines.reduce(
    (sum, line) =>
      sum +
      (line.amount ??
        (line.unitPrice == null
          ? 0
          : lineAmount(Math.round((line.quantity ?? 0) * QUANTITY_STEPS), line.unitPrice, currency))),
    0,
  );
}

/** While an order is typed: how far it uses the limit, and that it would be held (G4). */
export function OrderLimitNote({ order, currency }: { readonly order: Order; readonly currency: string }) {
  const { t } = useText();
  const money = useMoney();
  const inCurrency = order.currency ?? currency;
  const amount = useDeferredValue(Math.max(0, amountOf(order, inCurrency)));
  const check = useArchiveQuery(
    'orders.checkLimit',
    {
      customer: order.customer,
      ...(order.id === undefined ? {} : { id: order.id }),
      currency: inCurrency,
      amount,
      settlement: order.settlement ?? '',
    },
    { enabled: amount > 0 && inCurrency !== '', keepPrevious: true },
  ).data;
  if (amount === 0 || check === undefined || (order.state ?? 'open') !== 'open') return null;
  const words =
    check.after === null
      ? t('dealings.limitUnknown', { currency: inCurrency })
      : t(check.limit === 0 ? 'dealings.limitNone' : 'dealings.limitWith', {
          after: money(check.after, check.currency),
          limit: money(check.limit, check.currency),
          percent: usedPercent(check.perMille),
        });
  const more = check.held ? 'dealings.willBeHeld' : check.onCredit ? null : 'dealings.paidFirst';
  return (
    <p className={styles.limit} role="status" data-mark={check.onCredit ? check.mark : 'within'}>
      {words} {check.onCredit && <Tag tone={MARK_TONES[check.mark]}>{t(`creditPaper.marks.${check.mark}`)}</Tag>}
      {more !== null && ` ${t(more)}`}
    </p>
  );
}

/** An order beyond the limit: somebody answers for it with the reason, or who has done so. */
export function HeldOrder({ order }: { readonly order: OutputOf<'orders.get'> }) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  if (order.overLimit === '') return null;
  return (
    <div className={styles.limit} role="status" data-mark={order.overLimit === 'held' ? 'block' : 'within'}>
      <Tag tone={order.overLimit === 'held' ? 'seal' : 'moss'}>{t(`dealings.overLimit.${order.overLimit}`)}</Tag>{' '}
      {order.overLimit === 'held'
        ? t('dealings.heldText')
        : t('dealings.releasedText', { by: order.releasedBy, reason: order.releaseReason })}{' '}
      {order.overLimit === 'held' && (
        <Button size="small" onClick={() => setAsking(true)}>
          {t('dealings.release')}
        </Button>
      )}
      {asking && <Release order={order} onClose={() => setAsking(false)} />}
    </div>
  );
}

function Release({ order, onClose }: { readonly order: OutputOf<'orders.get'>; readonly onClose: () => void }) {
  const { t } = useText();
  const bySession = useActingRole() === 'supervisor';
  const [reason, setReason] = useState('');
  const [statement, setStatement] = useState<AgreementStatement | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const release = useArchiveCommand('orders.release');
  const given = { id: order.id, reason: reason.trim() };
  const finish = (): void => {
    release.mutateAsync(given).then(
      ({ releasedBy }) => {
        toast(t('dealings.releasedDone', { number: order.orderNumber, by: releasedBy }));
        onClose();
      },
      () => undefined,
    );
  };
  const ask = (): void => {
    if (bySession) finish();
    else
      archive.call('orders.releaseStatement', given).then(
        (asked) => setStatement(asked.statement),
        (thrown: unknown) => setError(AppError.from(thrown)),
      );
  };
  if (statement !== null)
    return <AgreementDialog statement={statement} onAgreed={finish} onClose={() => setStatement(null)} />;
  return (
    <FormDialog
      title={t('dealings.releaseTitle', { number: order.orderNumber })}
      submitLabel={t(bySession ? 'dealings.release' : 'dealings.askRelease')}
      busy={release.isPending}
      maySubmit={reason.trim() !== ''}
      onSubmit={ask}
      onClose={onClose}
    >
      <p>{t('dealings.releaseText')}</p>
      <ErrorNote error={error ?? release.error} showFields />
      <ReasonField value={reason} onChange={setReason} autoFocus />
    </FormDialog>
  );
}
