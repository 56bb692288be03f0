import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archiveMigrations } from '../../electron/services/archive-schema.ts';
import { createArchiveDatabase, openArchiveDatabase } from '../../electron/store/connection.ts';
import { closing, committed, KEY, scratchFolder } from '../support/store-scratch.ts';

/** Migrations that carry rows over, tried on rows as the version before wrote them. */

/** An archive of the version before `version` with what `fill` writes, brought up to `version`. */
function broughtUp(version: number, fill: (run: (sql: string) => void) => void) {
  const path = join(scratchFolder(), 'archive.db');
  const before = createArchiveDatabase({
    path,
    key: KEY,
    migrations: archiveMigrations.filter((step) => step.version < version),
  });
  committed(before, () => fill((sql) => void before.writer.run(sql)));
  before.close();
  return closing(
    openArchiveDatabase({ path, key: KEY, migrations: archiveMigrations.filter((step) => step.version <= version) }),
  );
}

const card = (number: string, values: object) =>
  `INSERT INTO customer (number, kind, status, tier, completeness, name, created_at, created_by, updated_at, updated_by, reviewed_on, review_due, field_values)
   VALUES ('${number}', 'enterprise', 'active', 'general', 100, '甲', '2026-01-01T00:00:00.000Z', '', '2026-01-01T00:00:00.000Z', '', '2026-01-01', '2026-03-01', '${JSON.stringify(values)}')`;

test('560: the days until which licences and limits run become columns', () => {
  const database = broughtUp(560, (run) => {
    run(card('K1', { licenceValidUntil: '2027-05-01', creditLimitValidUntil: '2026-12-31' }));
    run(card('K2', { licenceValidUntil: 'indefinite' }));
    run(card('K3', {}));
  });
  expect(database.reader.all('SELECT number, licence_until, credit_until FROM customer ORDER BY number')).toEqual([
    { number: 'K1', licence_until: '2027-05-01', credit_until: '2026-12-31' },
    { number: 'K2', licence_until: 'indefinite', credit_until: null },
    { number: 'K3', licence_until: null, credit_until: null },
  ]);
});

test('510: a scan that counted as unreadable waits to be read once more, what was read stays', () => {
  const database = broughtUp(510, (run) => {
    for (const [id, pages] of [
      ['unread', '[]'],
      ['read', '[{"text":"合同","source":"file","ink":1,"look":null}]'],
    ])
      run(`INSERT INTO scan_reading VALUES ('${id}', '2026-11-01T00:00:00.000Z', '', '${pages}')`);
  });
  expect(database.reader.all('SELECT attachment_id AS id, first_page AS page FROM scan_reading')).toEqual([
    { id: 'read', page: null },
  ]);
});
