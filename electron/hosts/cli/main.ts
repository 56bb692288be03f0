import { entryPoint } from '../../process/entry-points.ts';
import { forkSpawner } from '../../process/spawn-archive.ts';
import { COMMANDS } from './commands.ts';
import { runCli } from './run-cli.ts';

// Whoever read our answers has gone (`| head`): nothing is left to say.
process.stdout.on('error', () => process.exit(6));

/** Entry of the command line under Node 24; `dossier-desk.mjs` starts it. */
const status = await runCli({
  args: process.argv.slice(2),
  commands: COMMANDS,
  environment: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  spawner: (dataFolder) => forkSpawner(entryPoint('archive-process'), ['--data-folder', dataFolder]),
  onInterrupt(listener) {
    process.on('SIGINT', listener);
    process.on('SIGTERM', listener);
    return () => {
      process.off('SIGINT', listener);
      process.off('SIGTERM', listener);
    };
  },
});
// Everything written must have left before the process ends: a pipe takes it later than it is written.
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));
process.exit(status);
