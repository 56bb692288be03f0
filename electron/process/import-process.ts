import { AppError } from '../../shared/errors/app-error.ts';
import { type FromImport, MEMORY_CAP_BYTES, MEMORY_EXIT, type ToImport } from '../exchange/import-protocol.ts';
import { readTable } from '../exchange/tables/read-table.ts';
import { fileRefusal } from '../exchange/tables/table-limits.ts';
import { childChannel } from './child-channel.ts';

/**
 * Entry of the import process (R62). It has no key, no database, no network and no secret in its
 * environment: bytes of one foreign file come in, rows of plain strings go out, and it ends. Another one, that never saw a
 * file, makes the texts of the search index beside the archive process while rows are written.
 */

type Begin = Extract<ToImport, { kind: 'begin' }>;

function isToImport(message: unknown): message is ToImport {
  return typeof message === 'object' && message !== null && 'kind' in message;
}

const channel = childChannel<FromImport>();
let begin: Begin | undefined;
let bytes = Buffer.alloc(0);
let filled = 0;
let credit = 0;
let wake: (() => void) | undefined;

async function waitForCredit(): Promise<void> {
  while (credit === 0) await new Promise<void>((resolve) => (wake = resolve));
  credit -= 1;
}

async function read({ name, options, limits }: Begin): Promise<void> {
  try {
    for await (const event of readTable(bytes, name, options, limits)) {
      if (process.memoryUsage.rss() > MEMORY_CAP_BYTES) process.exit(MEMORY_EXIT);
      await waitForCredit();
      channel.send({ kind: 'event', event });
    }
    channel.send({ kind: 'done' });
  } catch (thrown) {
    const known = thrown instanceof AppError ? thrown : fileRefusal('FILE_DAMAGED', name, 'exchange.file.damaged');
    channel.send({ kind: 'failed', error: known.toData() });
  }
}

function takeBytes(order: Begin, data: Uint8Array): void {
  if (filled + data.length > order.size) {
    const error = fileRefusal('FILE_DAMAGED', order.name, 'exchange.file.changed');
    channel.send({ kind: 'failed', error: error.toData() });
    return;
  }
  bytes.set(data, filled);
  filled += data.length;
  channel.send({ kind: 'received' });
  if (filled === order.size) void read(order);
}

/** The tables of pinyin are read only where they are asked for. */
async function makeTexts({ order, records }: Extract<ToImport, { kind: 'makeTexts' }>): Promise<void> {
  const { manyTexts } = await import('../store/index-texts.ts');
  channel.send({ kind: 'texts', order, texts: manyTexts(records) });
}

channel.listen((message) => {
  if (!isToImport(message)) return;
  if (message.kind === 'begin' && begin === undefined) {
    begin = message;
    // One piece of memory of the right size: joining pieces would need it twice.
    bytes = Buffer.allocUnsafeSlow(message.size);
    if (message.size === 0) void read(message);
  } else if (message.kind === 'bytes' && begin !== undefined) {
    takeBytes(begin, message.data);
  } else if (message.kind === 'makeTexts' && begin === undefined) {
    void makeTexts(message);
  } else if (message.kind === 'next') {
    credit += 1;
    wake?.();
  }
});
channel.send({ kind: 'ready' });
