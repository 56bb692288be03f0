import { OPTION_SETS, type OptionValue } from './forms/option-sets.ts';

/** Classification of customers (K1, K2). Labels: `option.<set>.<value>`. */
export const CUSTOMER_NATURES = OPTION_SETS.customerNature;
export type CustomerNature = OptionValue<'customerNature'>;
export const CUSTOMER_GRADES = OPTION_SETS.customerGrade;
export type CustomerGrade = OptionValue<'customerGrade'>;
export const CREDIT_GRADES = OPTION_SETS.creditGrade;
export type CreditGrade = OptionValue<'creditGrade'>;
export const TIERS = OPTION_SETS.tier;
export type Tier = OptionValue<'tier'>;
export const CARD_STATUSES = OPTION_SETS.cardStatus;
export type CardStatus = OptionValue<'cardStatus'>;

/** What classes a customer, and who visits it: changed one by one or many at once, always with a reason (K3). */
export const CLASS_FIELDS = [
  'tier',
  'customerNature',
  'customerGrade',
  'routeOrder',
  'responsibleSalesperson',
] as const;
export type ClassField = (typeof CLASS_FIELDS)[number];

export interface RouteStop {
  readonly number: string;
  readonly routeOrder: number | null;
}

/** K4: a salesperson's customers in visiting order; those without an order come last, by number. */
export function compareRouteStops(a: RouteStop, b: RouteStop): number {
  if (a.routeOrder !== b.routeOrder) {
    return (a.routeOrder ?? Number.MAX_SAFE_INTEGER) - (b.routeOrder ?? Number.MAX_SAFE_INTEGER);
  }
  if (a.number === b.number) return 0;
  return a.number < b.number ? -1 : 1;
}
