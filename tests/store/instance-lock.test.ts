import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { acquireInstanceLock } from '../../electron/store/instance-lock.ts';
import { codeOf, fingerprints, freshDatabase, scratchFolder } from '../support/store-scratch.ts';

const holderProgram = join(import.meta.dirname, '../support/lock-holder.ts');

/** A process that opens the vault in `folder`, holds it and reads its folder when told to. */
async function startHolder(folder: string) {
  const child = spawn(process.execPath, [holderProgram, folder, 'hold'], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const answers: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => answers.push(...text.trim().split('\n')));
  const until = async (answer: string) => {
    while (!answers.includes(answer)) await once(child.stdout, 'data');
  };
  await until('HELD');
  return { child, until };
}

const tryToOpen = (folder: string) =>
  spawnSync(process.execPath, [holderProgram, folder, 'try'], { encoding: 'utf8' }).stdout.trim();

function vault(): string {
  const folder = join(scratchFolder(), 'vault');
  mkdirSync(folder);
  freshDatabase(folder).database.close();
  writeFileSync(join(folder, 'vault.json'), '{}');
  return folder;
}

test('R47 a second process on the same vault is refused and writes nothing, also after 1,000 reads by the first', async () => {
  const folder = vault();
  const holder = await startHolder(folder);
  const before = fingerprints(folder);
  expect(tryToOpen(folder)).toBe('VAULT_IN_USE');
  holder.child.stdin.write('READ\n');
  await holder.until('READ DONE');
  expect(tryToOpen(folder)).toBe('VAULT_IN_USE');
  expect(fingerprints(folder)).toEqual(before);
});

test('R47 when the holder is killed, the next start gets the vault', async () => {
  const folder = vault();
  const holder = await startHolder(folder);
  holder.child.kill('SIGKILL');
  await once(holder.child, 'exit');
  expect(tryToOpen(folder)).toBe('OPENED');
});

test('R47 within one process the lock is held once, and free after release', () => {
  const path = join(scratchFolder(), 'lock.db');
  const lock = acquireInstanceLock(path);
  expect(codeOf(() => acquireInstanceLock(path))).toBe('VAULT_IN_USE');
  lock.release();
  lock.release();
  acquireInstanceLock(path).release();
  expect(statSync(path).size).toBe(0);
});

test('a lock file that holds something is not touched', () => {
  const folder = scratchFolder();
  const path = join(folder, 'lock.db');
  writeFileSync(path, 'not empty');
  expect(codeOf(() => acquireInstanceLock(path))).toBe('VAULT_DAMAGED');
  expect(readFileSync(path, 'utf8')).toBe('not empty');
  expect(readdirSync(folder)).toEqual(['lock.db']);
});
