import type { Spawner } from '../../process/spawn-archive.ts';
import { COMMANDS } from './commands.ts';
import { runCli } from './run-cli.ts';

/**
 * Runs the command line over this process's own streams and signals; everything written has left when it answers.
 * @returns the exit status (`cli.md`), with which the caller ends the process
 */
export async function runInTerminal(
  args: readonly string[],
  spawner: (dataFolder: string) => Spawner,
): Promise<number> {
  // Whoever read our answers has gone (`| head`): nothing is left to say.
  process.stdout.on('error', () => process.exit(6));
  const status = await runCli({
    args,
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
  // A pipe takes what is written later than it is written.
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));
  return status;
}
