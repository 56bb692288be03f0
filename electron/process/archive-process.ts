import { giveWay } from '../platform/priority.ts';
import { databaseAnswers } from '../store/self-test.ts';
import { failedSelfTests } from '../vault/self-test.ts';
import { PRODUCTION_KDF } from '../vault/vault.ts';
import { parentChannel } from './message-pump.ts';
import { serveArchive } from './serve-archive.ts';

/** Entry of the archive process; a host starts it (spawn-archive.ts). */
serveArchive({
  channel: parentChannel(),
  kdf: PRODUCTION_KDF,
  args: process.argv.slice(2),
  giveWay,
  selfTest: () => failedSelfTests([['sqlcipher', databaseAnswers]]),
});
