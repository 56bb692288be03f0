/** Option of a process that frees memory when it is asked to. */
const FREE_WHEN_ASKED = '--expose-gc';

/**
 * Megabytes of each half of the space for new objects, of this process and of each of its threads. By itself the runtime takes 16 and keeps three
 * times as much: 30 MB after the start alone, 110 after an import of 10,000 rows, which takes the same processor time with either.
 */
const YOUNG_HALF_MEGABYTES = 2;

/** Options of the archive process. */
export const ARCHIVE_OPTIONS = [FREE_WHEN_ASKED, `--max-semi-space-size=${YOUNG_HALF_MEGABYTES}`] as const;

/**
 * Options of the window's script engine, which also decides when the browser frees what it has laid out: by itself it lets both grow to several
 * times what is in use (150 MB of rubbish after a day's work) before it looks. Now it looks at one and a half times, and each half of
 * the space for new objects takes 4 MB, not 16.
 */
export const WINDOW_SCRIPT_OPTIONS = `${FREE_WHEN_ASKED} --max-semi-space-size=4 --heap-growing-percent=50`;

/**
 * Frees what is no longer used, now: between two volumes of a year, whose files are large and whose owners are small, so that the runtime
 * sees no reason of its own. Without `FREE_WHEN_ASKED` it does nothing.
 */
export function freeMemory(): void {
  (globalThis as { readonly gc?: () => void }).gc?.();
}

type Collect = (how?: { readonly type: 'major'; readonly execution: 'sync'; readonly flavor: 'last-resort' }) => void;

/**
 * Gives back what starting has left behind: the program's text as it was read and compiled lies scattered over 30 MB of pages that are mostly
 * empty. A tenth of a second, for while nobody waits.
 */
export function returnStartingMemory(): void {
  (globalThis as { readonly gc?: Collect }).gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

/** Frees the buffer of these bytes at once; whoever has a view of it finds it empty. Not for buffers that others share. */
export function freeBytes({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}
