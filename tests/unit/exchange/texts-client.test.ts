import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { forkSpawner, type ImportChild } from '../../../electron/exchange/import-child.ts';
import type { ToImport } from '../../../electron/exchange/import-protocol.ts';
import { textsApart } from '../../../electron/exchange/texts-client.ts';
import { manyTexts } from '../../../electron/store/index-texts.ts';

const ENTRY = fileURLToPath(new URL('../../../electron/process/import-process.ts', import.meta.url));
const NODE = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url));
const spawn = forkSpawner(ENTRY, { execPath: NODE });
const RECORDS = [
  { name: '重慶單于機械有限公司', body: ['E000001', '023-6000 1234', '渝北區大同路 7 號', ''] },
  { name: 'ABC 123 Trading', body: ['E000002', '渝北區', '渝北區'] },
];

/** A child that a test plays itself: what it answers to each order. */
function playing(answer: (order: Extract<ToImport, { kind: 'makeTexts' }>) => unknown): () => ImportChild {
  return () => {
    let listen: (message: unknown) => void = () => {};
    setImmediate(() => listen({ kind: 'ready' }));
    return {
      send: (message) => setImmediate(() => message.kind === 'makeTexts' && listen(answer(message))),
      onMessage: (listener) => (listen = listener),
      onExit: () => {},
      kill: () => {},
    };
  };
}

test('texts come back as they are made here, in the order they were asked for', async () => {
  const texts = textsApart(spawn);
  const both = await Promise.all([texts.make(RECORDS), texts.make(RECORDS.toReversed())]);
  texts.close();
  expect(both[0]).toEqual(manyTexts(RECORDS));
  expect(both[1]).toEqual(manyTexts(RECORDS.toReversed()));
});

test('a process that ends, or cannot be started, leaves them to whoever asked', async () => {
  let child: ImportChild | undefined;
  const ended = textsApart(() => (child = spawn()));
  expect(await ended.make(RECORDS)).toHaveLength(2);
  child?.kill();
  expect(await ended.make(RECORDS)).toBeUndefined();
  expect(await ended.make(RECORDS)).toBeUndefined();
  const nowhere = textsApart(forkSpawner(join(ENTRY, '..', 'no-such-entry.ts'), { execPath: NODE }));
  expect(await nowhere.make(RECORDS)).toBeUndefined();
});

test('R62 what has another shape, or another number of texts, is not believed', async () => {
  const few = textsApart(playing(({ order }) => ({ kind: 'texts', order, texts: [['a', 'b', 'c', 'd']] })));
  expect(await few.make(RECORDS)).toBeUndefined();
  for (const wrong of [['a', 'b', 'c'], ['a', 'b', 'c', 4], 'abcd', null]) {
    const shaped = textsApart(playing(({ order }) => ({ kind: 'texts', order, texts: [wrong, wrong] })));
    expect(await shaped.make(RECORDS)).toBeUndefined();
  }
});
