import type { CardValues, FieldValue } from '../../shared/domain/form-fields.ts';
import { replaceIntelligence } from '../store/intelligence.ts';
import type { Writer } from '../store/sql.ts';
import { nameForComparison } from './customer-record.ts';

type Item = Readonly<Record<string, FieldValue>>;

/** Entries of a card's list. */
export function itemsOf(value: FieldValue | undefined): readonly Item[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[]).filter((entry): entry is Item => typeof entry === 'object' && entry !== null);
}

const text = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');
const number = (value: FieldValue | undefined): number | null => (typeof value === 'number' ? value : null);

/** Competitors and projects of a card, kept beside it for the lists across customers (X1, X2). */
export function recordIntelligence(sql: Writer, customerId: number, values: CardValues): void {
  replaceIntelligence(
    sql,
    customerId,
    itemsOf(values['competitors']).flatMap((item, position) => {
      const name = text(item['competitorName']).trim();
      if (name === '') return [];
      return [
        {
          position,
          folded_name: nameForComparison(name),
          name,
          satisfaction: text(item['satisfaction']),
          share: number(item['shareOfPurchases']),
          observed_on: text(item['observedOn']),
          item: JSON.stringify(item),
        },
      ];
    }),
    itemsOf(values['projects']).flatMap((item, position) => {
      const name = text(item['projectName']).trim();
      if (name === '') return [];
      return [
        {
          position,
          name,
          stage: text(item['stage']),
          next_step: text(item['nextStep']),
          next_step_on: text(item['nextStepOn']),
          expected_signing: text(item['expectedSigning']),
          probability: number(item['probability']),
          item: JSON.stringify(item),
        },
      ];
    }),
  );
}
