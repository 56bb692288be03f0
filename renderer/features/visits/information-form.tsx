import { SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import type { Json } from '../../../shared/contract/common.ts';
import { informationFields } from '../../../shared/domain/forms/visit-forms.ts';
import {
  REPORT_KINDS,
  REPORT_SUBJECTS,
  type ReportChannel,
  type ReportKind,
  type ReportSubject,
} from '../../../shared/domain/visit.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { isEmptyValue } from '../../ui/fields/field-values.ts';
import { useFieldWords } from '../../ui/fields/field-words.ts';
import { MinuteInput } from '../../ui/fields/minute-input.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { ChannelSelect } from './channel-select.tsx';
import { CustomerCell } from './customer-cell.tsx';
import entry from './entry.module.css';
import type { Fact } from './entry-state.ts';
import { FactEditor } from './fact-editor.tsx';
import { FormFields } from './form-fields.tsx';
import type { Start } from './information-tab.tsx';
import styles from './visits.module.css';

interface InformationFormProps {
  readonly start: Start;
  readonly onRecorded: (number: string) => void;
  readonly onClose: () => void;
}

/** A report is written down (V3): an oral one too, for it is not in the dossier until this is done. */
export function InformationForm({ start, onRecorded, onClose }: InformationFormProps) {
  const words = useFieldWords();
  const { t } = words;
  const [kind, setKind] = useState<ReportKind>(start.kind);
  const [customer, setCustomer] = useState({ number: start.customer ?? '', name: start.customerName ?? '' });
  const [reporter, setReporter] = useState<string | null>(null);
  const [reportedAt, setReportedAt] = useState<string | null>(() => new Date().toISOString());
  const [channel, setChannel] = useState<ReportChannel>(start.kind === 'periodic' ? 'written' : 'telephone');
  const [subject, setSubject] = useState<ReportSubject>(start.kind === 'periodic' ? 'other' : 'paymentIrregular');
  const [values, setValues] = useState<Readonly<Record<string, Json>>>(
    start.period === undefined ? {} : { period: start.period },
  );
  const [raw, setRaw] = useState<Readonly<Record<string, string>>>({});
  const [facts, setFacts] = useState<readonly Fact[]>([]);
  const staff = useArchiveQuery('staff.list', {}).data?.staff ?? [];
  const procedure = useArchiveQuery('procedures.list', {}).data?.procedures.find((one) => one.kind === kind);
  const record = useArchiveCommand('information.record');
  const unchosen = customer.number !== '' && customer.name === '';
  const ready = reporter !== null && reportedAt !== null && !unchosen && Object.keys(raw).length === 0;
  const submit = (): void => {
    if (reporter === null || reportedAt === null) return;
    const known = new Set(informationFields(kind).map((field) => field.key));
    record
      .mutateAsync({
        kind,
        ...(customer.name === '' ? {} : { customer: customer.number }),
        reporterId: Number(reporter),
        reportedAt,
        channel,
        subject,
        values: Object.fromEntries(Object.entries(values).filter(([key]) => known.has(key))),
        facts: customer.name === '' ? [] : [...facts],
      })
      .then(
        (report) => {
          toast(t('visits.informationRecorded', { number: report.number }));
          onRecorded(report.number);
          onClose();
        },
        () => undefined,
      );
  };
  return (
    <FormDialog
      title={t('visits.newInformation')}
      size="xl"
      submitLabel={t('visits.record')}
      busy={record.isPending}
      maySubmit={ready}
      onSubmit={submit}
      onClose={onClose}
    >
      <ErrorNote error={record.error} showFields />
      <SegmentedControl
        aria-label={t('visits.kind')}
        value={kind}
        onChange={setKind}
        data={REPORT_KINDS.map((value) => ({ value, label: t(`option.reportKind.${value}`) }))}
      />
      {procedure !== undefined && (
        <p className={styles.soft}>
          {procedure.reporter !== '' && `${t('visits.procedureSays', { reporter: procedure.reporter })} `}
          {procedure.acknowledgeHours === null
            ? t('visits.noAcknowledgement')
            : t(procedure.acknowledger === '' ? 'visits.procedureSomebody' : 'visits.procedureAcknowledge', {
                by: procedure.acknowledger,
                count: procedure.acknowledgeHours,
              })}
        </p>
      )}
      <div className={styles.two}>
        <div>
          <label htmlFor="information-customer" className={styles.label}>
            {t('field.visit.customer')}
          </label>
          <span className={entry.boxed}>
            <CustomerCell
              id="information-customer"
              label={t('field.visit.customer')}
              typed={customer.number}
              name={customer.name}
              invalid={unchosen}
              autoFocus
              onTyped={(text) => setCustomer({ number: text, name: '' })}
              onChosen={setCustomer}
            />
          </span>
        </div>
        <Select
          label={t('visits.reporter')}
          searchable
          required
          data={staff.map((one) => ({ value: String(one.id), label: `${one.name}　${one.department}` }))}
          value={reporter}
          onChange={setReporter}
        />
        <Select
          label={t('visits.subject')}
          searchable
          allowDeselect={false}
          data={REPORT_SUBJECTS.map((value) => ({ value, label: t(`option.reportSubject.${value}`) }))}
          value={subject}
          onChange={(value) => value !== null && setSubject(value as ReportSubject)}
        />
        <ChannelSelect value={channel} onChange={setChannel} />
        <div>
          <label htmlFor="information-at" className={styles.label}>
            {t('visits.reportedAt')}
          </label>
          <MinuteInput
            id="information-at"
            className={entry.headInput}
            value={reportedAt}
            onValue={setReportedAt}
            invalid={reportedAt === null}
          />
        </div>
      </div>
      <FormFields
        form="information"
        idPrefix="information"
        fields={informationFields(kind)}
        values={values}
        raw={raw}
        words={words}
        onValue={(key, value) => {
          const { [key]: _former, ...others } = values;
          setValues(isEmptyValue(value) ? others : { ...others, [key]: value });
        }}
        onRaw={(path, text) =>
          setRaw((former) => {
            const { [path]: _former, ...others } = former;
            return text === null ? others : { ...others, [path]: text };
          })
        }
      />
      {customer.name !== '' && (
        <FactEditor key={customer.number} customer={customer.number} facts={facts} words={words} onFacts={setFacts} />
      )}
    </FormDialog>
  );
}
