import type { Reader } from './sql.ts';

/** A number that was given (C1), with the card it stands for. */
export interface RegisteredNumber {
  readonly number: string;
  readonly kind: string;
  readonly assigned_at: string;
  /** Whoever opened the card, by name; of a number without a card, by login. */
  readonly assigned_by: string;
  readonly voided_at: string | null;
  readonly void_reason: string | null;
  readonly merged_into: string | null;
  readonly name: string | null;
  readonly tier: string | null;
  readonly region: string | null;
  readonly contact: string | null;
}

/** Every number in the order in which they were given, by kind. */
export function numberRegister(sql: Reader, kind: string | undefined): RegisteredNumber[] {
  return sql.all<RegisteredNumber>(
    `SELECT customer_number.number, customer_number.kind, assigned_at,
       coalesce(customer.created_by, assigned_by) AS assigned_by, voided_at, void_reason, merged_into,
       customer.name, customer.tier, customer.region, customer.contact
     FROM customer_number LEFT JOIN customer ON customer.number = customer_number.number
     WHERE ? IS NULL OR customer_number.kind = ? ORDER BY customer_number.kind, customer_number.sequence`,
    kind ?? null,
    kind ?? null,
  );
}
