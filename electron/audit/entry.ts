import canonicalize from 'canonicalize';
import { hasUnseenCharacters, visibleText } from './visible-text.ts';

/** Identifiers, names of fields, counts and hashes; never values, secrets or file content (R36). No floats, no nulls. */
export type AuditValue = string | number | boolean | readonly AuditValue[] | { readonly [name: string]: AuditValue };
export type AuditData = Readonly<Record<string, AuditValue>>;
export type Outcome = 'ok' | 'refused' | 'failed';

/** What the caller of `append` says; the log adds the rest. */
export interface NewEntry {
  /** Login, or `system`. */
  readonly actor: string;
  readonly role: string;
  /** Dotted, e.g. `loan.lend`. */
  readonly type: string;
  /** Kind and number, e.g. `customer:E000123`; empty when the act has no object. */
  readonly obj: string;
  readonly outcome: Outcome;
  /** Purpose in the person's own words. */
  readonly why?: string;
  readonly data?: AuditData;
}

/** One entry as it is stored (§10, R36). */
export interface AuditEntry {
  readonly v: 1;
  readonly seq: number;
  /** Wall clock, UTC with milliseconds. */
  readonly ts: string;
  /** Highest time ever seen by this log. */
  readonly hwm: string;
  /** Random id of the program start. */
  readonly boot: string;
  /** Milliseconds since the program started, monotonic. */
  readonly up: number;
  readonly actor: string;
  readonly role: string;
  /** First 8 bytes of the signer's public key, hex. */
  readonly key: string;
  readonly type: string;
  readonly obj: string;
  readonly outcome: Outcome;
  readonly why: string;
  readonly app: string;
  readonly data: AuditData;
}

export const MAX_ENTRY_BYTES = 16 * 1024;
const MAX_DEPTH = 5;
const LIMITS = { actor: 64, role: 32, type: 64, obj: 200, why: 1000, app: 64, boot: 64, key: 16 } as const;
const FIELDS = 15;
const TYPE = /^[a-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/**
 * The bytes that are stored, hashed and signed: canonical JSON (RFC 8785), strings in NFC, characters that cannot be seen written out
 * as markers. Throws when the entry breaks the format: that is a mistake in the program, and what cannot be logged does not happen (R34).
 */
export function entryBytes(entry: AuditEntry): Buffer {
  const clean: AuditEntry = {
    ...entry,
    why: cleanText(entry.why),
    data: cleanValue(entry.data, 0) as AuditData,
    obj: cleanText(entry.obj),
    actor: cleanText(entry.actor),
  };
  const problem = problemOf(clean);
  if (problem !== undefined) throw new Error(`Audit entry: ${problem}`);
  const bytes = Buffer.from(canonicalize(clean) ?? '', 'utf8');
  if (bytes.length > MAX_ENTRY_BYTES)
    throw new Error(`Audit entry: ${bytes.length} bytes, more than ${MAX_ENTRY_BYTES}`);
  return bytes;
}

/** The entry of stored bytes, or undefined when they are not a well-formed entry in canonical form. */
export function parseEntry(bytes: Uint8Array): AuditEntry | undefined {
  if (bytes.length > MAX_ENTRY_BYTES) return undefined;
  try {
    const text = Buffer.from(bytes).toString('utf8');
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || canonicalize(value) !== text) return undefined;
    const entry = value as AuditEntry;
    return Object.keys(value).length === FIELDS && problemOf(entry) === undefined ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** The latest of several instants in ISO form, which sort as text. */
export function latestOf(...instants: readonly string[]): string {
  return instants.toSorted().at(-1) ?? '';
}

function cleanText(text: string): string {
  return visibleText(text.toWellFormed().normalize('NFC'));
}

function cleanValue(value: unknown, depth: number): AuditValue {
  if (depth > MAX_DEPTH) throw new Error('Audit entry: data nested too deeply');
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error('Audit entry: data holds a number that is no safe integer');
    return value;
  }
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, depth + 1));
  if (typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [cleanText(name), cleanValue(item, depth + 1)]),
    );
  }
  throw new Error(`Audit entry: data holds ${value === null ? 'null' : typeof value}`);
}

/** Names the field, never its value. */
function problemOf(entry: AuditEntry): string | undefined {
  if (entry.v !== 1) return 'v';
  for (const [name, limit] of Object.entries(LIMITS)) {
    const value: unknown = entry[name as keyof typeof LIMITS];
    if (typeof value !== 'string' || value.length > limit || hasUnseenCharacters(value)) return name;
  }
  if (!Number.isSafeInteger(entry.seq) || entry.seq < 0) return 'seq';
  if (!Number.isSafeInteger(entry.up) || entry.up < 0) return 'up';
  if (!isInstant(entry.ts)) return 'ts';
  if (!isInstant(entry.hwm) || entry.hwm < entry.ts) return 'hwm';
  if (!/^[0-9a-f]{16}$/.test(entry.key)) return 'key';
  if (entry.actor === '') return 'actor';
  if (!TYPE.test(entry.type)) return 'type';
  if (!['ok', 'refused', 'failed'].includes(entry.outcome)) return 'outcome';
  if (typeof entry.data !== 'object' || entry.data === null || Array.isArray(entry.data)) return 'data';
  return undefined;
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value));
}
