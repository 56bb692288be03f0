import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { REPORT_CLASSES, type ReportClass } from '../../../shared/domain/visit.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import type { Start } from './information-tab.tsx';
import styles from './visits.module.css';

type Procedure = OutputOf<'procedures.list'>['procedures'][number];

/** The procedure of each kind of report (V3): who reports, who must acknowledge it within how many hours. */
export function ProceduresDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const procedures = useArchiveQuery('procedures.list', {}).data?.procedures;
  return (
    <Dialog title={t('visits.procedures')} size="lg" onClose={onClose}>
      <p className={styles.soft}>{t('visits.proceduresText')}</p>
      {procedures === undefined ? (
        <LoadingSkeleton shape="rows" count={3} />
      ) : (
        procedures.map((procedure, index) => (
          <ProcedureForm key={procedure.kind} procedure={procedure} first={index === 0} />
        ))
      )}
    </Dialog>
  );
}

function ProcedureForm({ procedure, first }: { readonly procedure: Procedure; readonly first: boolean }) {
  const { t } = useText();
  const save = useArchiveCommand('procedures.save');
  const [reporter, setReporter] = useState(procedure.reporter);
  const [acknowledger, setAcknowledger] = useState(procedure.acknowledger);
  const [hours, setHours] = useState<number | null>(procedure.acknowledgeHours);
  const changed =
    reporter !== procedure.reporter || acknowledger !== procedure.acknowledger || hours !== procedure.acknowledgeHours;
  const submit = (): void => {
    save
      .mutateAsync({
        kind: procedure.kind,
        channels: procedure.channels,
        reporter: reporter.trim(),
        acknowledger: acknowledger.trim(),
        acknowledgeHours: hours,
      })
      .then(
        () => toast(t('visits.procedureSaved')),
        () => undefined,
      );
  };
  const kind = t(`option.reportKind.${procedure.kind}`);
  return (
    <form
      className={styles.form}
      aria-label={kind}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3 className={styles.sub}>{kind}</h3>
      <ErrorNote error={save.error} showFields />
      <TextInput
        label={t('visits.whoReports')}
        data-autofocus={first || undefined}
        maxLength={200}
        value={reporter}
        onChange={(event) => setReporter(event.currentTarget.value)}
      />
      <div className={styles.two}>
        <TextInput
          label={t('visits.whoAcknowledges')}
          maxLength={200}
          value={acknowledger}
          onChange={(event) => setAcknowledger(event.currentTarget.value)}
        />
        <NumberInput
          label={t('visits.acknowledgeHours')}
          description={t('visits.acknowledgeHoursHelp')}
          min={1}
          max={2_000}
          allowDecimal={false}
          value={hours ?? ''}
          onChange={(value) => setHours(typeof value === 'number' ? value : null)}
        />
      </div>
      <span>
        <Button type="submit" disabled={!changed} busy={save.isPending}>
          {t('kit.save')}
        </Button>
      </span>
    </form>
  );
}

const LISTED = 100;

/** Periodic reports that are still missing (§4.2): write one, or give the customer another class. */
export function PeriodicDialog({
  onWrite,
  onClose,
}: {
  readonly onWrite: (start: Start) => void;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const due = useArchiveQuery('periodicReports.due', { limit: LISTED }, { keepPrevious: true });
  const setClass = useArchiveCommand('periodicReports.setClass');
  const rows = due.data?.due ?? [];
  return (
    <Dialog title={t('visits.periodicDue')} size="xl" onClose={onClose}>
      <p className={styles.soft}>{t('visits.periodicText')}</p>
      <ErrorNote error={due.error ?? setClass.error} />
      {due.data !== undefined && rows.length === 0 && <p>{t('visits.periodicNone')}</p>}
      {rows.length > 0 && (
        <>
          <p>{t('visits.periodicCount', { count: due.data?.total ?? 0 })}</p>
          <table className={styles.matrix}>
            <thead>
              <tr>
                <th scope="col">{t('field.visit.customer')}</th>
                <th scope="col">{t('visits.period')}</th>
                <th scope="col">{t('visits.class')}</th>
                <th scope="col">{t('visits.salesperson')}</th>
                <th scope="col" aria-label={t('visits.writeReport')} />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.customer}>
                  <th scope="row">
                    {row.customerName} <span className={styles.soft}>{row.customer}</span>
                  </th>
                  <td>{formats.day(row.period)}</td>
                  <td>
                    <Select
                      aria-label={t('visits.classOf', { customer: row.customerName })}
                      size="xs"
                      w={132}
                      allowDeselect={false}
                      data={REPORT_CLASSES.map((value) => ({ value, label: t(`option.reportClass.${value}`) }))}
                      value={row.class}
                      onChange={(value) =>
                        void setClass
                          .mutateAsync({ customers: [row.customer], class: value as ReportClass | null })
                          .catch(() => undefined)
                      }
                    />
                  </td>
                  <td>{row.salesperson}</td>
                  <td>
                    <Button
                      size="small"
                      onClick={() =>
                        onWrite({
                          kind: 'periodic',
                          customer: row.customer,
                          customerName: row.customerName,
                          period: row.period,
                        })
                      }
                    >
                      {t('visits.writeReport')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Dialog>
  );
}
