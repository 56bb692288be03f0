import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openArchiveDatabase } from '../../electron/store/connection.ts';
import { acquireInstanceLock } from '../../electron/store/instance-lock.ts';
import { runAndKill } from '../support/kill-harness.ts';
import { logTablesSql } from '../support/log-tables.ts';
import { dice, KEY, logOf, publicKeyOf, scratchFolder } from '../support/store-scratch.ts';

// Fifty of a bare store here, fifty of the whole archive at work in killed-archive.test.ts; `npm run faults` does hundreds.
const KILLS = 50;
const workload = join(import.meta.dirname, '../support/commit-workload.ts');
const migrations = [
  {
    version: 10,
    name: 'workload',
    sql: `CREATE TABLE note (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, body TEXT NOT NULL) STRICT; ${logTablesSql}`,
  },
];

test(`R41 R33 ${KILLS} kills at random moments: nothing acknowledged is lost, changes = entries, the log verifies`, {
  timeout: 180_000,
}, async () => {
  const folder = join(scratchFolder(), 'vault');
  mkdirSync(folder);
  const path = join(folder, 'archive.db');
  const random = dice(41);
  let size = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    // One in ten dies while it is creating or opening the vault.
    const opening = kill % 10 === 0;
    const moment = opening
      ? { acks: 0, delayMs: 60 + random.below(160) }
      : { acks: 1 + random.below(12), delayMs: random.below(30) / 10 };
    const { lastAck } = await runAndKill(workload, [folder], moment);
    if (!existsSync(path)) continue;
    const lock = acquireInstanceLock(join(folder, 'lock.db'));
    const database = openArchiveDatabase({ path, key: KEY, migrations });
    const log = logOf(database);
    expect(log.size(), `kill ${kill}`).toBeGreaterThan(lastAck);
    // One write more at the most: the one whose acknowledgement did not come out any more.
    expect(log.size(), `kill ${kill}`).toBeLessThanOrEqual(Math.max(lastAck + 1, size) + 1);
    expect(log.size(), `kill ${kill}`).toBeGreaterThanOrEqual(size);
    size = log.size();
    expect(
      database.reader.get('SELECT count(*) AS n, coalesce(max(seq) + 1, 0) AS next FROM note'),
      `kill ${kill}`,
    ).toEqual({
      n: size,
      next: size,
    });
    expect(await log.verify({ publicKeyOf, signatures: kill === KILLS - 1 }), `kill ${kill}`).toMatchObject({
      ok: true,
      entries: size,
    });
    if (kill % 10 === 9) expect(database.integrityCheck(), `kill ${kill}`).toEqual([]);
    database.close();
    lock.release();
  }
  expect(size).toBeGreaterThan(KILLS);
});
