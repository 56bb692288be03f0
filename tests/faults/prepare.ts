import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../electron/platform/clock.ts';
import { createArchiveDatabase } from '../../electron/store/connection.ts';
import { tinyPdf } from '../builders/scan-files.ts';
import { openTestArchive } from '../support/open-test-archive.ts';
import { upload } from '../support/running-archive.ts';
import { FAULT_KEY, FAULT_MIGRATIONS, type FaultKind, MIGRATED_ROWS, placesOf, RECOVERY } from './places.ts';

/** How many databases wait to be brought up in one run. */
const DATABASES = 6;
/** Cards and scans of a prepared archive. */
const PREPARED = 4;

/** Makes the folder that a workload of this kind begins with. */
export async function prepare(kind: FaultKind, root: string): Promise<void> {
  const places = placesOf(root);
  for (const folder of [places.stick, places.restored, places.databases]) mkdirSync(folder, { recursive: true });
  if (kind === 'migrate') {
    const first = join(places.databases, '0.db');
    createArchiveDatabase({
      path: first,
      key: FAULT_KEY,
      migrations: FAULT_MIGRATIONS.slice(0, 1),
      populate: (writer) => {
        for (let row = 1; row <= MIGRATED_ROWS; row += 1)
          writer.run('INSERT INTO note (id, body) VALUES (?, ?)', row, `note ${row} ${'n'.repeat(row % 400)}`);
      },
    }).close();
    for (let copy = 1; copy < DATABASES; copy += 1) cpSync(first, join(places.databases, `${copy}.db`));
    return;
  }
  const desk = await openTestArchive({ directory: places.archive, clock: systemClock });
  writeFileSync(join(root, RECOVERY), desk.archive.recoveryKey ?? '', { mode: 0o600 });
  for (let index = 0; index < PREPARED; index += 1) {
    const values = { registeredName: `先前${index}` };
    const { number } = await desk.dispatch('customers.create', { kind: 'enterprise', values });
    const { code } = await desk.dispatch('dossiers.addPaper', { customer: number, type: 'contract', title: '約' });
    const handed = await upload({ call: desk.dispatch }, 'scan.pdf', tinyPdf(`before ${index}`), 'scan');
    await desk.dispatch('scans.attach', { upload: handed, code });
  }
  if (kind === 'restore') await desk.dispatch('archive.backup', { file: join(places.stick, 'whole.age') });
  await desk.close();
}

/** Things that the prepared archive holds: what is there afterwards is at least these and what was acknowledged. */
export const PREPARED_THINGS = PREPARED * 3;
