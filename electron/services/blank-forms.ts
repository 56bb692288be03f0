import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { findReservedForm, insertReservedForm, listReservedForms, voidReservedForm } from '../store/loan-forms.ts';
import { takeLoanNumber } from '../store/loans.ts';
import type { HandlersOf } from './context.ts';
import { printBlankForms } from './loan-print.ts';
import { cleanNumber } from './loan-record.ts';
import { todayOf } from './today.ts';

/** Numbered blank borrow forms: lending goes on by hand on a day without the machine, and is keyed in under the same numbers. */
export const blankFormHandlers: HandlersOf<'loans.reserveForms' | 'loans.voidForm' | 'loans.reservedForms'> = {
  'loans.reserveForms': {
    phase: 'command',
    async run(context, { count }) {
      const { sql, clock, actor } = context;
      const year = Number(todayOf(clock).slice(0, 4));
      const numbers = Array.from({ length: count }, () =>
        formatNumber(DEFAULT_PATTERNS.loan, takeLoanNumber(sql, year), year),
      );
      context.note({ object: `loan:${numbers[0]}`, data: { numbers } });
      for (const number of numbers)
        insertReservedForm(sql, {
          number,
          reserved_at: clock.now().toISOString(),
          reserved_by: actor.displayName,
        });
      return { numbers, ...(await printBlankForms(context, numbers)) };
    },
  },
  'loans.voidForm': {
    phase: 'command',
    run(context, { number, reason }) {
      const { sql, clock } = context;
      const clean = cleanNumber(number);
      context.note({ object: `loan:${clean}`, why: reason });
      const form = findReservedForm(sql, clean);
      if (form === undefined) throw new AppError('NOT_FOUND', { params: { what: 'loan', number } });
      if (form.form_id !== null || form.voided_at !== null)
        throw new AppError('CONFLICT', { params: { what: 'loan', number } });
      voidReservedForm(sql, clean, clock.now().toISOString(), reason);
      return {};
    },
  },
  'loans.reservedForms': {
    phase: 'query',
    run({ sql }, { onlyOpen, offset, limit }) {
      const { rows, total } = listReservedForms(sql, onlyOpen, offset, limit);
      return {
        forms: rows.map((row) => ({
          number: row.number,
          reservedAt: row.reserved_at,
          reservedBy: row.reserved_by,
          state: row.voided_at !== null ? 'void' : row.form_id !== null ? 'used' : 'free',
          reason: row.reason,
        })),
        total,
      };
    },
  },
};
