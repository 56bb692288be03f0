/** The command line with an archive process whose Argon2id is cheap: for tests that start it dozens of times. The rest is what people type. */
import { runInTerminal } from '../../electron/hosts/cli/run-in-terminal.ts';
import { forkSpawner } from '../../electron/process/spawn-archive.ts';
import { FAST_ARCHIVE_PROCESS } from './running-archive.ts';

process.exit(
  await runInTerminal(process.argv.slice(2), (dataFolder) =>
    forkSpawner(FAST_ARCHIVE_PROCESS, ['--data-folder', dataFolder]),
  ),
);
