/** Bounds of one message from a window (R16). Scans come in pieces of 2 million characters (contract `base64Chunk`). */
export const MESSAGE_LIMITS = {
  /** Characters of one string. */
  stringLength: 2_100_000,
  /** Characters of all strings and keys together. */
  totalLength: 8_000_000,
  /** Values of all kinds together. */
  values: 200_000,
  depth: 24,
  keyLength: 120,
} as const;

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Why a value was refused; for tests and messages, never with the value. */
export type Refusal = 'kind' | 'size' | 'depth' | 'key';

class RefusedValue extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

export type PlainResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * A copy of `input` that holds nothing but what JSON can say: null, truth values, finite numbers,
 * strings, arrays, objects without own prototype tricks. Keys whose value is `undefined` are left out.
 * Structured clones carry more (dates, maps, buffers, cycles): all of it is refused.
 */
export function toPlainValue(input: unknown): PlainResult {
  let values = 0;
  let length = 0;

  function text(value: string): string {
    length += value.length;
    if (value.length > MESSAGE_LIMITS.stringLength || length > MESSAGE_LIMITS.totalLength)
      throw new RefusedValue('size');
    return value;
  }

  function copy(value: unknown, depth: number): unknown {
    values += 1;
    if (values > MESSAGE_LIMITS.values) throw new RefusedValue('size');
    if (depth > MESSAGE_LIMITS.depth) throw new RefusedValue('depth');
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw new RefusedValue('kind');
      return value;
    }
    if (typeof value !== 'object') throw new RefusedValue('kind');
    if (Array.isArray(value)) {
      if (value.length > MESSAGE_LIMITS.values) throw new RefusedValue('size');
      // Array.from visits the holes of a sparse array too; a hole is `undefined`, which is refused.
      return Array.from(value, (item) => copy(item, depth + 1));
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) throw new RefusedValue('kind');
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      if (FORBIDDEN_KEYS.has(key) || key.length > MESSAGE_LIMITS.keyLength) throw new RefusedValue('key');
      const item = (value as Record<string, unknown>)[key];
      if (item !== undefined) result[text(key)] = copy(item, depth + 1);
    }
    return result;
  }

  try {
    return { ok: true, value: copy(input, 0) };
  } catch (thrown) {
    if (thrown instanceof RefusedValue) return { ok: false, refusal: thrown.refusal };
    // A getter or proxy that throws is no plain value either.
    return { ok: false, refusal: 'kind' };
  }
}
