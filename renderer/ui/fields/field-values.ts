import type { Json } from '../../../shared/contract/common.ts';

/** Empty in the sense of the form: nothing typed. Empty text, empty list and null are one and the same. */
export function isEmptyValue(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object') return Object.values(value).every((part) => isEmptyValue(part));
  return false;
}

/** Same content, whatever the order of keys; empty equals empty. */
export function sameValue(left: Json | undefined, right: Json | undefined): boolean {
  if (isEmptyValue(left) && isEmptyValue(right)) return true;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((part, index) => sameValue(part, right[index]));
  if (typeof left === 'object' && typeof right === 'object' && left !== null && right !== null) {
    if (Array.isArray(left) || Array.isArray(right)) return false;
    const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...keys].every((key) => sameValue(left[key], right[key]));
  }
  return left === right;
}
