import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CHANNELS } from '../../electron/bridge/channels.ts';
import { createHostCore, type HostCore } from '../../electron/hosts/host-core.ts';
import { openHostSettings } from '../../electron/hosts/host-settings.ts';
import type { NativeHost } from '../../electron/hosts/native-host.ts';
import { forkSpawner } from '../../electron/process/spawn-archive.ts';
import { contract, type OperationName, type OutputOf } from '../../shared/contract/contract.ts';
import type { Answer } from '../../shared/contract/messages.ts';
import type { Operation } from '../../shared/contract/operation.ts';
import { admissionOf, SITUATIONS, type Situation } from '../../shared/contract/role-table.ts';
import { LOOKUP_ROLES, ROLES, type Role } from '../../shared/domain/roles.ts';
import { secretFor } from '../builders/vault-builder.ts';
import { FAST_ARCHIVE_PROCESS } from '../support/running-archive.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

/**
 * A client without a window: it says through the hosts' own gate whatever it likes, to the real archive process, as real people with
 * real secrets. Every operation in every situation gets the answer that the table of roles says (build/roles.md).
 */
const OPERATIONS = Object.entries(contract) as [OperationName, Operation][];
/** No schema takes it: what is let in stops right behind the door and does nothing. */
const UNFIT = { 'no such key': true };
const PURPOSE = '核對往來資料';
const KEEPER = { login: 'keeper', displayName: '王小明', secret: secretFor('keeper') };

let folder = '';
let vault = '';
let core: HostCore;
let rooms: boolean[] = [];
let calls = 0;
let walked = 0;

const host: NativeHost = {
  kind: 'chromium',
  dialogs: true,
  blocksScreenPictures: false,
  pushEvent: () => {},
  chooseFolder: async () => '/chosen',
  chooseSavePath: async () => '/chosen',
  revealFolder: async () => true,
  setLookupRoom: async (on) => void rooms.push(on),
  toggleFullScreen: async () => true,
  onSystemLock: () => {},
  comeForward: () => {},
  quit: () => {},
};

function say(name: string, input: unknown): Promise<Answer> {
  calls += 1;
  return core.gate.receive(CHANNELS.call, { name, input, callId: `raw-${calls}` });
}
async function done<N extends OperationName>(name: N, input: unknown): Promise<OutputOf<N>> {
  const answer = await say(name, input);
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
  return answer.output as OutputOf<N>;
}
const codeOf = async (name: string, input: unknown) => {
  const answer = await say(name, input);
  return answer.ok ? 'ok' : answer.error.code;
};
const unlock = (login: string, secret = secretFor(login)) =>
  done('archive.unlock', { directory: vault, login, secret });

/** Brings about a situation from a closed archive, by its real way. */
async function enter({ session, role }: Situation): Promise<void> {
  if (session === 'closed') return;
  if (session === 'desk' && role !== 'auditor') return void (await unlock(role ?? ''));
  await unlock('keeper');
  await done('lookup.handOver', {});
  if (role !== null) await done('lookup.signIn', { login: role, secret: secretFor(role), purpose: PURPOSE });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'raw-client-'));
  vault = join(folder, 'vault');
  core = createHostCore(
    host,
    openHostSettings(folder),
    { data: folder, vault, output: folder },
    forkSpawner(FAST_ARCHIVE_PROCESS, ['--data-folder', folder]),
  );
  await done('archive.create', { directory: vault, name: '測試檔案', keeper: KEEPER });
  // The supervisor comes last: from then on admissions take two.
  const others = ROLES.filter((role) => role !== 'keeper' && role !== 'supervisor');
  for (const role of [...others, 'supervisor'] satisfies Role[])
    await done('users.add', {
      ownSecret: KEEPER.secret,
      login: role,
      displayName: role,
      role,
      secret: secretFor(role),
    });
  await done('host.rememberVault', { directory: vault, name: '測試檔案', practice: false });
  await core.supervisor.lock('asked');
});
afterAll(async () => {
  await core.supervisor.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('R17 every operation in every situation answers a raw client as the table of roles says', () => {
  for (const situation of SITUATIONS)
    it(`${situation.session} · ${situation.role ?? 'nobody'}`, async () => {
      await enter(situation);
      const wrong: string[] = [];
      for (const [name, operation] of OPERATIONS) {
        // Asked to end, the program ends the situation with it; `lock` of the host needs no input.
        const wanted = admissionOf(operation, situation);
        const code = await codeOf(name, UNFIT);
        walked += 1;
        if (code !== (wanted === 'through' ? 'INPUT_INVALID' : wanted)) wrong.push(`${name}: ${code}, not ${wanted}`);
      }
      expect(wrong).toEqual([]);
      await core.supervisor.lock('asked');
    });

  it('every cell has been walked', () => expect(walked).toBe(OPERATIONS.length * SITUATIONS.length));

  it('after a lock there is nobody, whoever was there', async () => {
    await unlock('keeper');
    await core.supervisor.lock('idle');
    const open: string[] = [];
    for (const [name, { kind, sessions }] of OPERATIONS)
      if (kind !== 'host' && !sessions.includes('closed')) open.push(await codeOf(name, {}));
    expect(new Set(open)).toEqual(new Set(['LOCKED']));
    await core.supervisor.lock('asked');
  });
});

describe('R what has no cell cannot come about', () => {
  it('only keepers and supervisors open an archive', async () => {
    for (const role of ROLES.filter((one) => one !== 'keeper' && one !== 'supervisor'))
      expect(await codeOf('archive.unlock', { directory: vault, login: role, secret: secretFor(role) })).toBe(
        'ROLE_REFUSED',
      );
    expect(await codeOf('archive.unlock', { directory: vault, login: 'sales', secret: secretFor('sales') })).toBe(
      'SECRET_WRONG',
    );
    await core.supervisor.lock('asked');
  });

  it('L1 in the reading room nobody sits but who may look up: keeper, salesperson and the unknown are refused and recorded', async () => {
    await unlock('keeper');
    await done('lookup.handOver', {});
    const attempt = (login: string, secret = secretFor(login)) =>
      codeOf('lookup.signIn', { login, secret, purpose: PURPOSE });
    expect(await attempt('keeper')).toBe('ROLE_REFUSED');
    expect(await attempt('salesperson')).toBe('SECRET_WRONG');
    expect(await attempt('executive', secretFor('somebody else'))).toBe('SECRET_WRONG');
    await done('lookup.backToDesk', { secret: KEEPER.secret });
    const { refused } = await done('lookup.register', {});
    expect(refused.slice(0, 3).map(({ login, code }) => [login, code])).toEqual([
      ['executive', 'SECRET_WRONG'],
      ['salesperson', 'SECRET_WRONG'],
      ['keeper', 'ROLE_REFUSED'],
    ]);
    await core.supervisor.lock('asked');
  });

  it('L2 role, approval or session in the input have no effect', async () => {
    await enter({ session: 'lookup', role: LOOKUP_ROLES[0] ?? null });
    for (const more of [{ role: 'keeper' }, { approved: true }, { session: 'desk' }, { actor: 'keeper' }])
      expect(await codeOf('customers.create', { kind: 'enterprise', values: {}, ...more })).toBe('LOOKUP_ONLY');
    await core.supervisor.lock('asked');
  });
});

describe('L2 the room is the host’s', () => {
  it('opens with the handing over, closes with the return or the lock; the window has no say in it', async () => {
    rooms = [];
    await unlock('keeper');
    await done('lookup.handOver', {});
    await vi.waitFor(() => expect(rooms).toEqual([true]));
    expect(await codeOf('host.setLookupRoom', { on: false })).toBe('INPUT_INVALID');
    for (const name of ['host.chooseFolder', 'host.toggleFullScreen', 'host.revealOutput'])
      expect(await codeOf(name, {})).toBe('LOOKUP_ONLY');
    // What the keeper opened last is not for whoever reads.
    expect((await done('host.info', {})).recentVaults).toEqual([]);
    await done('lookup.backToDesk', { secret: KEEPER.secret });
    await vi.waitFor(() => expect(rooms).toEqual([true, false]));
    expect((await done('host.info', {})).recentVaults).toHaveLength(1);
    await done('lookup.handOver', {});
    await vi.waitFor(() => expect(rooms).toEqual([true, false, true]));
    expect((await done('host.info', {})).archiveRuns).toBe(true);
    await core.supervisor.lock('idle');
    expect((await done('host.info', {})).archiveRuns).toBe(false);
    await vi.waitFor(() => expect(rooms).toEqual([true, false, true, false]));
    expect(core.supervisor.pid).toBeUndefined();
  });
});

it('R build/roles.md is current', () => {
  const script = join(import.meta.dirname, '..', '..', 'build', 'scripts', 'roles-table.ts');
  const check = () => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' });
  expect(check).not.toThrow();
});
