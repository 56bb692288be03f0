import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Dialog, FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import styles from './visits.module.css';

/** A holiday, a make-up working day, or as its weekday says. */
export function DayDialog({
  day,
  onClose,
}: {
  readonly day: { readonly day: string; readonly working: boolean; readonly name: string };
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const set = useArchiveCommand('workingDays.set');
  const [kind, setKind] = useState<string | null>(
    day.name === '' ? (day.working ? 'free' : 'working') : day.working ? 'working' : 'free',
  );
  const [name, setName] = useState(day.name);
  const submit = (): void => {
    set
      .mutateAsync({ days: [day.day], working: kind === 'weekday' ? null : kind === 'working', name: name.trim() })
      .then(onClose, () => undefined);
  };
  return (
    <FormDialog
      title={formats.longDay(day.day)}
      submitLabel={t('visits.setIt')}
      busy={set.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <ErrorNote error={set.error} />
      <Select
        label={t('visits.dayKind')}
        data-autofocus
        data={(['free', 'working', 'weekday'] as const).map((value) => ({
          value,
          label: t(`visits.dayKind.${value}`),
        }))}
        value={kind}
        onChange={setKind}
        allowDeselect={false}
      />
      <TextInput
        label={t('visits.dayName')}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

/** Somebody is excused from days: leave, illness, training. An empty reason takes it back. */
export function ExcuseDialog({
  staffId,
  staff,
  day,
  onClose,
}: {
  readonly staffId: number;
  readonly staff: string;
  readonly day: string;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const excuse = useArchiveCommand('reportingDuty.excuse');
  const [from, setFrom] = useState(day);
  const [to, setTo] = useState(day);
  const [reason, setReason] = useState('');
  const days = [parseTypedDate(from), parseTypedDate(to)];
  const submit = (): void => {
    const [first, last] = days;
    if (typeof first !== 'string' || typeof last !== 'string') return;
    excuse.mutateAsync({ staffId, from: first, to: last, reason: reason.trim() }).then(onClose, () => undefined);
  };
  return (
    <FormDialog
      title={t('visits.excuseTitle', { staff })}
      submitLabel={t(reason.trim() === '' ? 'visits.excuseBack' : 'visits.excuse')}
      busy={excuse.isPending}
      maySubmit={days.every((one) => typeof one === 'string')}
      onSubmit={submit}
      onClose={onClose}
    >
      <ErrorNote error={excuse.error} showFields />
      <div className={styles.two}>
        <TextInput label={t('visits.from')} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
        <TextInput label={t('visits.to')} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      </div>
      <TextInput
        label={t('kit.reason')}
        description={t('visits.excuseHelp')}
        data-autofocus
        maxLength={200}
        list="excuse-reasons"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <datalist id="excuse-reasons">
        {['leave', 'ill', 'training', 'fair'].map((one) => (
          <option key={one} value={t(`visits.excuseReason.${one}`)} />
        ))}
      </datalist>
    </FormDialog>
  );
}

/** Who owes a daily report, since when and until when. */
export function DutyDialog({
  from,
  to,
  onClose,
}: {
  readonly from: string;
  readonly to: string;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const { today } = useToday();
  const set = useArchiveCommand('reportingDuty.set');
  const duties =
    useArchiveQuery('reportingDuty.list', { from: '2000-01-01', to: to > today ? to : today }).data?.duties ?? [];
  const staff = useArchiveQuery('staff.list', {}).data?.staff ?? [];
  const [person, setPerson] = useState<string | null>(null);
  const [since, setSince] = useState(from < today ? from : today);
  const day = parseTypedDate(since);
  const add = (): void => {
    if (person === null || typeof day !== 'string') return;
    set.mutateAsync({ staffId: Number(person), from: day }).then(
      () => setPerson(null),
      () => undefined,
    );
  };
  const allSales = staff.filter(
    (one) => /業務員|业务员|sales/iu.test(one.position) && !duties.some((duty) => duty.staffId === one.id),
  );
  const addAll = async (): Promise<void> => {
    if (typeof day !== 'string') return;
    for (const one of allSales) await set.mutateAsync({ staffId: one.id, from: day });
    toast(t('visits.dutyAdded', { count: allSales.length }));
  };
  return (
    <Dialog title={t('visits.duty')} size="lg" onClose={onClose}>
      <p className={styles.soft}>{t('visits.dutyText')}</p>
      <ErrorNote error={set.error} showFields />
      <table className={styles.matrix}>
        <tbody>
          {duties.map((duty) => (
            <tr key={duty.staffId}>
              <th scope="row">
                {duty.staff} <span className={styles.soft}>{duty.department}</span>
              </th>
              <td>
                {formats.day(duty.from)} – {duty.until === null ? t('visits.noEnd') : formats.day(duty.until)}
              </td>
              <td>
                {duty.until === null && (
                  <Button
                    size="small"
                    onClick={() =>
                      void set
                        .mutateAsync({ staffId: duty.staffId, from: duty.from, until: today })
                        .catch(() => undefined)
                    }
                  >
                    {t('visits.endDuty')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.two}>
        <Select
          label={t('visits.salesperson')}
          searchable
          clearable
          data-autofocus
          data={staff
            .filter((one) => !duties.some((duty) => duty.staffId === one.id && duty.until === null))
            .map((one) => ({ value: String(one.id), label: `${one.name}　${one.department}` }))}
          value={person}
          onChange={setPerson}
        />
        <TextInput
          label={t('visits.since')}
          value={since}
          error={typeof day === 'string' ? null : t('validation.date')}
          onChange={(event) => setSince(event.currentTarget.value)}
        />
      </div>
      <div className={styles.actions}>
        <Button kind="primary" disabled={person === null || typeof day !== 'string'} busy={set.isPending} onClick={add}>
          {t('visits.addDuty')}
        </Button>
        {allSales.length > 0 && (
          <Button onClick={() => void addAll().catch(() => undefined)}>
            {t('visits.addAllSales', { count: allSales.length })}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
