/** Marks a branch that the types rule out. Throws if data from outside reached it all the same. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected value: ${JSON.stringify(value)}`);
}
