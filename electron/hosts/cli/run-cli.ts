import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { AppError } from '../../../shared/errors/app-error.ts';
import { exitStatusOf } from '../../../shared/errors/error-codes.ts';
import { programVersion } from '../../process/program-version.ts';
import type { Spawner } from '../../process/spawn-archive.ts';
import { createArchiveSupervisor } from '../../process/spawn-supervisor.ts';
import { hostFolders } from '../data-folder.ts';
import { loadTexts, type Texts } from '../message-texts.ts';
import { systemLocale } from '../system-locale.ts';
import { parseCommandLine } from './arguments.ts';
import type { Command } from './command.ts';
import { describeError, errorLines } from './describe-error.ts';
import { createSession } from './session.ts';
import { standardInput } from './standard-input.ts';

export interface CliParts {
  readonly args: readonly string[];
  readonly commands: readonly Command[];
  readonly environment: NodeJS.ProcessEnv;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Starts the archive process for a data folder: fork under Node, utility process in the packaged program. */
  readonly spawner: (dataFolder: string) => Spawner;
  /** Calls the listener at Ctrl-C or termination; returns the function that ends it. */
  readonly onInterrupt: (listener: () => void) => () => void;
}

/** Login of a keeper that nobody named (`create --keeper`). */
const DEFAULT_LOGIN = 'keeper';

const resolved = (path: string | undefined) => (path ? resolve(path) : undefined);

function helpLines(commands: readonly Command[], text: Texts, only: Command | undefined): string[] {
  const shown = only === undefined ? commands : [only];
  return [
    text('cli.usage'),
    '',
    ...shown.flatMap((command) => [`  ${command.name} ${command.usage}`.trimEnd(), `      ${text(command.summary)}`]),
    '',
    ...['vault', 'as', 'backup', 'keyFile', 'json', 'locale', 'secret', 'recoveryKey'].map(
      (name) => `  ${text(`cli.option.${name}`)}`,
    ),
  ];
}

/** Runs one command line to its exit status (cli.md). Never rejects; the archive process is gone when it resolves. */
export async function runCli(parts: CliParts): Promise<number> {
  const { args, commands, environment, stdout, stderr } = parts;
  const language = systemLocale(process.platform, environment, Intl.DateTimeFormat().resolvedOptions().locale);
  let text = loadTexts(language);
  // Read before parsing, so that a usage error is told in the way that was asked for.
  const json = args.includes('--json');

  function fail(thrown: unknown): number {
    const error = AppError.from(thrown);
    const lines = json ? [JSON.stringify({ error: describeError(error, text) })] : errorLines(error, text);
    stderr.write(`${lines.join('\n')}\n`);
    return exitStatusOf(error.code);
  }

  try {
    const parsed = parseCommandLine(args, commands);
    const locale = parsed.locale ?? language;
    text = loadTexts(locale);
    if (parsed.version) {
      stdout.write(`${programVersion((path) => readFileSync(path, 'utf8'))}\n`);
      return 0;
    }
    const { command } = parsed;
    if (command === undefined || parsed.help) {
      const lines = `${helpLines(commands, text, command).join('\n')}\n`;
      (parsed.help ? stdout : stderr).write(lines);
      return parsed.help ? 0 : 2;
    }
    const folders = hostFolders({
      platform: process.platform,
      environment,
      home: homedir(),
      chosen: parsed.dataFolder,
    });
    const supervisor = createArchiveSupervisor(parts.spawner(folders.data));
    const session = createSession({
      supervisor,
      input: standardInput(parts.stdin, stderr),
      output: stdout,
      messages: stderr,
      environmentSecret: environment.DOSSIER_DESK_SECRET || undefined,
      environmentRecoveryKey: environment.DOSSIER_DESK_RECOVERY_KEY || undefined,
      keyFile: resolved(parsed.keyFile ?? environment.DOSSIER_DESK_KEY_FILE),
      environmentCode: environment.DOSSIER_DESK_CODE || undefined,
      vault: parsed.vault === undefined ? folders.vault : resolve(parsed.vault),
      login: parsed.login ?? DEFAULT_LOGIN,
      backup: resolved(parsed.backup),
      json: parsed.json,
      locale,
      text,
    });
    const interrupted = Promise.withResolvers<never>();
    const stopListening = parts.onInterrupt(() => {
      // A running operation answers CANCELLED itself, when nothing half done is left.
      if (!session.cancel()) interrupted.reject(new AppError('CANCELLED'));
    });
    try {
      const run = command.run(session.context, { positionals: parsed.positionals, options: parsed.options });
      return (await Promise.race([run, interrupted.promise])) ?? 0;
    } finally {
      stopListening();
      await supervisor.close();
    }
  } catch (thrown) {
    return fail(thrown);
  }
}
