import { AppError } from '../../shared/errors/app-error.ts';
import { arrangePages } from '../scans/arrange-pages.ts';
import { drawFirstPage } from '../scans/draw-first-page.ts';
import { readCodes } from '../scans/read-codes.ts';
import { readPages } from '../scans/read-pages.ts';
import type { PlainScan } from '../scans/scan-client.ts';
import type { FromScan, ToScan } from '../scans/scan-protocol.ts';
import { childChannel } from './child-channel.ts';

/**
 * Entry of the process that works on scans: reads their text, recognises characters, arranges pages. It has no key, no database and no
 * secret in its environment, and writes nothing (R02, R62).
 */

const channel = childChannel<FromScan>();
const files: { readonly mediaType: PlainScan['mediaType']; readonly bytes: Buffer; filled: number }[] = [];

async function carryOut(order: ToScan): Promise<void> {
  try {
    if (order.kind === 'read') {
      const [scan] = files;
      if (scan === undefined) throw new AppError('FILE_NOT_READABLE');
      for await (const page of readPages(scan, order.languages)) channel.send({ kind: 'page', ...page });
    } else if (order.kind === 'firstPage') {
      const [scan] = files;
      if (scan === undefined) throw new AppError('FILE_NOT_READABLE');
      channel.send({ kind: 'output', data: await drawFirstPage(scan) });
    } else if (order.kind === 'codes') {
      const [scan] = files;
      if (scan === undefined) throw new AppError('FILE_NOT_READABLE');
      for await (const page of readCodes(scan)) channel.send({ kind: 'codes', ...page });
    } else if (order.kind === 'arrange')
      for (const data of await arrangePages(files, order.outputs)) channel.send({ kind: 'output', data });
    channel.send({ kind: 'done' });
  } catch (thrown) {
    const error = thrown instanceof AppError ? thrown : new AppError('FILE_DAMAGED', { cause: thrown });
    channel.send({ kind: 'failed', error: error.toData() });
  }
}

const isOrder = (message: unknown): message is ToScan =>
  typeof message === 'object' && message !== null && 'kind' in message;

channel.listen((message) => {
  if (!isOrder(message)) return;
  if (message.kind === 'file')
    files.push({ mediaType: message.mediaType, bytes: Buffer.alloc(message.size), filled: 0 });
  else if (message.kind === 'bytes') {
    const file = files.at(-1);
    if (file === undefined || file.filled + message.data.length > file.bytes.length) return;
    file.bytes.set(message.data, file.filled);
    file.filled += message.data.length;
  } else void carryOut(message);
});
channel.send({ kind: 'ready' });
