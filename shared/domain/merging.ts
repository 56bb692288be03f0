import { type CardValues, type FieldDefinition, type FieldValue, isFilled, ownValue } from './forms/field.ts';

/** Two cards of one customer side by side (C1, C6): which value goes on is chosen field by field. */
export const MERGE_CHOICES = ['survivor', 'merged', 'both'] as const;
export type MergeChoice = (typeof MERGE_CHOICES)[number];

export interface MergeProposal {
  readonly key: string;
  /** Both have a value, and not the same: somebody must look. */
  readonly differs: boolean;
  readonly proposal: MergeChoice;
  /** Lists: the entries of both can be kept. */
  readonly mayKeepBoth: boolean;
}

const same = (a: FieldValue | undefined, b: FieldValue | undefined) => canonical(a) === canonical(b);

/** JSON with keys in order, so that two entries typed in another order are one. */
function canonical(value: FieldValue | undefined): string {
  return JSON.stringify(value ?? null, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

const isSeveral = (field: FieldDefinition) => field.type === 'list' || field.type === 'multiEnum';

/**
 * Every field that at least one of the cards has. What only one has is kept; of two that differ the one confirmed last is proposed, of
 * two lists the entries of both. What says something only together comes from one card.
 * @param confirmedAt instants at which each side was last confirmed, empty if never
 */
export function mergeProposals(
  fields: readonly FieldDefinition[],
  survivor: CardValues,
  merged: CardValues,
  confirmedAt: (key: string) => readonly [string, string],
): MergeProposal[] {
  const proposals = fields.flatMap((field): MergeProposal[] => {
    if (field.computed === true) return [];
    const [left, right] = [ownValue(survivor, field.key), ownValue(merged, field.key)];
    const [hasLeft, hasRight] = [isFilled(left), isFilled(right)];
    if (!hasLeft && !hasRight) return [];
    const differs = hasLeft && hasRight && !same(left, right);
    const mayKeepBoth = differs && isSeveral(field);
    const [at, otherAt] = confirmedAt(field.key);
    const proposal = !hasLeft
      ? 'merged'
      : !differs
        ? 'survivor'
        : mayKeepBoth
          ? 'both'
          : otherAt > at
            ? 'merged'
            : 'survivor';
    return [{ key: field.key, differs, proposal, mayKeepBoth }];
  });
  return proposals.map((one) => {
    const leader = fields.find(({ key }) => key === one.key)?.goesWith ?? one.key;
    const led = proposals.find(({ key }) => key === leader);
    const followers = fields.filter(({ goesWith }) => goesWith === leader);
    if (led === undefined || !led.differs || followers.length === 0) return one;
    // A limit without its approval would not be taken.
    const isBare = !followers.some(({ key }) => isFilled(ownValue(merged, key)));
    return { ...one, proposal: isBare ? 'survivor' : led.proposal };
  });
}

/** The choice of a field, and of those that say something only together with it. */
export function chosenTogether(
  fields: readonly FieldDefinition[],
  key: string,
  choice: MergeChoice,
): Record<string, MergeChoice> {
  const leader = fields.find((field) => field.key === key)?.goesWith ?? key;
  const together = fields.filter((field) => field.key === leader || field.goesWith === leader);
  return Object.fromEntries(together.length > 1 ? together.map((field) => [field.key, choice]) : [[key, choice]]);
}

/**
 * The values of the card that goes on. Without a choice the survivor's value stays, and what only the other has is taken over: no
 * value is lost because nobody decided.
 */
export function mergedValues(
  fields: readonly FieldDefinition[],
  survivor: CardValues,
  merged: CardValues,
  choices: Readonly<Record<string, MergeChoice>>,
): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const field of fields) {
    const [left, right] = [ownValue(survivor, field.key), ownValue(merged, field.key)];
    const chosen = Object.hasOwn(choices, field.key) ? choices[field.key] : undefined;
    const value = chosen === undefined ? (isFilled(left) ? left : right) : chosenValue(field, left, right, chosen);
    if (value !== undefined && value !== null && isFilled(value)) values[field.key] = value;
  }
  return values;
}

function chosenValue(
  field: FieldDefinition,
  left: FieldValue | undefined,
  right: FieldValue | undefined,
  choice: MergeChoice,
): FieldValue | undefined {
  if (choice === 'survivor') return left;
  if (choice === 'merged') return right;
  if (!isSeveral(field) || !Array.isArray(left) || !Array.isArray(right)) return isFilled(left) ? left : right;
  const known = new Set((left as readonly FieldValue[]).map(canonical));
  const added = (right as readonly FieldValue[]).filter((entry) => !known.has(canonical(entry)));
  return [...(left as readonly FieldValue[]), ...added] as unknown as FieldValue;
}
