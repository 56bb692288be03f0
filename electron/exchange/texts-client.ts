import type { ImportSpawner } from './import-child.ts';
import { isFromImport, type MadeTexts, type SearchedTexts } from './import-protocol.ts';

export interface TextsClient {
  /** Their texts, in their order; undefined when the process cannot tell. */
  make(records: readonly SearchedTexts[]): Promise<readonly MadeTexts[] | undefined>;
  close(): void;
}

interface Order {
  readonly records: readonly SearchedTexts[];
  answer(texts: readonly MadeTexts[] | undefined): void;
}

/**
 * Makes the texts of very many records in an import process of their own, beside the one that writes them: reading names in pinyin takes as long
 * as putting them into the index. That process sees names and searched texts of the table, no key, and no foreign file before. Its answers are
 * believed in their shape only; at worst a card is found by what is not in it.
 */
export function textsApart(spawn: ImportSpawner): TextsClient {
  const child = spawn();
  const waiting = new Map<number, Order>();
  let ready = false;
  let ended = false;
  let orders = 0;
  const send = (order: number, { records }: Order) => child.send({ kind: 'makeTexts', order, records });
  const end = (): void => {
    ended = true;
    for (const { answer } of waiting.values()) answer(undefined);
    child.kill();
  };
  child.onMessage((message) => {
    if (!isFromImport(message) || message.kind === 'failed') return end();
    if (message.kind === 'ready') {
      ready = true;
      for (const [order, asked] of waiting) send(order, asked);
    } else if (message.kind === 'texts') {
      const asked = waiting.get(message.order);
      asked?.answer(message.texts.length === asked.records.length ? message.texts : undefined);
    }
  });
  child.onExit(end);
  return {
    async make(records) {
      const order = orders++;
      const texts = await new Promise<readonly MadeTexts[] | undefined>((answer) => {
        if (ended) return answer(undefined);
        waiting.set(order, { records, answer });
        if (ready) send(order, { records, answer });
      });
      waiting.delete(order);
      return texts;
    },
    close: end,
  };
}
