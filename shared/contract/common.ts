import { z } from 'zod';
import { ROLES } from '../domain/roles.ts';

/** Pieces that several areas of the contract share. Limits are those of R16: no open-ended string or array crosses. */

export const shortText = z.string().max(400);
export const longText = z.string().max(20_000);
export const login = z.string().min(1).max(64);
export const secret = z.string().min(1).max(1_000);
export const role = z.enum(ROLES);
/** An instant in UTC, `2026-01-05T08:00:00.000Z`. */
export const instant = z.iso.datetime({ precision: 3 });
/** A day, `2026-01-05`. */
export const day = z.iso.date();
/** A day, a month or a year: `2026-01-05`, `2026-01`, `2026`. */
export const partialDate = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);
export const year = z.int().min(1900).max(2200);
export const dossierClass = z.int().min(1).max(5);
export const directory = z.string().min(1).max(4_096);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const base64Chunk = z.string().max(2_000_000);
export const customerKind = z.enum(['enterprise', 'individual']);
export const nothing = z.strictObject({});
export const done = z.strictObject({});

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
/** A value of a form field: text, number, truth value, money, or rows of a repeating group. */
export const fieldValue: z.ZodType<Json> = z.lazy(() =>
  z.union([
    z.string().max(20_000),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(fieldValue).max(500),
    z.record(z.string().max(60), fieldValue),
  ]),
);
export const fieldValues = z.record(z.string().max(60), fieldValue);
export type FieldValues = z.infer<typeof fieldValues>;

export const fieldIssue = z.strictObject({
  path: z.string(),
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

export const completeness = z.strictObject({ percent: z.int().min(0).max(100), missing: z.array(z.string()) });

/** A window of a long list: `offset` rows are passed over. */
export const page = { offset: z.int().min(0).max(10_000_000).default(0), limit: z.int().min(1).max(500).default(100) };
