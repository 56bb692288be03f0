import { parentPort, workerData } from 'node:worker_threads';
import { connect } from '../store/cipher-connection.ts';
import { readerOf } from '../store/sql.ts';
import { judgeSegment, SEGMENT } from './log-blocks.ts';
import type { SegmentAnswer, SegmentOrder } from './segments-apart.ts';

/** Entry of the threads that verify segments of the log (`segmentsApart`): each takes the next one until none is left. */
function judgeAll(order: SegmentOrder): void {
  const database = connect(order.path, new Uint8Array(order.key), true);
  const next = new Int32Array(order.next);
  try {
    database.pragma('temp_store=MEMORY');
    const reader = readerOf(database);
    for (;;) {
      const start = order.from + Atomics.add(next, 0, 1) * SEGMENT;
      if (start >= order.size) return;
      const end = Math.min(start + SEGMENT, order.size);
      const answer: SegmentAnswer = { start, verdict: judgeSegment(reader, start, end, order.anchors) };
      parentPort?.postMessage(answer);
    }
  } finally {
    database.close();
  }
}

judgeAll(workerData as SegmentOrder);
