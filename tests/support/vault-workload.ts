/**
 * Child process for R44: changes a vault over and over until it is killed. Prints a line after its first round.
 * Arguments: what to do (`create`, `secret`, `people`, `rotate`), folder.
 */
import { join } from 'node:path';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { addUser, changeSecret, openVault, prepareRotation, settleRotation } from '../../electron/vault/vault.ts';
import { buildVault, changeBase, FAST_KDF, KEEPER_SECRET, newUserOf } from '../builders/vault-builder.ts';
import { SECRETS } from './vault-workload-secrets.ts';

const [, , kind = '', folder = ''] = process.argv;
const base = { directory: folder, login: 'keeper', clock: systemClock, random: systemRandom, kdf: FAST_KDF };

async function changeSecretRound(): Promise<void> {
  for (const [index, current] of SECRETS.entries())
    await changeSecret({ ...base, current, next: SECRETS[(index + 1) % SECRETS.length] ?? '' });
}

async function addUserRound(round: number): Promise<void> {
  const opened = await openVault({ ...base, secret: KEEPER_SECRET });
  await addUser({
    ...changeBase(opened, systemClock),
    newUser: newUserOf(`person-${process.pid}-${round}`, 'executive'),
  });
}

async function rotationRound(): Promise<void> {
  const opened = await openVault({ ...base, secret: KEEPER_SECRET });
  const settled = await settleRotation({ opened, databaseOpensWith: 'present' });
  await (await prepareRotation(changeBase(settled, systemClock))).finish();
}

for (let round = 0; ; round += 1) {
  if (kind === 'create') await buildVault(join(folder, `${process.pid}-${round}`), systemClock);
  else if (kind === 'secret') await changeSecretRound();
  else if (kind === 'people') await addUserRound(round);
  else await rotationRound();
  if (round === 0) process.stdout.write('ready\n');
}
