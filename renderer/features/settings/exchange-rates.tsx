import { TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import styles from './rules.module.css';

const CURRENCY = /^[A-Z]{3}$/;
const RATE = /^\d{1,9}(\.\d{1,6})?$/;

/** The currency in which amounts are added up, and what others are worth in it from which day on (G4, A). */
export function ExchangeRates() {
  const { t } = useText();
  const formats = useFormats();
  const { today } = useToday();
  const mayChange = useActingRole() === 'keeper';
  const rates = useArchiveQuery('rates.list', {});
  const save = useArchiveCommand('rates.save');
  const [base, setBase] = useState<string | null>(null);
  const [currency, setCurrency] = useState('');
  const [from, setFrom] = useState(today);
  const [rate, setRate] = useState('');
  if (rates.error !== null) return <ErrorState error={rates.error} onRetry={() => void rates.refetch()} />;
  if (rates.data === undefined) return <LoadingSkeleton shape="form" count={3} />;
  const { base: savedBase, rates: known } = rates.data;
  const typedBase = (base ?? savedBase).trim().toUpperCase();
  const day = parseTypedDate(from);
  const code = currency.trim().toUpperCase();
  const wrong = {
    base: !CURRENCY.test(typedBase),
    currency: code !== '' && (!CURRENCY.test(code) || code === savedBase),
    from: typeof day !== 'string',
    rate: rate !== '' && (!RATE.test(rate.trim()) || Number(rate) === 0),
  };
  const ready = code !== '' && rate !== '' && !wrong.currency && !wrong.from && !wrong.rate;
  const add = (): void => {
    if (!ready || typeof day !== 'string') return;
    save.mutateAsync({ rate: { currency: code, from: day, rate: rate.trim() } }).then(
      () => {
        setRate('');
        setCurrency('');
        toast(t('settings.rates.saved', { currency: code }));
      },
      () => undefined,
    );
  };
  return (
    <Section title={t('settings.rates')} note={t('settings.rates.note')}>
      <p className={styles.help}>{t('settings.rates.help')}</p>
      <ErrorNote error={save.error} showFields />
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          if (!wrong.base && typedBase !== savedBase)
            save.mutateAsync({ base: typedBase }).then(
              () => {
                setBase(null);
                toast(t('settings.saved'));
              },
              () => undefined,
            );
        }}
      >
        <TextInput
          label={t('settings.rates.base')}
          maxLength={3}
          disabled={!mayChange}
          value={base ?? savedBase}
          error={wrong.base ? t('validation.currency') : null}
          onChange={(event) => setBase(event.currentTarget.value.toUpperCase())}
        />
        {mayChange && (
          <Button type="submit" disabled={wrong.base || typedBase === savedBase} busy={save.isPending}>
            {t('kit.save')}
          </Button>
        )}
      </form>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('settings.rates.currency')}</th>
            <th scope="col">{t('settings.rates.from')}</th>
            <th scope="col" className={styles.end}>
              {t('settings.rates.rate', { base: savedBase })}
            </th>
            <th scope="col">
              <span className="visually-hidden">{t('settings.rates.remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {known.map((one) => (
            <tr key={`${one.currency} ${one.from}`}>
              <td>{one.currency}</td>
              <td>{formats.day(one.from)}</td>
              <td className={styles.end}>{one.rate}</td>
              <td className={styles.end}>
                {mayChange && (
                  <IconButton
                    icon={IconTrash}
                    label={t('settings.rates.removeOne', { currency: one.currency, day: one.from })}
                    onClick={() => save.mutate({ rate: { currency: one.currency, from: one.from, rate: '' } })}
                  />
                )}
              </td>
            </tr>
          ))}
          {known.length === 0 && (
            <tr>
              <td colSpan={4} className={styles.soft}>
                {t('settings.rates.none')}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {mayChange && (
        <form
          className={styles.line}
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <TextInput
            label={t('settings.rates.currency')}
            placeholder="USD"
            maxLength={3}
            value={currency}
            error={wrong.currency ? t('validation.currency') : null}
            onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
          />
          <TextInput
            label={t('settings.rates.from')}
            value={from}
            error={wrong.from ? t('validation.date') : null}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            label={t('settings.rates.rate', { base: savedBase })}
            inputMode="decimal"
            placeholder="7.1832"
            value={rate}
            error={wrong.rate ? t('settings.rates.wrong') : null}
            onChange={(event) => setRate(event.currentTarget.value)}
          />
          <Button type="submit" icon={IconPlus} disabled={!ready} busy={save.isPending}>
            {t('settings.rates.add')}
          </Button>
        </form>
      )}
    </Section>
  );
}
