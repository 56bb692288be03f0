import { type CardValues, type Condition, type FieldValue, isFilled, type ListItem, ownValue } from './field.ts';

/** Does a condition hold for these values? An empty field is none of the values and not more than anything. */
export function conditionHolds(condition: Condition, values: CardValues | ListItem): boolean {
  if ('not' in condition) return !conditionHolds(condition.not, values);
  if ('all' in condition) return condition.all.every((part) => conditionHolds(part, values));
  if ('any' in condition) return condition.any.some((part) => conditionHolds(part, values));
  const value = ownValue(values, condition.field);
  if ('filled' in condition) return isFilled(value);
  if ('moreThan' in condition) return amountOf(value) > condition.moreThan;
  return (typeof value === 'string' || typeof value === 'boolean') && condition.is.includes(value);
}

/** The keys a condition looks at. */
export function fieldsOfCondition(condition: Condition): readonly string[] {
  if ('not' in condition) return fieldsOfCondition(condition.not);
  if ('all' in condition) return condition.all.flatMap(fieldsOfCondition);
  if ('any' in condition) return condition.any.flatMap(fieldsOfCondition);
  return [condition.field];
}

function amountOf(value: FieldValue | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'object' && value !== null && 'amount' in value) return Number(value.amount);
  return Number.NEGATIVE_INFINITY;
}
