import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors/app-error.ts';
import type { FromPrintWorker, PrintWorkerStart, ToPrintWorker } from './print-messages.ts';

/** One running print worker: asks and waits, one message at a time. */
export class PrintWorkerClient {
  readonly #worker: Worker;
  #waiting: { resolve(message: FromPrintWorker): void; reject(error: unknown): void } | undefined;
  #ended: AppError | undefined;
  #onPhase: (phase: 'printLayout' | 'printWrite') => void = () => undefined;
  readonly ready: Promise<void>;

  constructor(path: string, start: PrintWorkerStart) {
    this.#worker = new Worker(path, { workerData: start, name: 'print' });
    this.ready = this.#next().then(() => this.#worker.unref());
    this.ready.catch(() => undefined);
    this.#worker.on('message', (message: FromPrintWorker) => {
      if (message.kind === 'phase') this.#onPhase(message.phase);
      else this.#settle((waiting) => waiting.resolve(message));
    });
    this.#worker.on('error', (cause) => this.#end(new AppError('PRINT_FAILED', { cause })));
    this.#worker.on('exit', () => this.#end(new AppError('PRINT_FAILED')));
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** The worker's answer. Throws its error, `PRINT_FAILED` if it dies, `CANCELLED` if it is ended meanwhile. */
  async ask(
    message: ToPrintWorker,
    transfer: readonly ArrayBuffer[] = [],
    onPhase: (phase: 'printLayout' | 'printWrite') => void = () => undefined,
  ): Promise<FromPrintWorker> {
    await this.ready;
    if (this.#ended !== undefined) throw this.#ended;
    this.#onPhase = onPhase;
    // A worker at work keeps the process alive, an idle one does not.
    this.#worker.ref();
    this.#worker.postMessage(message, transfer);
    const answered = await this.#next().finally(() => this.#worker.unref());
    if (answered.kind === 'failed') {
      const { code, params, fields, hint } = answered.error;
      throw new AppError(code, { params, fields, ...(hint === undefined ? {} : { hint }), cause: answered.reason });
    }
    return answered;
  }

  /** Ends the thread. Whoever waits gets `CANCELLED` at once; the promise settles when the thread has gone. */
  async end(): Promise<void> {
    this.#end(new AppError('CANCELLED'));
    await this.#worker.terminate();
  }

  #next(): Promise<FromPrintWorker> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  #settle(how: (waiting: { resolve(message: FromPrintWorker): void; reject(error: unknown): void }) => void): void {
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
