import canonicalize from 'canonicalize';

/** What canonical JSON of this program may hold: no floats, nothing undefined (security.md §3). */
export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue };

/**
 * RFC 8785 bytes of a value made of strings, integers, booleans, null, arrays and plain objects.
 * @throws TypeError for anything else: a mistake of the program, never of its input
 */
export function canonicalJson(value: CanonicalValue): Buffer {
  refuseOthers(value);
  return Buffer.from(canonicalize(value) ?? '', 'utf8');
}

function refuseOthers(value: CanonicalValue): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('canonical JSON holds integers only');
    return;
  }
  if (typeof value !== 'object') throw new TypeError('canonical JSON holds no undefined values or functions');
  for (const part of Object.values(value)) refuseOthers(part);
}
