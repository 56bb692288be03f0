import { AppError } from '../../shared/errors/app-error.ts';
import type { ConfinedChild, ConfinedSpawner } from '../platform/confined-child.ts';
import { fromPrintProcess, type ToPrintWorker } from './print-messages.ts';
import type { MissingGlyph, PageRange } from './print-results.ts';

/** What was printed, whole. */
export interface Printed {
  readonly pdf: Buffer;
  readonly pages: number;
  readonly missingGlyphs: readonly MissingGlyph[];
  readonly pageMap: Readonly<Record<string, PageRange>>;
}

type OnPhase = (phase: 'printLayout' | 'printWrite') => void;

/** One running print process: asks and waits, one message at a time. What it says is believed only in its shape (R62). */
export class PrintClient {
  readonly #child: ConfinedChild;
  readonly #gone = Promise.withResolvers<void>();
  #waiting: { resolve(printed: Printed | undefined): void; reject(error: unknown): void } | undefined;
  #arriving: { readonly printed: Printed; filled: number } | undefined;
  #ended: AppError | undefined;
  #onPhase: OnPhase = () => undefined;
  readonly ready: Promise<unknown>;

  constructor(spawn: ConfinedSpawner) {
    this.#child = spawn();
    this.ready = this.#next();
    this.ready.catch(() => undefined);
    this.#child.onMessage((message) => this.#take(message));
    this.#child.onExit(() => {
      this.#gone.resolve();
      this.#end(new AppError('PRINT_FAILED'));
    });
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** The answer: what was printed, or nothing but that it was taken. Throws the error of the print, `PRINT_FAILED` if the process dies, `CANCELLED` if it is ended meanwhile. */
  async ask(message: ToPrintWorker, onPhase: OnPhase = () => undefined): Promise<Printed | undefined> {
    await this.ready;
    if (this.#ended !== undefined) throw this.#ended;
    this.#onPhase = onPhase;
    const answered = this.#next();
    this.#child.send(message);
    return await answered;
  }

  /** Ends the process. Whoever waits gets `CANCELLED` at once; the promise settles when it has gone. */
  async end(): Promise<void> {
    this.#end(new AppError('CANCELLED'));
    this.#child.kill();
    await this.#gone.promise;
  }

  #take(given: unknown): void {
    const { data: message } = fromPrintProcess.safeParse(given);
    if (message === undefined) {
      this.#end(new AppError('PRINT_FAILED'));
      this.#child.kill();
    } else if (message.kind === 'phase') this.#onPhase(message.phase);
    else if (message.kind === 'failed') {
      const { code, params, fields, hint } = message.error;
      const cause = message.reason;
      const error = new AppError(code, { params, fields, ...(hint === undefined ? {} : { hint }), cause });
      this.#settle((waiting) => waiting.reject(error));
    } else if (message.kind === 'printed') {
      const { kind: _, bytes, ...printed } = message;
      this.#arriving = { printed: { ...printed, pdf: Buffer.alloc(bytes) }, filled: 0 };
    } else if (message.kind === 'piece') this.#fill(message.data);
    else this.#settle((waiting) => waiting.resolve(undefined));
  }

  #fill(piece: Uint8Array): void {
    const arriving = this.#arriving;
    if (arriving === undefined) return;
    arriving.printed.pdf.set(piece.subarray(0, arriving.printed.pdf.length - arriving.filled), arriving.filled);
    arriving.filled += piece.length;
    if (arriving.filled < arriving.printed.pdf.length) return;
    this.#arriving = undefined;
    this.#settle((waiting) => waiting.resolve(arriving.printed));
  }

  #next(): Promise<Printed | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  #settle(how: (waiting: { resolve(printed: Printed | undefined): void; reject(error: unknown): void }) => void): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) how(waiting);
  }

  #end(error: AppError): void {
    this.#ended ??= error;
    const reason = this.#ended;
    this.#settle((waiting) => waiting.reject(reason));
  }
}
