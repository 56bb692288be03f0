import { app } from 'electron';
import { entryPoint } from '../../process/entry-points.ts';
import { runInTerminal } from '../cli/run-in-terminal.ts';
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
  const status = await runInTerminal(args, (dataFolder) =>
    utilitySpawner(
      entryPoint('archive-process'),
      {
        import: entryPoint('import-process'),
        scan: entryPoint('scan-process'),
        copy: entryPoint('copy-process'),
        print: entryPoint('print-process'),
      },
      ['--data-folder', dataFolder],
    ),
  );
  app.exit(status);
}
