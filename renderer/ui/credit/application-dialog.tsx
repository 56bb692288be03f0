import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { InputOf, OutputOf } from '../../../shared/contract/contract.ts';
import { CREDIT_APPLICATION_KINDS, type CreditApplicationKind } from '../../../shared/domain/credit/application.ts';
import { optionLabelKey, optionsOf } from '../../../shared/domain/forms/option-sets.ts';
import { fromMinor, toMinor } from '../../../shared/domain/money.ts';
import { addMonths } from '../../../shared/util/days.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { FormDialog } from '../dialog/dialog.tsx';
import { toast } from '../dialog/toasts.tsx';
import { parseTypedDate } from '../fields/typed-value.ts';
import { fieldErrorAt } from '../form/field-error.ts';
import { ErrorNote } from '../states/error-state.tsx';
import { useToday } from '../text/use-today.ts';

const YEAR = 12;

/** 客戶信用額度審批表 (G3): what is asked; what the archive knows is put in by itself. */
export function ApplicationDialog({
  standing,
  onClose,
}: {
  readonly standing: OutputOf<'credit.standing'>;
  readonly onClose: () => void;
}) {
  const texts = useText();
  const { t } = texts;
  const { today } = useToday();
  const { currency } = standing;
  const [kind, setKind] = useState<CreditApplicationKind>(standing.limit === 0 ? 'new' : 'increase');
  const [limit, setLimit] = useState(standing.suggestedLimit > 0 ? fromMinor(standing.suggestedLimit, currency) : '');
  const [days, setDays] = useState<number>(standing.terms?.days ?? 0);
  const [settlement, setSettlement] = useState<string>(standing.terms?.settlement ?? '');
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState(addMonths(today, YEAR));
  const [security, setSecurity] = useState('');
  const [reason, setReason] = useState('');
  const save = useArchiveCommand('creditApplications.save');
  const asked = toMinor(limit.replaceAll(',', '').trim() || '0', currency);
  const day = (text: string) => {
    const parsed = parseTypedDate(text, { partial: false, indefinite: false });
    return typeof parsed === 'string' ? parsed : undefined;
  };
  const [start, end] = [day(from), day(to)];
  const ready = asked !== undefined && start !== undefined && end !== undefined && reason.trim() !== '';
  const submit = (): void => {
    if (!ready || asked === undefined || start === undefined || end === undefined) return;
    const input: InputOf<'creditApplications.save'> = {
      customer: standing.number,
      kind,
      currency,
      limitAsked: asked,
      daysAsked: days,
      settlementAsked: settlement as '',
      security,
      reason: reason.trim(),
      effectiveFrom: start,
      effectiveTo: end,
    };
    save.mutateAsync(input).then(
      (form) => {
        toast(t('credit.applicationSaved', { number: form.number }));
        onClose();
      },
      () => undefined,
    );
  };
  return (
    <FormDialog
      title={t('kit.print.creditApproval')}
      submitLabel={t('kit.save')}
      onSubmit={submit}
      onClose={onClose}
      busy={save.isPending}
      maySubmit={ready}
    >
      <ErrorNote error={save.error} />
      <Select
        label={t('creditPaper.applicationKind')}
        data={CREDIT_APPLICATION_KINDS.map((value) => ({ value, label: t(`creditPaper.kind.${value}`) }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => setKind(CREDIT_APPLICATION_KINDS.find((one) => one === value) ?? 'new')}
      />
      <TextInput
        label={`${t('creditPaper.wanted')}${t('creditPaper.limit')} (${currency})`}
        inputMode="decimal"
        data-autofocus
        value={limit}
        error={asked === undefined ? t('validation.money') : fieldErrorAt(save.error, 'limitAsked', texts)}
        onChange={(event) => setLimit(event.currentTarget.value)}
      />
      <NumberInput
        label={t('creditPaper.days')}
        min={0}
        max={3650}
        value={days}
        onChange={(value) => setDays(Number(value) || 0)}
      />
      <Select
        label={t('creditPaper.settlement')}
        data={optionsOf('settlementMethod').map((value) => ({
          value,
          label: t(optionLabelKey('settlementMethod', value)),
        }))}
        value={settlement === '' ? null : settlement}
        onChange={(value) => setSettlement(value ?? '')}
      />
      <TextInput
        label={t('credit.effectiveFrom')}
        value={from}
        error={start === undefined ? t('validation.date') : null}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        label={t('credit.effectiveTo')}
        value={to}
        error={end === undefined ? t('validation.date') : fieldErrorAt(save.error, 'effectiveTo', texts)}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <TextInput
        label={t('creditPaper.security')}
        value={security}
        onChange={(event) => setSecurity(event.currentTarget.value)}
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
