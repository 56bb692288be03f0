import { expect, test } from 'vitest';
import { closing, freshDatabase, logOf, publicKeyOf } from '../support/store-scratch.ts';

/** The bars are for a million, which takes minutes: `DOSSIER_DESK_LOG_ENTRIES=1000000 npx vitest run tests/store/verify-figures.test.ts`. */
const ENTRIES = Number(process.env.DOSSIER_DESK_LOG_ENTRIES ?? 20_000);

test('R35 the whole log is verified without holding the process up; after an anchor only what came later is read', {
  timeout: 120_000 + ENTRIES,
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

  let turns = 0;
  let longest = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    turns += 1;
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  const began = performance.now();
  expect(await log.verify({ publicKeyOf, signatures: false })).toMatchObject({ ok: true, entries: ENTRIES + 200 });
  const chainMs = performance.now() - began;
  turns = 0;
  last = performance.now();
  expect((await log.verify({ publicKeyOf })).ok).toBe(true);
  const allMs = performance.now() - began - chainMs;
  clearInterval(beat);
  // Others had their turn after every few hundred entries, however fast the machine is.
  expect(turns).toBeGreaterThan(ENTRIES / 400);
  const start = performance.now();
  expect(await log.verifyIncremental({ from: anchor, publicKeyOf, signatures: false })).toMatchObject({ ok: true });
  const tailMs = performance.now() - start;
  if (ENTRIES < 1e6) return;
  process.stdout.write(`${JSON.stringify({ chainMs, allMs, tailMs, longest })}\n`);
  expect([chainMs < 15_000, allMs < 180_000, tailMs < 1_000, longest < 400]).toEqual([true, true, true, true]);
});
