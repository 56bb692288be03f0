import { app } from 'electron';
import { entryPoint } from '../../process/entry-points.ts';
import { COMMANDS } from '../cli/commands.ts';
import { runCli } from '../cli/run-cli.ts';
import { utilitySpawner } from './utility-spawner.ts';

/** Words after `--cli`; undefined when the window is meant. */
export function commandLineOf(args: readonly string[]): readonly string[] | undefined {
  const at = args.indexOf('--cli');
  return at < 0 ? undefined : args.slice(at + 1);
}

/**
 * The command line of the packaged program, where no Node may be run (fuse RunAsNode off): the program itself,
 * without a window and without a display.
 */
export async function runPackagedCommandLine(args: readonly string[]): Promise<void> {
  app.disableHardwareAcceleration();
  if (process.platform === 'linux') app.commandLine.appendSwitch('ozone-platform', 'headless');
  app.dock?.hide();
  await app.whenReady();
  const status = await runCli({
    args,
    commands: COMMANDS,
    environment: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    spawner: (dataFolder) =>
      utilitySpawner(
        entryPoint('archive-process'),
        { import: entryPoint('import-process'), scan: entryPoint('scan-process') },
        ['--data-folder', dataFolder],
      ),
    onInterrupt(listener) {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
      return () => {
        process.off('SIGINT', listener);
        process.off('SIGTERM', listener);
      };
    },
  });
  // What was written leaves before the program does.
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));
  app.exit(status);
}
