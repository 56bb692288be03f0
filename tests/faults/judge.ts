import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../electron/platform/clock.ts';
import { openArchiveDatabase } from '../../electron/store/connection.ts';
import { folderState } from '../../electron/vault/vault.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';
import {
  FAULT_KEY,
  FAULT_MIGRATIONS,
  type FaultKind,
  MIGRATED_ROWS,
  NEW_SECRET,
  placesOf,
  RECOVERY,
  SECRETS,
} from './places.ts';
import { PREPARED_THINGS } from './prepare.ts';

/**
 * What is left after a fault: `sound`, `lost` (something acknowledged is not there), `locked` (nobody gets in), `mixed` (opens, and does
 * not agree with itself).
 */
export type Verdict = 'sound' | 'lost' | 'locked' | 'mixed';

async function opened<T>(
  directory: string,
  secrets: readonly string[],
  use: (desk: TestArchive) => Promise<T>,
): Promise<T | 'locked'> {
  for (const secret of secrets) {
    const desk = await openTestArchive({ directory, start: 'empty', clock: systemClock });
    try {
      const answer = await desk.answer('archive.unlock', { directory, login: 'keeper', secret });
      if (answer.ok) return await use(desk);
    } finally {
      await desk.close();
    }
  }
  return 'locked';
}

const verified = async (desk: TestArchive) => (await desk.dispatch('audit.verify', { deep: true })).ok;
const thingsOf = (desk: TestArchive) => {
  const count = (sql: string) => desk.archive.database.reader.get<{ n: number }>(sql)?.n ?? 0;
  return (
    count('SELECT count(*) AS n FROM customer') +
    count('SELECT count(*) AS n FROM paper') +
    count('SELECT count(*) AS n FROM attachment')
  );
};

type Judge = (root: string, acknowledged: number) => Promise<Verdict>;

const records: Judge = async (root, acknowledged) =>
  opened(placesOf(root).archive, SECRETS, async (desk) => {
    if (!(await verified(desk))) return 'mixed';
    return thingsOf(desk) >= PREPARED_THINGS + acknowledged ? 'sound' : 'lost';
  });

const people: Judge = async (root, acknowledged) => {
  const at = (changes: number) => SECRETS[changes % SECRETS.length] ?? '';
  // The one that was acknowledged last, or the one that was about to be.
  const valid = await opened(placesOf(root).archive, [at(acknowledged), at(acknowledged + 1)], async (desk) =>
    (await verified(desk)) ? ('sound' as const) : ('mixed' as const),
  );
  return valid;
};

const rotate: Judge = async (root, acknowledged) =>
  opened(placesOf(root).archive, SECRETS, async (desk) => {
    if (!(await verified(desk))) return 'mixed';
    return desk.archive.vault.epoch >= 1 + acknowledged && thingsOf(desk) >= PREPARED_THINGS ? 'sound' : 'lost';
  });

const backup: Judge = async (root, acknowledged) => {
  const { archive, stick } = placesOf(root);
  const recoveryKey = readFileSync(join(root, RECOVERY), 'utf8');
  return opened(archive, SECRETS, async (desk) => {
    if (!(await verified(desk))) return 'mixed';
    const files = (existsSync(stick) ? readdirSync(stick) : []).filter(
      (name) => name.endsWith('.age') && !name.startsWith('.'),
    );
    for (const name of files) {
      const answer = await desk.answer('backups.compare', { file: join(stick, name), recoveryKey });
      // Whatever bears the name of a backup is one.
      if (!answer.ok) return 'mixed';
    }
    return files.length >= acknowledged ? 'sound' : 'lost';
  });
};

const restore: Judge = async (root, acknowledged) => {
  const { restored } = placesOf(root);
  let whole = 0;
  // A cut before anything was written there leaves no folder at all.
  const names = existsSync(restored) ? readdirSync(restored) : [];
  for (const name of names.filter((entry) => !entry.startsWith('.'))) {
    const directory = join(restored, name);
    if ((await folderState(directory)) !== 'vault') continue;
    const verdict = await opened(directory, [NEW_SECRET], async (desk) =>
      (await verified(desk)) && thingsOf(desk) === PREPARED_THINGS ? ('sound' as const) : ('mixed' as const),
    );
    // Half a restore must never look like an archive.
    if (verdict !== 'sound') return verdict;
    whole += 1;
  }
  return whole >= acknowledged ? 'sound' : 'lost';
};

const migrate: Judge = async (root, acknowledged) => {
  const { databases } = placesOf(root);
  const names = readdirSync(databases).filter((name) => /^\d+\.db$/.test(name));
  for (const name of names) {
    const path = join(databases, name);
    try {
      const database = openArchiveDatabase({ path, key: FAULT_KEY, migrations: FAULT_MIGRATIONS });
      const rows = database.reader.get<{ n: number }>('SELECT count(*) AS n FROM note WHERE length = length(body)')?.n;
      const sound = database.schemaVersion === 20 && rows === MIGRATED_ROWS && database.integrityCheck().length === 0;
      database.close();
      if (!sound) return 'mixed';
    } catch {
      return 'locked';
    }
    // The copy of the state before is whole whenever it has its name.
    const kept = `${path}.before-10`;
    if (existsSync(kept)) {
      const copy = openArchiveDatabase({ path: kept, key: FAULT_KEY, migrations: FAULT_MIGRATIONS.slice(0, 1) });
      const rows = copy.reader.get<{ n: number }>('SELECT count(*) AS n FROM note')?.n;
      copy.close();
      if (rows !== MIGRATED_ROWS) return 'mixed';
    }
  }
  return names.length >= acknowledged ? 'sound' : 'lost';
};

const JUDGES: Readonly<Record<FaultKind, Judge>> = { records, people, rotate, backup, restore, migrate };

/** Looks at what is left. `acknowledged`: how many things were answered before the fault. */
export function judge(kind: FaultKind, root: string, acknowledged: number): Promise<Verdict> {
  return JUDGES[kind](root, acknowledged);
}
