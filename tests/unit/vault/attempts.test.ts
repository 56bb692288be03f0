import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attemptGuard, createAttemptCounter, delaySeconds } from '../../../electron/vault/attempts.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type HandClock, handClock, scratchFolder } from '../../builders/vault-builder.ts';

let folder: ReturnType<typeof scratchFolder>;
let clock: HandClock;
beforeEach(async () => {
  folder = scratchFolder();
  clock = handClock();
  await createAttemptCounter(folder.path, clock);
});
afterEach(() => folder.remove());

const guardOf = (withClock: HandClock = clock) =>
  attemptGuard({ directory: folder.path, vaultId: '00'.repeat(16), clock: withClock, knownLogins: ['keeper', 'chen'] });

/** Seconds to wait before the next try, 0 if none, `off` if the login is disabled. */
async function waitOf(login = 'keeper', withClock: HandClock = clock): Promise<number | string> {
  try {
    await guardOf(withClock).before(login);
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return thrown.code === 'SECRET_DISABLED' ? 'off' : Number(thrown.params.seconds);
  }
}

async function failTimes(count: number, login = 'keeper', withClock: HandClock = clock): Promise<void> {
  for (let index = 0; index < count; index += 1) await guardOf(withClock).failed(login);
}

describe('the growing delay', () => {
  it('R26 is nothing for 4 failures, 30 s after 5, doubles to 15 minutes', () => {
    expect([0, 4, 5, 6, 7, 8, 9, 10, 11, 99].map(delaySeconds)).toEqual([0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it('R26 runs out, and starts again longer with the next failure', async () => {
    await failTimes(4);
    expect(await waitOf()).toBe(0);
    await failTimes(1);
    expect(await waitOf()).toBe(30);
    clock.advance(29_000);
    expect(await waitOf()).toBe(1);
    clock.advance(1_000);
    expect(await waitOf()).toBe(0);
    await failTimes(1);
    expect(await waitOf()).toBe(60);
    expect(await waitOf('chen')).toBe(0);
  });

  it('R26 ends with success', async () => {
    await failTimes(6);
    clock.advance(60_000);
    await guardOf().succeeded('keeper');
    await failTimes(4);
    expect(await waitOf()).toBe(0);
  });

  it('R26 after 100 failures only the recovery key or a supervisor helps', async () => {
    await failTimes(100);
    clock.advance(365 * 24 * 3_600_000);
    expect(await waitOf()).toBe('off');
    await guardOf().succeeded('keeper');
    expect(await waitOf()).toBe(0);
  });

  it('R26 survives a restart, and time that passed while the program was off counts', async () => {
    await failTimes(7);
    const restarted = handClock(clock.now().toISOString());
    expect(await waitOf('keeper', restarted)).toBe(120);
    const later = handClock(new Date(clock.now().getTime() + 50_000).toISOString());
    expect(await waitOf('keeper', later)).toBe(70);
    later.advance(70_000);
    expect(await waitOf('keeper', later)).toBe(0);
  });

  it('R26 is not shortened by setting the clock forward while the program runs', async () => {
    await failTimes(7);
    clock.set('2027-01-01T00:00:00.000Z');
    expect(await waitOf()).toBe(120);
  });

  it('R26 is not shortened by setting the clock back, and never grows beyond itself', async () => {
    await failTimes(7);
    clock.set('2025-01-01T00:00:00.000Z');
    expect(await waitOf()).toBe(120);
    const restarted = handClock('2025-01-01T00:00:00.000Z');
    expect(await waitOf('keeper', restarted)).toBe(120);
    restarted.advance(120_000);
    expect(await waitOf('keeper', restarted)).toBe(0);
    await failTimes(1, 'keeper', restarted);
    const stored = JSON.parse(readFileSync(join(folder.path, 'attempts.json'), 'utf8')) as { highWater: string };
    expect(stored.highWater >= '2026-01-05').toBe(true);
  });

  it.each([
    ['missing', (path: string) => rmSync(path)],
    ['empty', (path: string) => writeFileSync(path, '')],
    ['damaged', (path: string) => writeFileSync(path, '{"v":1,"entries":{}}')],
    ['huge', (path: string) => writeFileSync(path, ' '.repeat(400_000))],
  ])('R26 a %s counter means the longest delay for everybody, once', async (_, damage) => {
    damage(join(folder.path, 'attempts.json'));
    expect(await waitOf()).toBe(900);
    expect(await waitOf('chen')).toBe(900);
    const restarted = handClock(clock.now().toISOString());
    expect(await waitOf('keeper', restarted)).toBe(900);
    clock.advance(900_000);
    expect(await waitOf()).toBe(0);
    await failTimes(1);
    expect(await waitOf()).toBe(900);
    clock.advance(900_000);
    await guardOf().succeeded('keeper');
    expect(await waitOf()).toBe(0);
  });

  it('R26 many unknown names neither fill the disk nor push out the count of a known one', async () => {
    await failTimes(6);
    for (let index = 0; index < 700; index += 1) await guardOf().failed(`stranger-${index}`);
    const stored = JSON.parse(readFileSync(join(folder.path, 'attempts.json'), 'utf8')) as { entries: object };
    expect(Object.keys(stored.entries).length).toBeLessThanOrEqual(501);
    expect(await waitOf()).toBe(60);
  });

  it('holds no login in readable form', async () => {
    await failTimes(1, 'chen');
    expect(readFileSync(join(folder.path, 'attempts.json'), 'utf8')).not.toContain('chen');
  });
});
