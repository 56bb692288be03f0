import { z } from 'zod';
import { COMPARISONS } from '../domain/lists/list-query.ts';

/** Pieces that operations on lists share. Fields are checked against the list's own closed vocabulary by the service. */

export const listFieldKey = z.string().min(1).max(120);

export const listCondition = z.strictObject({
  field: listFieldKey,
  is: z.enum(COMPARISONS),
  values: z
    .array(z.union([z.string().max(400), z.number(), z.boolean()]))
    .max(100)
    .default([]),
});

/** All of them must hold. */
export const listFilter = z.array(listCondition).max(20).default([]);

/** A group of a list: how many rows, and sums of the fields that were asked for, by currency for amounts. */
export const listSum = z.strictObject({ field: listFieldKey, currency: z.string(), sum: z.number(), count: z.int() });
export const listGroup = z.strictObject({ value: z.union([z.string(), z.number(), z.null()]), count: z.int() });
