import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../shared/errors/app-error.ts';
import { freeMemory } from '../platform/memory.ts';
import { packagedFontPaths } from './fonts.ts';
import type { BoundVolumeData, CatalogueRow, PaperScans, PrintFormData, PrintFormName } from './print-data.ts';
import type { FormJob, FromPrintWorker, PrintWorkerStart } from './print-messages.ts';
import type { FormOptions, PageRange, PrintedForm, PrintedVolume, PrintOptions } from './print-results.ts';
import { PrintWorkerClient } from './print-worker-client.ts';

export type {
  FormOptions,
  MissingGlyph,
  PageRange,
  PrintedForm,
  PrintedVolume,
  PrintOptions,
} from './print-results.ts';

/**
 * Prints in a worker thread of its own, one job after another, everything in memory (R02).
 * Errors: `CANCELLED` (nothing is left behind), `FILE_DAMAGED` (params `code`: reference code of the paper whose scan
 * cannot be read), `VOLUME_FIXED` (a reprint would differ), `PRINT_FAILED`.
 */
export interface Printer {
  printVolume(data: BoundVolumeData, options?: PrintOptions): Promise<PrintedVolume>;
  printForm<N extends PrintFormName>(name: N, data: PrintFormData[N], options?: FormOptions): Promise<PrintedForm>;
  /** Starts the worker and loads the fonts ahead of the first job. */
  warmUp(): Promise<void>;
  /** Ends the worker; a running job is rejected with `CANCELLED`. */
  close(): Promise<void>;
}

export interface PrinterOptions {
  /** Entry of the worker thread; default: the file beside this one. */
  readonly workerPath?: string;
  /** Font files, TrueType, in the order of the chain; default: Noto Serif TC and SC, 400 and 700, from their packages. */
  readonly fontPaths?: readonly string[];
  /** Milliseconds without a job after which the worker ends and its memory is given back. Default: a minute. */
  readonly idleMs?: number;
  /** Folder of the templates (`*.typ`); default: `templates` beside this file. */
  readonly templatesPath?: string;
}

/** Fonts and a warm compiler are some 190 MB; without them the next print takes a second longer. */
const IDLE_MS = 60_000;

/** A printer of its own; the worker starts with the first job or `warmUp`. */
export function createPrinter(options: PrinterOptions = {}): Printer {
  const start: PrintWorkerStart = {
    fontPaths: options.fontPaths ?? packagedFontPaths(),
    templatesPath: options.templatesPath ?? fileURLToPath(new URL('./templates/', import.meta.url)),
  };
  const workerPath =
    options.workerPath ?? fileURLToPath(new URL(`./print-worker${extname(import.meta.url)}`, import.meta.url));
  let worker: PrintWorkerClient | undefined;
  /** Settles when the job before, or the thread that it was cancelled in, has gone. */
  let before: Promise<unknown> = Promise.resolve();
  let closed = false;
  let idle: NodeJS.Timeout | undefined;

  const running = (): PrintWorkerClient => {
    if (worker === undefined || worker.hasEnded) worker = new PrintWorkerClient(workerPath, start);
    return worker;
  };
  const endWorker = async (): Promise<void> => {
    const ending = worker;
    worker = undefined;
    await ending?.end();
  };

  /** Runs jobs one after another; an aborted one ends its worker, whose thread may still be busy for a while. */
  const inTurn = <T>(signal: AbortSignal | undefined, job: (worker: PrintWorkerClient) => Promise<T>): Promise<T> => {
    const turn = before.then(async () => {
      clearTimeout(idle);
      if (closed || isAborted(signal)) throw new AppError('CANCELLED');
      const ended: Promise<void>[] = [];
      const onAbort = (): void => void ended.push(endWorker());
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        return { value: await job(running()), ended };
      } catch (thrown) {
        return { thrown: isAborted(signal) ? new AppError('CANCELLED') : thrown, ended };
      } finally {
        signal?.removeEventListener('abort', onAbort);
        clearTimeout(idle);
        idle = setTimeout(() => void endWorker(), options.idleMs ?? IDLE_MS);
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
    warmUp: () => inTurn(undefined, (client) => client.ready),
    printVolume: (data, { signal, onProgress } = {}) =>
      inTurn(signal, async (client) => {
        freeMemory();
        const { papers, ...rest } = data;
        await sendScans(client, papers, '', signal, onProgress);
        const volume = { ...rest, papers: papers.map(({ scans: _, ...paper }) => paper) };
        const printed = await client.ask({ kind: 'volume', volume }, [], (phase) =>
          onProgress?.({ phase, done: 0, total: 0 }),
        );
        const form = formOf(printed);
        const pageMap = printed.kind === 'printed' ? printed.pageMap : {};
        refuseMovedPages(data.catalogue, pageMap);
        return { ...form, sheets: Math.ceil(form.pages / 2), pageMap };
      }),
    printForm: (name, data, { signal, onProgress, scans } = {}) =>
      inTurn(signal, async (client) => {
        const form = { name, data } as FormJob;
        if (scans !== undefined) await sendScans(client, scans.papers, scans.mark, signal, onProgress);
        const papers = scans?.papers.length ?? 0;
        return formOf(
          await client.ask({ kind: 'form', form, papers }, [], (phase) => onProgress?.({ phase, done: 0, total: 0 })),
        );
      }),
    close: async () => {
      closed = true;
      clearTimeout(idle);
      await endWorker();
      await before;
    },
  };
}

/** A call, because the answer changes while waiting. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}

/** Opens one file at a time and hands its bytes over: no more than one plain scan lies in this thread. */
async function sendScans(
  client: PrintWorkerClient,
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
      // A copy: memory that native code or the caller owns cannot be handed over.
      const bytes = Uint8Array.from(typeof scan.content === 'function' ? await scan.content() : scan.content);
      try {
        await client.ask(
          { kind: 'scan', paper: index, mediaType: scan.mediaType, turn: scan.rotate ?? 0, mark, bytes },
          [bytes.buffer],
        );
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

function formOf(printed: FromPrintWorker): PrintedForm {
  if (printed.kind !== 'printed') throw new AppError('PRINT_FAILED');
  return { pdf: Buffer.from(printed.pdf.buffer), pages: printed.pages, missingGlyphs: printed.missingGlyphs };
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
