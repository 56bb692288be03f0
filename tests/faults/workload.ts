/**
 * Run as a process of its own: does one kind of work on the archive in a folder over and over, through the dispatcher, and prints
 * `ACK n` when something was answered. Arguments: kind, folder, rounds. The folder is prepared by `prepare.ts`.
 */
import { existsSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../electron/platform/clock.ts';
import { openArchiveDatabase } from '../../electron/store/connection.ts';
import { tinyPdf } from '../builders/scan-files.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';
import { upload } from '../support/running-archive.ts';
import { FAULT_KEY, FAULT_MIGRATIONS, type FaultKind, NEW_SECRET, placesOf, RECOVERY, SECRETS } from './places.ts';

const [kind = 'records', root = '', given = '1000000'] = process.argv.slice(2) as [FaultKind, string, string];
const rounds = Number(given);
const places = placesOf(root);
let acknowledged = 0;
const acknowledge = () => {
  writeSync(1, `ACK ${acknowledged}\n`);
  acknowledged += 1;
};

async function open(secret: string = SECRETS[0]): Promise<TestArchive> {
  const desk = await openTestArchive({ directory: places.archive, start: 'empty', clock: systemClock });
  await desk.dispatch('archive.unlock', { directory: places.archive, login: 'keeper', secret });
  return desk;
}

async function records(): Promise<void> {
  const desk = await open();
  writeSync(1, 'READY\n');
  for (let round = 0; round < rounds; round += 1) {
    const values = { registeredName: `公司${round}` };
    const { number } = await desk.dispatch('customers.create', { kind: 'enterprise', values });
    acknowledge();
    const { code } = await desk.dispatch('dossiers.addPaper', { customer: number, type: 'contract', title: '約' });
    acknowledge();
    const handed = await upload({ call: desk.dispatch }, 'scan.pdf', tinyPdf(`scan ${round}`), 'scan');
    await desk.dispatch('scans.attach', { upload: handed, code });
    acknowledge();
  }
}

async function people(): Promise<void> {
  const desk = await open();
  writeSync(1, 'READY\n');
  for (let round = 0; round < rounds; round += 1) {
    const current = SECRETS[round % SECRETS.length] ?? '';
    const next = SECRETS[(round + 1) % SECRETS.length] ?? '';
    await desk.dispatch('users.changeSecret', { current, next });
    acknowledge();
  }
}

async function rotate(): Promise<void> {
  writeSync(1, 'READY\n');
  for (let round = 0; round < rounds; round += 1) {
    const desk = await open();
    await desk.dispatch('keys.rotate', { secret: SECRETS[0] });
    acknowledge();
    await desk.close().catch(() => undefined);
  }
}

async function backup(): Promise<void> {
  const desk = await open();
  writeSync(1, 'READY\n');
  for (let round = 0; round < rounds; round += 1) {
    await desk.dispatch('archive.backup', { file: join(places.stick, `${round}.age`) });
    acknowledge();
  }
}

async function restore(): Promise<void> {
  const recoveryKey = readFileSync(join(root, RECOVERY), 'utf8');
  writeSync(1, 'READY\n');
  for (let round = 0; round < rounds; round += 1) {
    const directory = join(places.restored, String(round));
    if (existsSync(directory)) continue;
    const desk = await openTestArchive({ directory, start: 'empty', clock: systemClock });
    const file = join(places.stick, 'whole.age');
    await desk.dispatch('archive.restore', { file, directory, recoveryKey, newSecret: NEW_SECRET });
    await desk.close();
    acknowledge();
  }
}

/** Opens a database of the version before, which brings it up. */
function migrate(): void {
  writeSync(1, 'READY\n');
  for (let round = 0; round < rounds; round += 1) {
    const path = join(places.databases, `${round}.db`);
    if (!existsSync(path)) return;
    openArchiveDatabase({ path, key: FAULT_KEY, migrations: FAULT_MIGRATIONS }).close();
    acknowledge();
  }
}

const WORK: Readonly<Record<FaultKind, () => Promise<void> | void>> = {
  records,
  people,
  rotate,
  backup,
  restore,
  migrate,
};
await WORK[kind]();
// The work ended; whoever waits to kill it has still time. A power cut is recorded up to here.
if (given !== '1000000') process.exit(0);
