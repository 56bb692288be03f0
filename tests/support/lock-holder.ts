/** Run as a process of its own: `hold` keeps the vault in the folder open until killed, `try` says how opening it ends. */
import { readdirSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openArchiveDatabase } from '../../electron/store/connection.ts';
import { acquireInstanceLock } from '../../electron/store/instance-lock.ts';
import { logTablesSql } from './log-tables.ts';

const [folder = '', mode = ''] = process.argv.slice(2);
const say = (text: string) => writeSync(1, `${text}\n`);

/** Everything a program may read of its vault: names, sizes and the files that are no databases (M10). */
function readFolder(): void {
  for (const name of readdirSync(folder)) {
    statSync(join(folder, name));
    if (name.endsWith('.json')) readFileSync(join(folder, name));
  }
}

try {
  acquireInstanceLock(join(folder, 'lock.db'));
  const migrations = [
    {
      version: 10,
      name: 'test',
      sql: `CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
          CREATE TABLE remark (id INTEGER PRIMARY KEY, note INTEGER NOT NULL REFERENCES note (id)) STRICT;
          ${logTablesSql}`,
    },
  ];
  openArchiveDatabase({ path: join(folder, 'archive.db'), key: Buffer.alloc(32, 0x5a), migrations });
  if (mode === 'hold') {
    say('HELD');
    process.stdin.on('data', () => {
      for (let read = 0; read < 1000; read++) readFolder();
      say('READ DONE');
    });
  } else say('OPENED');
} catch (thrown) {
  say((thrown as { code: string }).code);
}
