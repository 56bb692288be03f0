import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forkSpawner, LOCK_GRACE_MS } from '../../electron/process/spawn-archive.ts';
import { type ArchiveSupervisor, createArchiveSupervisor } from '../../electron/process/spawn-supervisor.ts';
import type { Answer, ArchiveEvent } from '../../shared/contract/messages.ts';

const entry = fileURLToPath(new URL('../support/fake-archive-process.ts', import.meta.url));

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function outputOf(answer: Answer): Record<string, unknown> {
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.output as Record<string, unknown>;
}

describe('archive supervisor', () => {
  let supervisor: ArchiveSupervisor;
  let events: ArchiveEvent[];

  function start(args: string[] = []): void {
    supervisor = createArchiveSupervisor(forkSpawner(entry, args));
    events = [];
    supervisor.onEvent((event) => events.push(event));
  }

  beforeEach(() => start());
  afterEach(() => supervisor.close());

  it('starts the process with the first call and hands on name, input and answer', async () => {
    expect(supervisor.pid).toBeUndefined();
    const output = outputOf(await supervisor.call('archive.status', { a: [1, '二'] }, 'c1', 'window'));
    expect(output).toMatchObject({ name: 'archive.status', input: { a: [1, '二'] } });
    expect(supervisor.pid).toBe(output.pid);
  });

  it('R24 lock: the process no longer exists when lock resolves, and the window is told why', async () => {
    await supervisor.call('archive.status', {}, 'c1', 'window');
    const pid = supervisor.pid as number;
    const unanswered = supervisor.call('session.touch', {}, 'c2', 'window');
    await supervisor.lock('screen');
    expect(exists(pid)).toBe(false);
    expect(await unanswered).toMatchObject({ ok: false, error: { code: 'LOCKED' } });
    expect(events).toEqual([{ type: 'locked', reason: 'screen' }]);
  });

  it('R24 a process that does not obey is killed within two seconds', async () => {
    await supervisor.close();
    start(['--stubborn']);
    await supervisor.call('archive.status', {}, 'c1', 'window');
    const pid = supervisor.pid as number;
    expect(LOCK_GRACE_MS).toBeLessThan(2000);
    await supervisor.lock('idle');
    expect(exists(pid)).toBe(false);
    expect(events).toEqual([{ type: 'locked', reason: 'idle' }]);
  });

  it('a call made while locking waits and gets a new process', async () => {
    const first = outputOf(await supervisor.call('archive.status', {}, 'c1', 'window'));
    void supervisor.lock('asked');
    const second = outputOf(await supervisor.call('archive.status', {}, 'c2', 'window'));
    expect(second.pid).not.toBe(first.pid);
    expect(exists(first.pid as number)).toBe(false);
  });

  it('R24 a question that comes after the lock brings no process back', async () => {
    await supervisor.call('archive.status', {}, 'c1', 'window');
    const locking = supervisor.lock('asked');
    const meanwhile = supervisor.call('customers.list', {}, 'c2', 'window');
    await locking;
    expect(await meanwhile).toMatchObject({ ok: false, error: { code: 'LOCKED' } });
    expect(await supervisor.call('desk.overview', {}, 'c3', 'window')).toMatchObject({ error: { code: 'LOCKED' } });
    expect(supervisor.pid).toBeUndefined();
  });

  it('a crash answers what was waiting, tells the window, and the next call works', async () => {
    await supervisor.call('archive.status', {}, 'c1', 'window');
    const unanswered = supervisor.call('session.touch', {}, 'c2', 'window');
    process.kill(supervisor.pid as number, 'SIGKILL');
    const ended = { ok: false, error: { code: 'LOCKED', params: { reason: 'crash' }, hint: 'hint.archiveEnded' } };
    expect(await unanswered).toMatchObject(ended);
    // Not “locked” as if somebody had locked it.
    expect(await supervisor.call('desk.overview', {}, 'c2b', 'window')).toMatchObject(ended);
    expect(events).toEqual([{ type: 'locked', reason: 'crash' }]);
    expect(outputOf(await supervisor.call('archive.status', {}, 'c3', 'window')).name).toBe('archive.status');
  });

  it('a process that locks itself names its own reason, told once it is gone', async () => {
    const told = new Promise<ArchiveEvent>((resolve) => supervisor.onEvent(resolve));
    await supervisor.call('archive.status', {}, 'c0', 'window');
    await supervisor.call('session.lock', {}, 'c1', 'window');
    expect(await told).toEqual({ type: 'locked', reason: 'idle' });
    expect(supervisor.pid).toBeUndefined();
  });

  it('progress arrives and cancel reaches the call', async () => {
    await supervisor.call('archive.status', {}, 'c0', 'window');
    const answer = supervisor.call('audit.verify', {}, 'c1', 'window');
    await new Promise<void>((resolve) => supervisor.onEvent(() => resolve()));
    expect(events[0]).toMatchObject({ type: 'progress', callId: 'c1' });
    supervisor.cancel('c1');
    expect(await answer).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
  });

  it('an id in use is refused, the first call stays', async () => {
    await supervisor.call('archive.status', {}, 'c0', 'window');
    const first = supervisor.call('audit.verify', {}, 'same', 'window');
    expect(await supervisor.call('archive.status', {}, 'same', 'window')).toMatchObject({
      error: { code: 'CONFLICT' },
    });
    supervisor.cancel('same');
    expect(await first).toMatchObject({ error: { code: 'CANCELLED' } });
  });

  it.each(['DOSSIER_DESK_SECRET', 'DOSSIER_DESK_RECOVERY_KEY'])(
    'R05 what %s holds does not reach the environment of the process',
    async (name) => {
      process.env[name] = 'canary';
      try {
        expect(outputOf(await supervisor.call('archive.status', {}, 'c1', 'cli')).secret).toBeNull();
      } finally {
        delete process.env[name];
      }
    },
  );

  it('after close nothing is started any more', async () => {
    await supervisor.close();
    expect(await supervisor.call('archive.status', {}, 'c1', 'window')).toMatchObject({ error: { code: 'LOCKED' } });
    expect(supervisor.pid).toBeUndefined();
  });
});
