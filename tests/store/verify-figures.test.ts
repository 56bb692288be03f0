import { expect, test } from 'vitest';
import { closing, freshDatabase, logOf, publicKeyOf } from '../support/store-scratch.ts';

/** A fiftieth of a million entries: the bars of the requirement, divided likewise and with room for a busy machine. */
const ENTRIES = 20_000;

test('R35 the whole log is verified without holding the process up; after an anchor only what came later is read', {
  timeout: 120_000,
}, async () => {
  const { database } = freshDatabase();
  closing(database);
  const log = logOf(database);
  database.begin();
  for (let entry = 0; entry < ENTRIES; entry += 1)
    log.append({ actor: 'system', role: 'system', type: 'note.change', obj: `note:${entry}`, outcome: 'ok' });
  database.commit();
  const anchor = log.position();
  database.begin();
  for (let entry = 0; entry < 200; entry += 1)
    log.append({ actor: 'system', role: 'system', type: 'note.change', obj: `later:${entry}`, outcome: 'ok' });
  database.commit();

  let longest = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  const began = performance.now();
  expect(await log.verify({ publicKeyOf, signatures: false })).toMatchObject({ ok: true, entries: ENTRIES + 200 });
  const chainMs = performance.now() - began;
  last = performance.now();
  expect((await log.verify({ publicKeyOf })).ok).toBe(true);
  const allMs = performance.now() - began - chainMs;
  clearInterval(beat);
  const start = performance.now();
  expect(await log.verifyIncremental({ from: anchor, publicKeyOf, signatures: false })).toMatchObject({ ok: true });
  const tailMs = performance.now() - start;
  expect([chainMs < 3_000, allMs < 20_000, tailMs < 1_000, longest < 400]).toEqual([true, true, true, true]);
});
