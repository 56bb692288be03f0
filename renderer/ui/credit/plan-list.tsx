import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { IconCoins, IconPlus, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { AgreementStatement } from '../../../shared/domain/agreements.ts';
import { RHYTHMS, type Rhythm } from '../../../shared/domain/credit/instalments.ts';
import { fromMinor, toMinor } from '../../../shared/domain/money.ts';
import { addMonths } from '../../../shared/util/days.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../actions/button.tsx';
import { AgreementDialog } from '../agreement/agreement-dialog.tsx';
import styles from '../dealings/dealings.module.css';
import { useMoney } from '../dealings/use-money.ts';
import { FormDialog } from '../dialog/dialog.tsx';
import { toast } from '../dialog/toasts.tsx';
import { parseTypedDate } from '../fields/typed-value.ts';
import { Section } from '../frame/page.tsx';
import { ErrorNote } from '../states/error-state.tsx';
import { Tag } from '../text/tag.tsx';
import { useToday } from '../text/use-today.ts';
import { usePrint } from '../viewer/use-print.ts';

type Plan = OutputOf<'repayments.list'>['plans'][number];
type Standing = OutputOf<'credit.standing'>;
const TONES = {
  running: 'lake',
  overdue: 'seal',
  completed: 'moss',
  terminated: 'plain',
  superseded: 'plain',
} as const;

/** Repayment plans and extensions of a customer (D3, G4). */
export function PlanList({
  number,
  standing,
  mayChange,
}: {
  readonly number: string;
  readonly standing: Standing;
  readonly mayChange: boolean;
}) {
  const { t } = useText();
  const { plans } = useArchiveQuery('repayments.list', { number }).data ?? { plans: [] };
  const extensions = useArchiveQuery('extensions.list', { number }).data?.rows ?? [];
  const [dialog, setDialog] = useState<{
    readonly what: 'plan' | 'extension' | 'pay';
    readonly plan: Plan | null;
  } | null>(null);
  const running = plans.find((plan) => plan.state === 'running' || plan.state === 'overdue') ?? null;
  const close = () => setDialog(null);
  return (
    <Section
      title={t('credit.plans')}
      tools={
        mayChange && (
          <>
            <Button size="small" icon={IconPlus} onClick={() => setDialog({ what: 'plan', plan: null })}>
              {t('credit.newPlan')}
            </Button>
            <Button
              size="small"
              disabled={running === null && standing.receivable === 0}
              onClick={() => setDialog({ what: 'extension', plan: running })}
            >
              {t('credit.newExtension')}
            </Button>
          </>
        )
      }
    >
      {plans.length === 0 && extensions.length === 0 && <p className={styles.soft}>{t('credit.noPlans')}</p>}
      {plans.map((plan) => (
        <PlanView key={plan.number} plan={plan} onPay={mayChange ? () => setDialog({ what: 'pay', plan }) : null} />
      ))}
      {extensions.map((extension) => (
        <ExtensionLine key={extension.number} extension={extension} mayChange={mayChange} />
      ))}
      {dialog?.what === 'pay' && dialog.plan !== null && <PayDialog plan={dialog.plan} onClose={close} />}
      {dialog?.what === 'plan' && <ScheduleDialog standing={standing} plan={null} extension={false} onClose={close} />}
      {dialog?.what === 'extension' && (
        <ScheduleDialog standing={standing} plan={dialog.plan} extension onClose={close} />
      )}
    </Section>
  );
}

function PlanView({ plan, onPay }: { readonly plan: Plan; readonly onPay: (() => void) | null }) {
  const { t } = useText();
  const formats = useFormats();
  const money = useMoney();
  const print = usePrint();
  const open = plan.state === 'running' || plan.state === 'overdue';
  return (
    <div>
      <div className={styles.bar}>
        <strong>{plan.number}</strong>
        <Tag tone={TONES[plan.state]}>{t(`creditPaper.planState.${plan.state}`)}</Tag>
        <span>
          {t('credit.planPaid', { paid: money(plan.paid, plan.currency), total: money(plan.total, plan.currency) })}
        </span>
        <span className={styles.spacer} />
        <Button size="small" icon={IconPrinter} onClick={() => print({ form: 'repaymentPlan', number: plan.number })}>
          {t('dealings.print')}
        </Button>
        {open && onPay !== null && (
          <Button size="small" icon={IconCoins} onClick={onPay}>
            {t('credit.receive')}
          </Button>
        )}
      </div>
      {open && (
        <table className={styles.table} aria-label={plan.number}>
          <tbody>
            {plan.instalments.map((part) => (
              <tr key={part.line}>
                <td>{part.line}</td>
                <td className={styles.nowrap}>{formats.day(part.due)}</td>
                <td className={styles.end}>{money(part.amount, plan.currency)}</td>
                <td className={styles.end}>{part.paid === 0 ? '' : money(part.paid, plan.currency)}</td>
                <td>
                  {part.open === 0 ? (
                    <Tag tone="moss">{t('creditPaper.paid')}</Tag>
                  ) : (
                    part.daysOverdue > 0 && <Tag tone="seal">{t('dealings.daysLate', { count: part.daysOverdue })}</Tag>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function ExtensionLine({
  extension,
  mayChange,
}: {
  readonly extension: OutputOf<'extensions.list'>['rows'][number];
  readonly mayChange: boolean;
}) {
  const { t } = useText();
  const money = useMoney();
  const print = usePrint();
  const approve = useArchiveCommand('extensions.approve');
  const [statement, setStatement] = useState<AgreementStatement | null>(null);
  const takeEffect = (): void => {
    approve.mutateAsync({ number: extension.number }).then(
      () => toast(t('credit.extensionApproved')),
      () => undefined,
    );
  };
  const begin = async (): Promise<void> => {
    const asked = await archive.call('extensions.statement', { number: extension.number });
    if (asked.standing === 'valid') takeEffect();
    else setStatement(asked.statement);
  };
  return (
    <div className={styles.bar}>
      <strong>{extension.number}</strong>
      <Tag tone={extension.state === 'approved' ? 'moss' : extension.state === 'draft' ? 'amber' : 'plain'}>
        {t(`creditPaper.state.${extension.state}`)}
      </Tag>
      <span>{money(extension.total, extension.currency)}</span>
      <span className={styles.soft}>{[extension.plan, extension.newPlan].filter((one) => one !== '').join(' → ')}</span>
      <span className={styles.spacer} />
      <ErrorNote error={approve.error} showFields />
      <Button
        size="small"
        icon={IconPrinter}
        onClick={() => print({ form: 'extensionApproval', number: extension.number })}
      >
        {t('dealings.print')}
      </Button>
      {mayChange && extension.state === 'draft' && (
        <Button size="small" onClick={() => void begin()}>
          {t('credit.approve')}
        </Button>
      )}
      {statement !== null && (
        <AgreementDialog statement={statement} onAgreed={takeEffect} onClose={() => setStatement(null)} />
      )}
    </div>
  );
}

const dayIn = (text: string): string | undefined => {
  const parsed = parseTypedDate(text, { partial: false, indefinite: false });
  return typeof parsed === 'string' ? parsed : undefined;
};

function PayDialog({ plan, onClose }: { readonly plan: Plan; readonly onClose: () => void }) {
  const { t } = useText();
  const { today } = useToday();
  const receive = useArchiveCommand('repayments.receive');
  const next = plan.instalments.find((part) => part.open > 0);
  const [amount, setAmount] = useState(next === undefined ? '' : fromMinor(next.open, plan.currency));
  const [date, setDate] = useState(today);
  const minor = toMinor(amount.replaceAll(',', '').trim(), plan.currency);
  const day = dayIn(date);
  const ready = minor !== undefined && minor > 0 && day !== undefined;
  const submit = (): void => {
    if (minor === undefined || day === undefined) return;
    receive.mutateAsync({ plan: plan.number, date: day, amount: minor }).then(
      () => {
        toast(t('credit.received'));
        onClose();
      },
      () => undefined,
    );
  };
  return (
    <FormDialog
      title={t('credit.receive')}
      submitLabel={t('kit.save')}
      onSubmit={submit}
      onClose={onClose}
      busy={receive.isPending}
      maySubmit={ready}
      size="sm"
    >
      <ErrorNote error={receive.error} showFields />
      <TextInput
        label={`${t('creditPaper.amount')} (${plan.currency})`}
        inputMode="decimal"
        data-autofocus
        value={amount}
        onChange={(event) => setAmount(event.currentTarget.value)}
      />
      <TextInput
        label={t('creditPaper.date')}
        value={date}
        error={day === undefined ? t('validation.date') : null}
        onChange={(event) => setDate(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

/** A new plan, or an extension of what is owed: so many equal instalments from a day on. */
function ScheduleDialog({
  standing,
  plan,
  extension,
  onClose,
}: {
  readonly standing: Standing;
  readonly plan: Plan | null;
  readonly extension: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const { today } = useToday();
  const savePlan = useArchiveCommand('repayments.save');
  const saveExtension = useArchiveCommand('extensions.save');
  const [total, setTotal] = useState(fromMinor(standing.overdue || standing.receivable, standing.currency));
  const [count, setCount] = useState(3);
  const [first, setFirst] = useState(addMonths(today, 1));
  const [rhythm, setRhythm] = useState<Rhythm>('monthly');
  const [reason, setReason] = useState('');
  const minor = toMinor(total.replaceAll(',', '').trim(), standing.currency);
  const day = dayIn(first);
  const ready = day !== undefined && reason.trim() !== '' && (extension || (minor !== undefined && minor > 0));
  const submit = (): void => {
    if (day === undefined) return;
    const equal = { count, first: day, rhythm };
    const sent = extension
      ? saveExtension.mutateAsync({
          customer: standing.number,
          reason: reason.trim(),
          equal,
          ...(plan === null ? { currency: standing.currency } : { plan: plan.number }),
        })
      : savePlan.mutateAsync({
          customer: standing.number,
          currency: standing.currency,
          total: minor ?? 0,
          reason: reason.trim(),
          equal,
        });
    sent.then(
      (saved) => {
        toast(t('credit.planSaved', { number: saved.number }));
        onClose();
      },
      () => undefined,
    );
  };
  return (
    <FormDialog
      title={t(extension ? 'credit.newExtension' : 'credit.newPlan')}
      submitLabel={t('kit.save')}
      onSubmit={submit}
      onClose={onClose}
      busy={savePlan.isPending || saveExtension.isPending}
      maySubmit={ready}
    >
      <ErrorNote error={savePlan.error ?? saveExtension.error} showFields />
      {extension ? (
        <p className={styles.soft}>{t('credit.extensionOf', { plan: plan?.number ?? t('credit.openItems') })}</p>
      ) : (
        <TextInput
          label={`${t('creditPaper.total')} (${standing.currency})`}
          inputMode="decimal"
          data-autofocus
          value={total}
          onChange={(event) => setTotal(event.currentTarget.value)}
        />
      )}
      <NumberInput
        label={t('credit.count')}
        min={1}
        max={120}
        value={count}
        onChange={(value) => setCount(Math.max(1, Number(value) || 1))}
      />
      <TextInput
        label={t('credit.first')}
        value={first}
        error={day === undefined ? t('validation.date') : null}
        onChange={(event) => setFirst(event.currentTarget.value)}
      />
      <Select
        label={t('credit.rhythm')}
        data={RHYTHMS.map((value) => ({ value, label: t(`credit.rhythm.${value}`) }))}
        value={rhythm}
        allowDeselect={false}
        onChange={(value) => setRhythm(RHYTHMS.find((one) => one === value) ?? 'monthly')}
      />
      <Textarea
        label={t('creditPaper.reason')}
        required
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
