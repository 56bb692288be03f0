import { AppError } from '../../shared/errors/app-error.ts';
import { writeInfo } from '../store/archive-records.ts';
import { listRates, removeRate, setRate } from '../store/dealings.ts';
import { baseCurrency } from './base-currency.ts';
import type { HandlersOf } from './context.ts';
import { recountAllStandings } from './credit-facts.ts';
import { inTurns } from './in-turns.ts';
import { todayOf } from './today.ts';

/** Exchange rates by which amounts in other currencies are added to the base currency. */

const RATE_STEPS = 1_000_000;

export const rateHandlers: HandlersOf<'rates.list' | 'rates.save'> = {
  'rates.list': {
    phase: 'query',
    run: ({ sql }) => ({
      base: baseCurrency(sql),
      rates: listRates(sql).map((row) => ({
        currency: row.currency,
        from: row.from_day,
        rate: rateText(row.rate_millionths),
      })),
    }),
  },
  'rates.save': {
    phase: 'command',
    async run(context, { base, rate }) {
      const { sql, clock, signal } = context;
      context.note({
        object: 'settings',
        data: {
          fields: [
            ...(base === undefined ? [] : ['baseCurrency']),
            ...(rate === undefined ? [] : [`rate.${rate.currency}`]),
          ],
        },
      });
      if (base !== undefined) writeInfo(sql, 'baseCurrency', base);
      const settled = async () => {
        await inTurns(recountAllStandings(sql, todayOf(clock)), signal);
        return {};
      };
      if (rate === undefined) return await settled();
      const millionths = Math.round(Number(rate.rate) * RATE_STEPS);
      if (rate.rate === '') removeRate(sql, rate.currency, rate.from);
      else if (millionths > 0)
        setRate(sql, { currency: rate.currency, from_day: rate.from, rate_millionths: millionths });
      else throw new AppError('INPUT_INVALID', { fields: [{ path: 'rate.rate', message: 'validation.number' }] });
      return await settled();
    },
  },
};

/** `7183200` millionths as `7.1832`. */
function rateText(millionths: number): string {
  const text = String(millionths).padStart(7, '0');
  return `${text.slice(0, -6)}.${text.slice(-6)}`.replace(/\.?0+$/, '');
}
