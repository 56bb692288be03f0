import { entryPoint } from '../../process/entry-points.ts';
import { forkSpawner } from '../../process/spawn-archive.ts';
import { runInTerminal } from './run-in-terminal.ts';

/** Entry of the command line under Node 24; `dossier-desk.mjs` starts it. */
process.exit(
  await runInTerminal(process.argv.slice(2), (dataFolder) =>
    forkSpawner(entryPoint('archive-process'), ['--data-folder', dataFolder]),
  ),
);
