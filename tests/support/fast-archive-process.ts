/**
 * The archive process with a cheap Argon2id, for tests that open an archive hundreds of times. Everything else is the process that
 * the hosts start. Arguments: as that one's.
 */
import { parentChannel } from '../../electron/process/message-pump.ts';
import { serveArchive } from '../../electron/process/serve-archive.ts';
import { FAST_KDF } from '../builders/vault-builder.ts';

serveArchive({ channel: parentChannel(), kdf: FAST_KDF, args: process.argv.slice(2) });
