import type { Obligation } from '../../shared/contract/people.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { copiesHeldBy } from '../store/issued-copies.ts';
import { customersOfStaff, openLoansOfStaff } from '../store/office.ts';
import type { Reader } from '../store/sql.ts';
import { findStaff, type StaffView } from '../store/staff.ts';
import { todayOf } from './today.ts';

/**
 * What a person of the staff still has to settle. Nobody leaves with an open loan or copy (forms-and-standards §3): the ONE place that
 * says so, for leaving, for taking out of the directory, and for the screen.
 */

/** Customers that are named one by one. */
const CUSTOMERS_NAMED = 100;

export function getStaffMember(sql: Reader, id: number, clock: Parameters<typeof todayOf>[0]): StaffView {
  const row = findStaff(sql, id, todayOf(clock));
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'staff', number: id } });
  return row;
}

/** What the person holds: it comes back before anybody leaves. */
export function heldBy(sql: Reader, staffId: number): Obligation[] {
  const loans = openLoansOfStaff(sql, staffId).map((loan) => ({
    kind: 'loan' as const,
    number: loan.number,
    title: `${loan.code} ${loan.title}`,
    due: loan.due,
    hinders: true,
  }));
  const copies = copiesHeldBy(sql, staffId).map((copy) => ({
    kind: 'copy' as const,
    number: copy.number,
    title: copy.purpose,
    due: copy.recover_by,
    hinders: true,
  }));
  return [...loans, ...copies];
}

/** Customers that should be handed on; no hindrance. */
export function responsibleFor(sql: Reader, staff: Pick<StaffView, 'id' | 'name'>) {
  const { rows, total } = customersOfStaff(sql, staff, CUSTOMERS_NAMED);
  const obligations: Obligation[] = rows.map((row) => ({
    kind: 'customer',
    number: row.number,
    title: row.name,
    due: null,
    hinders: false,
  }));
  return { obligations, total };
}

/** Throws `INPUT_INVALID` at `active`, naming what is still out. */
export function requireNothingHeld(sql: Reader, staffId: number): void {
  const held = heldBy(sql, staffId);
  if (held.length === 0) return;
  const named = held.slice(0, 10).map(({ number }) => number);
  throw new AppError('INPUT_INVALID', {
    fields: [
      {
        path: 'active',
        message: 'validation.staffHolds',
        params: { count: held.length, numbers: named.join(', ') },
      },
    ],
  });
}
