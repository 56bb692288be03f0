import type { Spawner } from '../../process/spawn-archive.ts';
import { COMMANDS } from './commands.ts';
import { runCli } from './run-cli.ts';

/** Runs the command line that this process was started with, over its own streams and signals, and ends the process with the status. */
export async function runInTerminal(spawner: (dataFolder: string) => Spawner): Promise<never> {
  // Whoever read our answers has gone (`| head`): nothing is left to say.
  process.stdout.on('error', () => process.exit(6));
  const status = await runCli({
    args: process.argv.slice(2),
    commands: COMMANDS,
    environment: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    spawner,
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
}
