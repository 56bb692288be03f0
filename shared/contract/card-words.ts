import { z } from 'zod';
import { isControlLine } from '../domain/agreements.ts';
import { type CardReader, MASK, seesCards } from '../domain/masks.ts';

/**
 * What an answer takes from a card or a paper: the customer's name, a title, an address. Whoever sees no cards (rule R: the auditor)
 * gets a mask in its place, whatever the operation (§4.11): the contract marks the words once, and the dispatcher puts the mask on,
 * so that a register, a list or a statement cannot forget it. The numbers stay: by them a matter is traced.
 */
type Concealer = (value: unknown) => unknown;
const marked = z.registry<{ readonly conceal: Concealer }>();

/** An empty text stays empty, so that gaps remain visible. */
export const concealText = (value: string): string => (value === '' ? value : MASK);

/** A whole part of an answer with its own rule of what it conceals. */
export function concealing<T extends z.ZodType>(schema: T, conceal: (value: z.output<T>) => z.output<T>): T {
  marked.add(schema, { conceal: (value) => conceal(value as z.output<T>) });
  return schema;
}

/** Words of a card or paper in an answer. */
export const cardWords = concealing(z.string(), concealText);

/** A line of a statement that somebody agreed to: what it quotes of a card or a paper is concealed, the act itself is not. */
export const statementLine = concealing(
  z.strictObject({ field: z.string().regex(/^[a-z]\w{0,59}$/i), value: z.string().max(2_000) }),
  ({ field, value }) => ({ field, value: isControlLine(field) ? value : concealText(value) }),
);

const concealers = new Map<z.core.$ZodType, Concealer | undefined>();

/** The answer as this reader may see it. */
export function projectAnswer(reader: CardReader, schema: z.ZodType, answer: unknown): unknown {
  if (seesCards(reader)) return answer;
  return concealerOf(schema)?.(answer) ?? answer;
}

function concealerOf(schema: z.core.$ZodType): Concealer | undefined {
  if (concealers.has(schema)) return concealers.get(schema);
  // A schema that holds itself (the values of a form) ends here.
  concealers.set(schema, undefined);
  const made = makeConcealer(schema);
  concealers.set(schema, made);
  return made;
}

function makeConcealer(schema: z.core.$ZodType): Concealer | undefined {
  const own = marked.get(schema);
  if (own !== undefined) return own.conceal;
  if (schema instanceof z.ZodLazy) return concealerOf(schema.unwrap());
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    const inner = concealerOf(schema.unwrap());
    return inner && ((value) => (value === null || value === undefined ? value : inner(value)));
  }
  if (schema instanceof z.ZodArray) {
    const inner = concealerOf(schema.element);
    return inner && ((value) => (value as readonly unknown[]).map(inner));
  }
  if (schema instanceof z.ZodRecord) {
    const inner = concealerOf(schema.valueType);
    const each = (value: unknown, of: Concealer) =>
      Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, of(one)]));
    return inner && ((value) => each(value, inner));
  }
  if (!(schema instanceof z.ZodObject)) return undefined;
  const parts = Object.entries(schema.shape).flatMap(([key, part]) => {
    const inner = concealerOf(part as z.ZodType);
    return inner === undefined ? [] : [[key, inner] as const];
  });
  if (parts.length === 0) return undefined;
  return (value) => {
    const copy = { ...(value as Record<string, unknown>) };
    for (const [key, inner] of parts) if (key in copy) copy[key] = inner(copy[key]);
    return copy;
  };
}
