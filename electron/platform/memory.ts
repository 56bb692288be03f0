/** Option of a process that frees memory when it is asked to. */
export const FREE_WHEN_ASKED = '--expose-gc';

/**
 * Frees what is no longer used, now: between two volumes of a year, whose files are large and whose owners are small, so that the runtime
 * sees no reason of its own. Without `FREE_WHEN_ASKED` it does nothing.
 */
export function freeMemory(): void {
  (globalThis as { readonly gc?: () => void }).gc?.();
}

/** Frees the buffer of these bytes at once; whoever has a view of it finds it empty. Not for buffers that others share. */
export function freeBytes({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}
