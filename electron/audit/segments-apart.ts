import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { SEGMENT, type SegmentVerdict } from './log-blocks.ts';

/** Whole segments from the first to before the end of the log; `anchors` are the sizes inside at which a root is known. */
export interface Stretch {
  readonly from: number;
  readonly size: number;
  readonly anchors: readonly number[];
}

/** What a thread is started with. The key lies in shared memory: it is overwritten once all have ended. */
export interface SegmentOrder extends Stretch {
  readonly path: string;
  readonly key: SharedArrayBuffer;
  /** One number: the segment that is taken next. */
  readonly next: SharedArrayBuffer;
}
export interface SegmentAnswer {
  readonly start: number;
  readonly verdict: SegmentVerdict | undefined;
}

export interface SegmentSource {
  /** What the segment that begins there comes to; undefined when it has to be walked. Each is asked for once, in their order. */
  verdict(start: number): Promise<SegmentVerdict | undefined>;
  close(): Promise<void>;
}

/** A thread for each processor, but no more: the disk and the memory are shared. */
const MOST_THREADS = 4;
/** For fewer segments a thread takes longer to start than it saves. */
const LEAST_SEGMENTS = 16;

/**
 * Verifies the segments of an open database's log on threads with a connection each: what stands before a segment is only what the log itself
 * says, so they can be judged side by side; whoever asks compares it with what came out before. A thread that fails gives no verdict.
 * Undefined when it is not worth it.
 * @param key 32 bytes; the copy made here is overwritten.
 */
export function segmentsApart(
  path: string,
  key: Uint8Array,
  stretch: Stretch,
  least = LEAST_SEGMENTS,
): SegmentSource | undefined {
  const segments = Math.ceil((stretch.size - stretch.from) / SEGMENT);
  if (segments < least) return undefined;
  const worker = fileURLToPath(new URL(`./segments-worker${extname(import.meta.url)}`, import.meta.url));
  const shared = new SharedArrayBuffer(key.length);
  const copy = new Uint8Array(shared);
  copy.set(key);
  const order: SegmentOrder = { ...stretch, path, key: shared, next: new SharedArrayBuffer(4) };
  const known = new Map<number, SegmentVerdict | undefined>();
  let running = Math.min(segments, MOST_THREADS, availableParallelism());
  let wake: () => void = () => undefined;
  const threads = Array.from({ length: running }, () => {
    const thread = new Worker(worker, { workerData: order, name: 'log' });
    thread.on('message', ({ start, verdict }: SegmentAnswer) => {
      known.set(start, verdict);
      wake();
    });
    // What it had taken is walked by whoever asks.
    thread.on('error', () => undefined);
    thread.once('exit', () => {
      running -= 1;
      wake();
    });
    return thread;
  });
  return {
    async verdict(start) {
      while (!known.has(start) && running > 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const verdict = known.get(start);
      known.delete(start);
      return verdict;
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.terminate()));
      copy.fill(0);
    },
  };
}
