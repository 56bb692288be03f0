import { AppError } from '../../shared/errors/app-error.ts';
import { type ConfinedSpawner, confinedSpawner } from '../platform/confined-child.ts';
import { freeMemory } from '../platform/memory.ts';
import { PrintClient, type Printed } from './print-client.ts';
import type { BoundVolumeData, CatalogueRow, PaperScans, PrintFormData, PrintFormName } from './print-data.ts';
import { type FormJob, PRINT_HEAP_MEGABYTES } from './print-messages.ts';
import type { FormOptions, PageRange, PrintedForm, PrintedVolume, PrintOptions } from './print-results.ts';

export type {
  FormOptions,
  MissingGlyph,
  PageRange,
  PrintedForm,
  PrintedVolume,
  PrintOptions,
} from './print-results.ts';

/**
 * Prints in a process of its own that has no keys, one job after another, everything in memory (R02, build/decisions/0008).
 * Errors: `CANCELLED` (nothing is left behind), `FILE_DAMAGED` (params `code`: reference code of the paper whose scan
 * cannot be read), `VOLUME_FIXED` (a reprint would differ), `PRINT_FAILED`.
 */
export interface Printer {
  printVolume(data: BoundVolumeData, options?: PrintOptions): Promise<PrintedVolume>;
  printForm<N extends PrintFormName>(name: N, data: PrintFormData[N], options?: FormOptions): Promise<PrintedForm>;
  /** Starts the process and loads the fonts ahead of the first job. */
  warmUp(): Promise<void>;
  /** Ends the process; a running job is rejected with `CANCELLED`. */
  close(): Promise<void>;
}

export interface PrinterOptions {
  readonly spawn: ConfinedSpawner;
  /** Milliseconds without a job after which the process ends and its memory is given back. Default: a minute. */
  readonly idleMs?: number;
}

/** Fonts and a warm compiler are some 200 MB; without them the next print takes a second longer. */
const IDLE_MS = 60_000;

/** Forks that process with the Node that runs this program. */
export const printSpawner = (entry: string): ConfinedSpawner =>
  confinedSpawner(entry, { heapMegabytes: PRINT_HEAP_MEGABYTES, addons: true, threads: true });

/** A printer of its own; its process starts with the first job or `warmUp`. */
export function createPrinter(options: PrinterOptions): Printer {
  let client: PrintClient | undefined;
  /** Settles when the job before, or the process that it was cancelled in, has gone. */
  let before: Promise<unknown> = Promise.resolve();
  let closed = false;
  let idle: NodeJS.Timeout | undefined;

  const running = (): PrintClient => {
    if (client === undefined || client.hasEnded) client = new PrintClient(options.spawn);
    return client;
  };
  const endProcess = async (): Promise<void> => {
    const ending = client;
    client = undefined;
    await ending?.end();
  };

  /** Runs jobs one after another; an aborted one ends its process. */
  const inTurn = <T>(signal: AbortSignal | undefined, job: (client: PrintClient) => Promise<T>): Promise<T> => {
    const turn = before.then(async () => {
      clearTimeout(idle);
      if (closed || isAborted(signal)) throw new AppError('CANCELLED');
      const ended: Promise<void>[] = [];
      const onAbort = (): void => void ended.push(endProcess());
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        return { value: await job(running()), ended };
      } catch (thrown) {
        return { thrown: isAborted(signal) ? new AppError('CANCELLED') : thrown, ended };
      } finally {
        signal?.removeEventListener('abort', onAbort);
        clearTimeout(idle);
        idle = setTimeout(() => void endProcess(), options.idleMs ?? IDLE_MS);
        idle.unref();
      }
    });
    before = turn.then((outcome) => Promise.all(outcome.ended)).catch(() => undefined);
    return turn.then((outcome) => {
      if ('thrown' in outcome) throw outcome.thrown;
      return outcome.value;
    });
  };

  return {
    warmUp: () => inTurn(undefined, async ({ ready }) => void (await ready)),
    printVolume: (data, { signal, onProgress } = {}) =>
      inTurn(signal, async (client) => {
        freeMemory();
        const { papers, ...rest } = data;
        await sendScans(client, papers, '', signal, onProgress);
        const volume = { ...rest, papers: papers.map(({ scans: _, ...paper }) => paper) };
        const printed = whole(
          await client.ask({ kind: 'volume', volume }, (phase) => onProgress?.({ phase, done: 0, total: 0 })),
        );
        refuseMovedPages(data.catalogue, printed.pageMap);
        return { ...printed, sheets: Math.ceil(printed.pages / 2) };
      }),
    printForm: (name, data, { signal, onProgress, scans, secret } = {}) =>
      inTurn(signal, async (client) => {
        const form = { name, data } as FormJob;
        if (scans !== undefined) await sendScans(client, scans.papers, scans.mark, signal, onProgress);
        const papers = scans?.papers.length ?? 0;
        const report = (phase: 'printLayout' | 'printWrite') => onProgress?.({ phase, done: 0, total: 0 });
        try {
          const { pdf, pages, missingGlyphs } = whole(await client.ask({ kind: 'form', form, papers }, report));
          return { pdf, pages, missingGlyphs };
        } finally {
          if (secret === true) await endProcess();
        }
      }),
    close: async () => {
      closed = true;
      clearTimeout(idle);
      await endProcess();
      await before;
    },
  };
}

/** A call, because the answer changes while waiting. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}

/** Opens one file at a time and hands its bytes over: no more than one plain scan lies in this process. */
async function sendScans(
  client: PrintClient,
  papers: readonly PaperScans[],
  mark: string,
  signal: AbortSignal | undefined,
  onProgress: PrintOptions['onProgress'],
): Promise<void> {
  const total = papers.reduce((sum, paper) => sum + paper.scans.length, 0);
  let done = 0;
  await client.ask({ kind: 'drop' });
  for (const [index, paper] of papers.entries()) {
    for (const scan of paper.scans) {
      if (isAborted(signal)) throw new AppError('CANCELLED');
      onProgress?.({ phase: 'printScans', done, total });
      const bytes = typeof scan.content === 'function' ? await scan.content() : scan.content;
      try {
        await client.ask({
          kind: 'scan',
          paper: index,
          mediaType: scan.mediaType,
          turn: scan.rotate ?? 0,
          mark,
          bytes,
        });
      } catch (thrown) {
        const error = AppError.from(thrown);
        if (error.code !== 'FILE_DAMAGED' && error.code !== 'FILE_NOT_READABLE') throw error;
        throw new AppError(error.code, { params: { ...error.params, code: paper.referenceCode }, cause: thrown });
      }
      done += 1;
    }
  }
  onProgress?.({ phase: 'printScans', done, total });
}

function whole(printed: Printed | undefined): Printed {
  if (printed === undefined) throw new AppError('PRINT_FAILED');
  return printed;
}

/** Y2: pages of a fixed volume never move. */
function refuseMovedPages(catalogue: readonly CatalogueRow[], pageMap: Readonly<Record<string, PageRange>>): void {
  for (const row of catalogue) {
    const range = pageMap[row.referenceCode];
    const moved =
      (row.fromPage !== undefined && row.fromPage !== range?.from) ||
      (row.toPage !== undefined && row.toPage !== range?.to);
    if (moved) throw new AppError('VOLUME_FIXED', { params: { code: row.referenceCode } });
  }
}
