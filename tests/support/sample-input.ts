import { z } from 'zod';

/** An input that fits a schema: known records by the name of the property, else the least that the schema takes. */
export function inputFor(schema: z.ZodType, known: Readonly<Record<string, unknown>> = {}): unknown {
  const json = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as JsonSchema;
  return sample(json, '', known);
}
export interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly format?: string;
  readonly minimum?: number;
  readonly default?: unknown;
  readonly items?: JsonSchema;
  readonly minItems?: number;
}
function sample(schema: JsonSchema, key: string, known: Readonly<Record<string, unknown>>): unknown {
  if (key in known) return known[key];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return sample(schema.anyOf[0] ?? {}, key, known);
  if (schema.type === 'object' || schema.properties !== undefined) {
    const required = new Set(schema.required ?? []);
    return Object.fromEntries(
      Object.entries(schema.properties ?? {})
        // What may be left out is left out, but for what widens an answer.
        .filter(([name]) => required.has(name) || name === 'text' || name === 'includeInactive')
        .map(([name, part]) => [name, sample(part, name, known)]),
    );
  }
  if (schema.type === 'array')
    return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}, key, known));
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1);
  if (schema.type === 'boolean') return false;
  if (schema.format === 'date') return '2026-01-05';
  if (schema.format === 'date-time') return '2026-01-05T08:00:00.000Z';
  return 'x';
}
