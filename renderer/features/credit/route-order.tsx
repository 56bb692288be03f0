import { Select, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPrinter } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { optionLabelKey } from '../../../shared/domain/forms/option-sets.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import tables from '../../ui/dealings/dealings.module.css';
import { toast } from '../../ui/dialog/toasts.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './list.module.css';

/** K4: a salesperson's customers in visiting order; Alt and arrows move one, the sheet is printed. */
export function RouteOrder({ mayChange }: { readonly mayChange: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const people = useArchiveQuery('routes.people', {}).data?.people;
  const staff = people ?? [];
  const [chosen, setChosen] = useState<number | null>(null);
  const staffId = chosen ?? staff[0]?.staffId ?? 0;
  const route = useArchiveQuery('routes.get', { staffId }, { enabled: staffId > 0, keepPrevious: true });
  const [order, setOrder] = useState<readonly string[] | null>(null);
  const [reason, setReason] = useState('');
  const save = useArchiveCommand('routes.save');
  const stops = route.data?.stops ?? [];
  const shown = order === null ? stops : order.flatMap((number) => stops.find((stop) => stop.number === number) ?? []);
  const move = (index: number, step: 1 | -1): void => {
    const numbers = shown.map((stop) => stop.number);
    const [number] = numbers.splice(index, 1);
    if (number === undefined || index + step < 0 || index + step > numbers.length) return;
    numbers.splice(index + step, 0, number);
    setOrder(numbers);
  };
  const onKey = (event: KeyboardEvent, index: number): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(index, event.key === 'ArrowUp' ? -1 : 1);
  };
  const settle = (): void => {
    if (order === null) return;
    save.mutateAsync({ staffId, numbers: [...order], reason: reason.trim() }).then(
      ({ changed }) => {
        toast(t('credit.route.saved', { count: changed }));
        setOrder(null);
        setReason('');
      },
      () => undefined,
    );
  };
  return (
    <>
      <div className={styles.bar}>
        <Select
          label={t('credit.route.who')}
          searchable
          data={staff.map((person) => ({
            value: String(person.staffId),
            label: `${person.name}（${person.customers}）`,
          }))}
          value={staffId === 0 ? null : String(staffId)}
          onChange={(value) => {
            setChosen(value === null ? null : Number(value));
            setOrder(null);
          }}
        />
        <span className={styles.spacer} />
        <Button
          icon={IconPrinter}
          disabled={stops.length === 0}
          onClick={() => print({ form: 'routeSheet', number: `staff:${staffId}` })}
        >
          {t('dealings.print')}
        </Button>
      </div>
      <ErrorNote error={save.error ?? route.error} showFields />
      {order !== null && (
        <div className={styles.bar}>
          <TextInput
            aria-label={t('creditPaper.reason')}
            placeholder={t('creditPaper.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button kind="primary" busy={save.isPending} disabled={reason.trim() === ''} onClick={settle}>
            {t('credit.route.save')}
          </Button>
          <Button onClick={() => setOrder(null)}>{t('kit.back')}</Button>
        </div>
      )}
      {people !== undefined && stops.length === 0 && !route.isFetching && (
        <EmptyState title={t('credit.route.empty')} />
      )}
      {stops.length > 0 && (
        <table className={tables.table} aria-label={t('kit.print.routeSheet')}>
          <thead>
            <tr>
              {(['routeOrder', 'number', 'customer', 'tier', 'contact', 'phone', 'address', 'lastVisit'] as const).map(
                (key) => (
                  <th key={key} scope="col">
                    {t(`creditPaper.${key}`)}
                  </th>
                ),
              )}
              <th>
                <span className="visually-hidden">{t('credit.route.up')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((stop, index) => (
              <tr key={stop.number} onKeyDown={(event) => mayChange && onKey(event, index)}>
                <td>{order === null ? (stop.routeOrder ?? '—') : (index + 1) * 10}</td>
                <td className={tables.nowrap}>{stop.number}</td>
                <td>{stop.name}</td>
                <td>{t(optionLabelKey('tier', stop.tier))}</td>
                <td>{stop.contact}</td>
                <td className={tables.nowrap}>{stop.phone}</td>
                <td>{stop.address}</td>
                <td className={tables.nowrap}>{formats.day(stop.lastVisit)}</td>
                <td className={tables.nowrap}>
                  {mayChange && (
                    <>
                      <IconButton icon={IconArrowUp} label={t('credit.route.up')} onClick={() => move(index, -1)} />
                      <IconButton icon={IconArrowDown} label={t('credit.route.down')} onClick={() => move(index, 1)} />
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
