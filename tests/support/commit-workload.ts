/**
 * Run as a process of its own: creates (or opens) the vault in the folder given, appends that many notes with their log entries, one durable transaction
 * each, and prints `ACK n` after each commit.
 */
import { existsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createAuditLog } from '../../electron/audit/audit-log.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { signerFromSeed } from '../../electron/platform/signer.ts';
import { createArchiveDatabase, openArchiveDatabase } from '../../electron/store/connection.ts';
import { acquireInstanceLock } from '../../electron/store/instance-lock.ts';
import { logTablesSql } from './log-tables.ts';

const [folder = '', rounds = '1000000'] = process.argv.slice(2);
const path = join(folder, 'archive.db');
const options = {
  path,
  key: Buffer.alloc(32, 0x5a),
  migrations: [
    {
      version: 10,
      name: 'workload',
      sql: `CREATE TABLE note (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, body TEXT NOT NULL) STRICT; ${logTablesSql}`,
    },
  ],
};
acquireInstanceLock(join(folder, 'lock.db'));
const database = existsSync(path) ? openArchiveDatabase(options) : createArchiveDatabase(options);
const { writer, reader } = database;
const signer = signerFromSeed(Buffer.alloc(32, 3));
const log = createAuditLog({
  writer,
  reader,
  clock: systemClock,
  boot: String(process.pid),
  app: '1.0.0',
  systemSigner: signer,
});

writeSync(1, 'READY\n');
for (let round = 0; round < Number(rounds); round++) {
  database.begin();
  const { seq } = log.append({
    actor: 'system',
    role: 'system',
    type: 'note.change',
    obj: `note:${round}`,
    outcome: 'ok',
  });
  // Mixed sizes: mostly small changes, now and then one that fills many pages, an update and a deletion.
  const size = round % 17 === 0 ? 60_000 : 40 + (round % 400);
  writer.run('INSERT INTO note (id, seq, body) VALUES (?, ?, ?)', seq, seq, 'n'.repeat(size));
  if (round % 5 === 0) writer.run('UPDATE note SET body = body || ? WHERE id = ?', 'changed', seq - 3);
  if (round % 11 === 0) writer.run('UPDATE note SET body = ? WHERE id = ?', '', seq - 7);
  database.commit();
  writeSync(1, `ACK ${seq}\n`);
  // The log is folded into the database in the pauses of the work.
  if (round % 40 === 39) database.checkpointWal();
}
