import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hashTree, KEEPER_SECRET } from '../builders/vault-builder.ts';
import { type CliRun, cli, looksLikeWords } from '../support/cli-process.ts';
import { ARCHIVE_PROCESS, processTree, startArchive } from '../support/running-archive.ts';

// Processes with the full cost of Argon2id, on machines of any speed.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const linux = process.platform === 'linux';
let folder: string;
let vault: string;
let recoveryKey: string;
const home = () => ({ DOSSIER_DESK_DATA: join(folder, 'data'), TMPDIR: join(folder, 'tmp') });
const run = (args: string[], options: Parameters<typeof cli>[1] = {}): Promise<CliRun> =>
  cli(args, { secret: KEEPER_SECRET, ...options, env: { ...home(), ...options.env } });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-cli-'));
  mkdirSync(join(folder, 'tmp'));
  vault = join(folder, 'vault');
  const made = await run(['create', '--vault', vault, '--name', '測試檔案', '--json']);
  expect(made.err).toBe('');
  ({ recoveryKey } = JSON.parse(made.out) as { recoveryKey: string });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the vault to do harm to. */
function copyOf(name: string): string {
  const copy = join(folder, name);
  cpSync(vault, copy, { recursive: true });
  return copy;
}

describe('R03 a vault that is none', () => {
  it('R03 R50 a missing or empty folder is said to hold no archive, and nothing is created', async () => {
    const absent = join(folder, 'absent');
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const runs = await Promise.all([run(['verify', '--vault', absent]), run(['verify', '--vault', empty])]);
    for (const { status, out, err } of runs) {
      expect([status, out]).toEqual([1, '']);
      expect(err).toContain('沒有檔案庫');
      expect(looksLikeWords(err), err).toBe(true);
    }
    expect([existsSync(absent), readdirSync(empty)]).toEqual([false, []]);
  });

  it('R03 R50 a vault whose database is missing, empty or plain is refused: 3, and left as it was', async () => {
    const Sqlite = createRequire(import.meta.url)('better-sqlite3-multiple-ciphers');
    const harms: Record<string, (path: string) => void> = {
      missing: (path) => rmSync(path),
      empty: (path) => writeFileSync(path, ''),
      plain: (path) => {
        rmSync(path);
        new Sqlite(path).exec('CREATE TABLE customer (id INTEGER)').close();
      },
    };
    await Promise.all(
      Object.entries(harms).map(async ([name, harm]) => {
        const harmed = copyOf(name);
        harm(join(harmed, 'archive.db'));
        const before = hashTree(harmed);
        const { status, out, err } = await run(['verify', '--vault', harmed, '--json']);
        expect([name, status, out]).toEqual([name, 3, '']);
        const { error } = JSON.parse(err) as { error: { code: string; message: string } };
        expect(error.code).toMatch(/^VAULT_(DAMAGED|NOT_A_VAULT)$/);
        expect(looksLikeWords(error.message), error.message).toBe(true);
        expect(hashTree(harmed)).toEqual(before);
      }),
    );
  });

  it('R03 a plain SQLite finds no database in it', () => {
    const look = `new (require('node:sqlite').DatabaseSync)(process.argv[1], { readOnly: true }).prepare('SELECT name FROM sqlite_schema').all()`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', look, join(vault, 'archive.db')], {
      encoding: 'utf8',
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain('file is not a database');
  });

  it('R03 no database file of a vault begins like a plaintext database', () => {
    for (const name of readdirSync(vault).filter((file) => file.includes('.db')))
      expect(readFileSync(join(vault, name)).subarray(0, 15).toString('latin1'), name).not.toBe('SQLite format 3');
  });
});

describe('R04 R05 wrong secrets and right ones', () => {
  it('R04 a wrong secret and an unknown login get the same answer, 8, and change nothing but the counter', async () => {
    const copy = copyOf('guessed');
    const before = hashTree(copy);
    const wrong = await run(['verify', '--vault', copy], { secret: 'qzvarrel wrong secret of many words' });
    const stranger = await run(['verify', '--vault', copy, '--as', 'nobody'], {
      secret: 'qzvarrel wrong secret of many words',
    });
    expect([wrong.status, wrong.out]).toEqual([8, '']);
    expect(stranger).toEqual(wrong);
    expect(looksLikeWords(wrong.err), wrong.err).toBe(true);
    expect(wrong.err).not.toContain('qzvarrel');
    // Beside the counter, what is kept until somebody is let in (R38).
    const { 'attempts.json': counted, 'outer.log': _kept, ...others } = hashTree(copy);
    expect(counted).not.toBe(before['attempts.json']);
    const { 'outer.log': _earlier, ...unchanged } = before;
    expect({ ...others, 'attempts.json': before['attempts.json'] }).toEqual(unchanged);
  });

  it.runIf(linux)(
    'R05 R62 no argument, and no environment of a child, holds the secret; nothing that is written does',
    async () => {
      const table = join(folder, 'many.csv');
      writeFileSync(
        table,
        `客戶名稱,電話\n${Array.from({ length: 60_000 }, (_, row) => `公司${row},02-${row}`).join('\n')}\n`,
      );
      const seen = new Map<string, { arguments: string; environment: string }>();
      let watching: NodeJS.Timeout | undefined;
      const { status, out, err } = await run(['import', table, '--vault', vault, '--kind', 'enterprise', '--dry-run'], {
        onStart: (child) => {
          watching = setInterval(() => {
            for (const pid of processTree(child.pid ?? 0))
              try {
                const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
                // One that has ended and was not yet asked for its status has no command line, nor anything to hold.
                if (line === '') continue;
                const entry = /[a-z-]+\.(?:ts|js)(?= |$)/.exec(line)?.[0] ?? line;
                seen.set(entry, { arguments: line, environment: readFileSync(`/proc/${pid}/environ`, 'utf8') });
              } catch {
                // It has just ended.
              }
          }, 15);
        },
      });
      clearInterval(watching);
      expect([status, err.includes(KEEPER_SECRET), out.includes(KEEPER_SECRET)]).toEqual([0, false, false]);
      expect([...seen.keys()].sort()).toEqual(['archive-process.ts', 'import-process.ts', 'main.ts']);
      for (const [entry, { arguments: line, environment }] of seen) {
        expect(line, entry).not.toContain(KEEPER_SECRET);
        // The one process that was given it there is the command line itself.
        expect(environment.includes(KEEPER_SECRET), entry).toBe(entry === 'main.ts');
      }
    },
  );

  it('R05 errors of a set-up that went wrong repeat neither secret nor recovery key', async () => {
    const again = await run(['create', '--vault', vault, '--json']);
    expect(again.status).toBe(5);
    const short = await run(['create', '--vault', join(folder, 'short'), '--json'], { secret: 'qzvarrel' });
    expect(short.status).toBe(1);
    const restored = await run(['restore', join(folder, 'no such file'), '--vault', join(folder, 'new'), '--json'], {
      env: { DOSSIER_DESK_RECOVERY_KEY: recoveryKey },
    });
    expect(restored.status).toBe(1);
    for (const { out, err } of [again, short, restored]) {
      expect(out).toBe('');
      for (const word of [KEEPER_SECRET, 'qzvarrel', recoveryKey, recoveryKey.slice(15, 40)])
        expect(err).not.toContain(word);
      expect(looksLikeWords((JSON.parse(err) as { error: { message: string } }).error.message), err).toBe(true);
    }
    expect(existsSync(join(folder, 'short'))).toBe(false);
  });
});

describe('R47 one at a time', () => {
  it('R47 a second process is refused with 5 and writes nothing; after SIGKILL of the first the next one works', async () => {
    const shared = copyOf('shared');
    const holder = startArchive({ entry: ARCHIVE_PROCESS, dataFolder: join(folder, 'holder') });
    await holder.call('archive.unlock', { directory: shared, login: 'keeper', secret: KEEPER_SECRET });
    const database = join(shared, 'archive.db');
    const untouched = statSync(database).mtimeMs;
    await holder.call('customers.create', { kind: 'individual', values: { name: '陳一' } });
    // In the pause after it, the first process moves its write-ahead log into the database; then it is still.
    await expect.poll(() => statSync(database).mtimeMs, { timeout: 20_000 }).toBeGreaterThan(untouched);
    const before = stateOf(shared);
    const second = await run(['search', '陳一', '--vault', shared], {
      env: { DOSSIER_DESK_DATA: join(folder, 'another profile') },
    });
    expect([second.status, second.out]).toEqual([5, '']);
    expect(looksLikeWords(second.err), second.err).toBe(true);
    expect(stateOf(shared)).toEqual(before);
    await holder.kill();
    const next = await run(['search', '陳一', '--vault', shared, '--json']);
    expect([next.status, (JSON.parse(next.out) as { total: number }).total]).toEqual([0, 1]);
  });
});

describe('R10 the recovery key', () => {
  it('R10 opens a copy on a machine that has nothing but the copy, and every other key is refused', async () => {
    const copy = copyOf('elsewhere');
    const env = { DOSSIER_DESK_DATA: join(folder, 'other machine'), HOME: join(folder, 'other home') };
    const call = (key: string) =>
      run(['call', 'archive.unlockWithRecoveryKey', '-', '--json'], {
        stdin: JSON.stringify({ directory: copy, recoveryKey: key, newSecret: '新的密語是海邊燈塔與三月的細雨' }),
        env,
      });
    const last = recoveryKey.at(-1) === 'Q' ? 'P' : 'Q';
    expect((await call(recoveryKey.slice(0, -1) + last)).status).toBe(8);
    const opened = await call(recoveryKey);
    expect([opened.status, opened.err]).toEqual([0, '']);
    expect(JSON.parse(opened.out)).toMatchObject({ kind: 'desk', user: { login: 'keeper' } });
    const verified = await run(['verify', '--vault', copy], { secret: '新的密語是海邊燈塔與三月的細雨', env });
    expect(verified.status).toBe(0);
    // Every check is named in words.
    expect(verified.out).not.toContain('check.');
  });
});

describe('R11 the key stores of the system', () => {
  it.runIf(linux)(
    'R11 another one, a broken one, or none: the secret alone opens the archive all the same',
    async () => {
      const copy = copyOf('key store');
      const otherHome = join(folder, 'home with another key store');
      mkdirSync(join(otherHome, '.local', 'share', 'keyrings'), { recursive: true });
      writeFileSync(join(otherHome, '.local', 'share', 'keyrings', 'login.keyring'), 'broken');
      const stores = {
        'the one of this session': {},
        'another one, broken': {
          HOME: otherHome,
          XDG_DATA_HOME: join(otherHome, '.local', 'share'),
          DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(otherHome, 'no bus')}`,
          GNOME_KEYRING_CONTROL: join(otherHome, 'no keyring'),
          KDE_SESSION_VERSION: '6',
        },
        none: {
          HOME: '/nonexistent',
          DBUS_SESSION_BUS_ADDRESS: '',
          XDG_RUNTIME_DIR: '/nonexistent',
          XDG_DATA_HOME: '',
        },
      };
      for (const [store, env] of Object.entries(stores)) {
        const { status } = await run(['verify', '--vault', copy], { env });
        expect([store, status]).toEqual([store, 0]);
      }
    },
  );
});

describe('R52 a folder that is no place for an archive', () => {
  it('R52 is refused with the reason and nothing is made; who wants it there says so, and the log has it', async () => {
    const synchronised = join(folder, 'Dropbox', 'archive');
    const refused = await run(['create', '--vault', synchronised, '--name', '同步檔案']);
    expect([refused.status, existsSync(join(folder, 'Dropbox'))]).toEqual([1, false]);
    expect(looksLikeWords(refused.err), refused.err).toBe(true);
    expect((await run(['create', '--vault', synchronised, '--name', '同步檔案', '--even-here'])).status).toBe(0);
    const log = await run(['call', 'audit.list', '{"type":"session.unlock"}', '--vault', synchronised, '--json']);
    expect(log.out).toContain('synchronised');
  });
});

/** Content and time of the last change of each file; the shared memory of the holder is its own. */
function stateOf(directory: string) {
  return Object.entries(hashTree(directory))
    .filter(([name]) => !name.endsWith('-shm'))
    .map(([name, hash]) => [name, hash, statSync(join(directory, name)).mtimeMs]);
}
