import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Clock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { createVault, type KdfParameters, type OpenVault } from '../../electron/vault/vault.ts';
import type { Role } from '../../shared/domain/roles.ts';

/** Argon2id at a cost only tests may ask for; there is no other way in than by code. */
export const FAST_KDF: KdfParameters = { memoryKiB: 64, passes: 1, lanes: 1, minimumMemoryKiB: 8 };

export const KEEPER_SECRET = '木棉樹下三月的雨停在窗前書架邊';
export const FINGERPRINT = 'ab'.repeat(32);

/** A clock tests move by hand; `set` moves the wall alone, as somebody changing the time of the computer does. */
export interface HandClock extends Clock {
  advance(ms: number): void;
  set(iso: string): void;
}

export function handClock(start = '2026-01-05T08:00:00.000Z'): HandClock {
  let wall = Date.parse(start);
  let monotonic = 0;
  return {
    now: () => new Date(wall),
    monotonicMs: () => monotonic,
    advance: (ms) => {
      wall += ms;
      monotonic += ms;
    },
    set: (iso) => {
      wall = Date.parse(iso);
    },
  };
}

/** A folder of its own, removed after the test by `remove`. */
export function scratchFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'dossier-vault-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A vault with one keeper, login `keeper`, cheap Argon2id. */
export async function buildVault(directory: string, clock: Clock = handClock()) {
  const { opened, recoveryKey } = await createVault({
    directory,
    name: '實訓檔案館',
    keeper: { login: 'keeper', displayName: '王小明', secret: KEEPER_SECRET },
    clock,
    random: systemRandom,
    kdf: FAST_KDF,
    writeGenesis: async () => FINGERPRINT,
  });
  return { directory, clock, opened, recoveryKey };
}

/** A secret for a made-up person that passes the rules. */
export function secretFor(login: string): string {
  return `${login} 走過石橋去看海邊燈塔的倒影了`;
}

/** What `addUser` takes for a made-up person. */
export function newUserOf(login: string, role: Role) {
  return { login, displayName: `${login} 先生`, role, secret: secretFor(login) };
}

/** What people changes take besides their own parts. */
export function changeBase(opened: OpenVault, clock: Clock) {
  return { opened, clock, random: systemRandom, kdf: FAST_KDF };
}

/** SHA-256 of every file in a folder, by relative path. */
export function hashTree(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(directory, path), createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

/** The error of a promise that must fail. */
export async function failureOf(promise: Promise<unknown>): Promise<{ code: string; message: string; stack: string }> {
  try {
    await promise;
  } catch (thrown) {
    const { code, message, stack } = thrown as { code?: string; message: string; stack?: string };
    return { code: code ?? '', message, stack: stack ?? '' };
  }
  throw new Error('this was expected to fail');
}
