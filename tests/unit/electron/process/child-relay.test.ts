import { describe, expect, it } from 'vitest';
import { type RelayedChild, relayedSpawners, serveChildRelay } from '../../../../electron/process/child-relay.ts';

/** Both ends joined without a process between them; what the host starts is under the test's hand. */
function joined() {
  const toHost: ((message: unknown) => void)[] = [];
  const toArchive: ((message: unknown) => void)[] = [];
  const archiveEnd: (() => void)[] = [];
  const started: { said: unknown[]; killed: boolean; tell(message: unknown): void; exit(code: number | null): void }[] =
    [];
  serveChildRelay(
    { onMessage: (listener) => void toHost.push(listener), onExit: (listener) => void archiveEnd.push(listener) },
    (message) => {
      for (const listener of toArchive) listener(message);
    },
    (): RelayedChild => {
      const listeners: ((message: unknown) => void)[] = [];
      const exits: ((code: number | null) => void)[] = [];
      const child = {
        said: [] as unknown[],
        killed: false,
        tell: (message: unknown) => {
          for (const listener of listeners) listener(message);
        },
        exit: (code: number | null) => {
          for (const listener of exits) listener(code);
        },
      };
      started.push(child);
      return {
        send: (message) => void child.said.push(message),
        onMessage: (listener) => void listeners.push(listener),
        onExit: (listener) => void exits.push(listener),
        kill: () => {
          child.killed = true;
          child.exit(null);
        },
      };
    },
  );
  const say = (message: unknown): void => {
    for (const listener of toHost) listener(message);
  };
  const spawn = relayedSpawners({ send: say, onMessage: (listener) => void toArchive.push(listener) })('import');
  return { spawn, started, say, endArchive: () => archiveEnd[0]?.() };
}

describe('relay of processes for foreign bytes', () => {
  it('carries messages both ways, to the right child', () => {
    const { spawn, started } = joined();
    const [one, two] = [spawn(), spawn()];
    const heard: unknown[] = [];
    two.onMessage((message) => heard.push(message));
    one.send({ kind: 'next' });
    started[1]?.tell({ kind: 'ready' });
    expect(started.map(({ said }) => said)).toEqual([[{ kind: 'next' }], []]);
    expect(heard).toEqual([{ kind: 'ready' }]);
  });

  it('R62 kills at once, and tells the end once', () => {
    const { spawn, started } = joined();
    const child = spawn();
    const ends: (number | null)[] = [];
    child.onExit((code) => ends.push(code));
    child.kill();
    started[0]?.exit(0);
    expect([started[0]?.killed, ends]).toEqual([true, [null]]);
  });

  it('no import process outlives the archive process', () => {
    const { spawn, started, endArchive } = joined();
    spawn();
    spawn();
    endArchive();
    expect(started.map(({ killed }) => killed)).toEqual([true, true]);
  });

  it('starts a handful at most', () => {
    const { spawn, started } = joined();
    for (let index = 0; index < 6; index += 1) spawn();
    expect(started.length).toBe(4);
  });

  it('messages of another shape start and reach nothing', () => {
    const { say, started } = joined();
    for (const message of [
      null,
      {},
      { kind: 'childStart' },
      { kind: 'childStart', child: 1, program: '/bin/sh' },
      { kind: 'childStart', child: 1, program: 'import', path: '/bin/sh' },
      { kind: 'call' },
    ])
      say(message);
    expect(started).toEqual([]);
  });
});
