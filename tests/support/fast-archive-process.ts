/**
 * The archive process with a cheap Argon2id, for tests that open an archive hundreds of times. Everything else is the process that
 * the hosts start. Arguments: as that one's, and `--pace N`: its time runs N times as fast.
 */
import { parseArgs } from 'node:util';
import type { Clock } from '../../electron/platform/clock.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { parentChannel } from '../../electron/process/message-pump.ts';
import { serveArchive } from '../../electron/process/serve-archive.ts';
import { FAST_KDF } from '../builders/vault-builder.ts';

const { values } = parseArgs({ options: { pace: { type: 'string' } }, strict: false });
const pace = Number(values.pace ?? 1);
const started = systemClock.now().getTime();
const hurried: Clock = {
  now: () => new Date(started + (systemClock.now().getTime() - started) * pace),
  monotonicMs: () => systemClock.monotonicMs() * pace,
};

serveArchive({ channel: parentChannel(), kdf: FAST_KDF, args: process.argv.slice(2), clock: hurried });
