/** Run as a process of its own: makes a database of 200,000 canaries in the folder given and sorts them on both connections. Prints what it is at. */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { createArchiveDatabase } from '../../electron/store/connection.ts';
import { canary } from './canaries.ts';

const [folder = ''] = process.argv.slice(2);
const database = createArchiveDatabase({
  path: join(folder, 'archive.db'),
  key: Buffer.alloc(32, 0x5a),
  migrations: [
    { version: 10, name: 'sorted', sql: 'CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;' },
  ],
});
const ROWS = 200_000;
database.begin();
for (let row = 0; row < ROWS; row += 1)
  database.writer.run(
    'INSERT INTO note (body) VALUES (?)',
    `${(row * 7_919) % ROWS} ${canary(row)} ${'long '.repeat(80)}`,
  );
database.commit();
writeSync(1, 'SORTING\n');
// Larger than the page cache, and so than what a sort keeps to itself.
database.begin();
for (const connection of [database.reader, database.writer]) connection.all('SELECT body FROM note ORDER BY body DESC');
database.commit();
database.close();
