import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { confinedSpawner } from '../../../electron/platform/confined-child.ts';
import { createPrinter, type Printer, printSpawner } from '../../../electron/print/printer.ts';
import { entryPoint } from '../../../electron/process/entry-points.ts';
import { examples } from './print-examples.ts';

const ENTRY = entryPoint('print-process');
const printers: Printer[] = [];
const printer = (spawn = printSpawner(ENTRY)) => {
  const made = createPrinter({ spawn });
  printers.push(made);
  return made;
};
afterEach(async () => {
  for (const made of printers.splice(0)) await made.close();
});

/** Remembers the processes that are started. */
function watched() {
  const children: { pid: number | undefined; ended: Promise<void> }[] = [];
  const spawn = () => {
    const child = printSpawner(ENTRY)();
    const ended = Promise.withResolvers<void>();
    child.onExit(() => ended.resolve());
    children.push({ pid: child.pid, ended: ended.promise });
    return child;
  };
  return { children, spawn };
}

describe('printing in a process of its own (R62)', () => {
  it('is served after the window, whoever has started it', async () => {
    const { children, spawn } = watched();
    await printer(spawn).warmUp();
    expect(getPriority(children[0]?.pid)).toBeGreaterThan(getPriority());
  });

  it('it has no secret in its environment', async () => {
    process.env.DOSSIER_DESK_SECRET = 'a secret of the keeper';
    try {
      const { children, spawn } = watched();
      await printer(spawn).warmUp();
      if (process.platform === 'linux')
        expect(readFileSync(`/proc/${children[0]?.pid}/environ`, 'utf8')).not.toMatch(/DOSSIER|HOME|PATH/);
    } finally {
      delete process.env.DOSSIER_DESK_SECRET;
    }
  });

  it('R24 it ends when whoever started it goes, though it is in the middle of typesetting', async () => {
    const child = fork(ENTRY, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const exit = new Promise<[number | null, string | null]>((resolve) => child.on('exit', (...how) => resolve(how)));
    const said: unknown[] = [];
    await new Promise<void>((resolve) => {
      child.on('message', (message: { kind: string }) => {
        said.push(message.kind);
        if (message.kind !== 'ready') return;
        const { data } = examples.tableReport;
        const rows = Array.from({ length: 20_000 }, () => data.rows[0]);
        child.send({ kind: 'form', form: { name: 'tableReport', data: { ...data, rows } }, papers: 0 } as never, () =>
          resolve(),
        );
      });
    });
    child.disconnect();
    expect(await exit).toEqual([null, 'SIGKILL']);
    expect(said).not.toContain('printed');
  });

  it('after what opens an archive it ends at once, and the next print has another one', async () => {
    const { children, spawn } = watched();
    const own = printer(spawn);
    await own.printForm('recoverySheet', examples.recoverySheet.data, { secret: true });
    await children[0]?.ended;
    expect((await own.printForm('card', examples.card.data)).pages).toBe(1);
    expect(children).toHaveLength(2);
  });

  it('a process that cannot be started, dies or says something else is a print that failed', async () => {
    const nowhere = printer(confinedSpawner('/nowhere/print-process.ts', { heapMegabytes: 64 }));
    await expect(nowhere.warmUp()).rejects.toMatchObject({ code: 'PRINT_FAILED' });
    const silent: (() => void)[] = [];
    const strange = printer(() => ({
      send: () => undefined,
      onMessage: (listener) => queueMicrotask(() => listener({ kind: 'printed', bytes: -1 })),
      onExit: (listener) => void silent.push(() => listener(1)),
      kill() {
        for (const end of silent) end();
      },
    }));
    await expect(strange.warmUp()).rejects.toMatchObject({ code: 'PRINT_FAILED' });
  });
});
