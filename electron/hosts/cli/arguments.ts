import { type ParseArgsConfig, parseArgs } from 'node:util';
import { LOCALES, type Locale } from '../../../shared/contract/host.ts';
import type { Command, OptionValues } from './command.ts';
import { usageError } from './usage-error.ts';

const COMMON = {
  vault: { type: 'string' },
  as: { type: 'string' },
  backup: { type: 'string' },
  'key-file': { type: 'string' },
  json: { type: 'boolean' },
  locale: { type: 'string' },
  'data-folder': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const satisfies NonNullable<ParseArgsConfig['options']>;

export interface ParsedArguments {
  /** Undefined when no command was named. */
  readonly command: Command | undefined;
  readonly positionals: readonly string[];
  readonly options: OptionValues;
  readonly vault: string | undefined;
  readonly login: string | undefined;
  /** The backup to read from instead of the archive. */
  readonly backup: string | undefined;
  readonly keyFile: string | undefined;
  readonly json: boolean;
  readonly locale: Locale | undefined;
  readonly dataFolder: string | undefined;
  readonly help: boolean;
  readonly version: boolean;
}

function isLocale(value: string): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** The first word that is neither an option nor the value of one. */
function commandWord(args: readonly string[]): string | undefined {
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? '';
    if (!word.startsWith('-') || word === '-') return word;
    const option = word.slice(2);
    if (Object.hasOwn(COMMON, option) && COMMON[option as keyof typeof COMMON].type === 'string') index += 1;
  }
  return undefined;
}

/**
 * Parses the words after the program's name. Throws `USAGE` with what is wrong in `params.detail`, for an unknown
 * command, an unknown option, a missing value, or too few or too many words.
 */
export function parseCommandLine(args: readonly string[], commands: readonly Command[]): ParsedArguments {
  const word = commandWord(args);
  const command = commands.find(({ name }) => name === word);
  if (word !== undefined && command === undefined) throw usageError(word);
  let parsed: { values: OptionValues; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...args],
      options: { ...command?.options, ...COMMON },
      allowPositionals: true,
      allowNegative: false,
      strict: true,
    });
  } catch (thrown) {
    throw usageError(thrown instanceof Error ? thrown.message : '');
  }
  const { values } = parsed;
  const text = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
  const locale = text('locale');
  if (locale !== undefined && !isLocale(locale)) throw usageError(`--locale ${locale}`);
  const positionals = parsed.positionals.slice(command === undefined ? 0 : 1);
  const help = values.help === true;
  if (command !== undefined && !help) {
    const { min, max } = command.positionals;
    if (positionals.length < min || positionals.length > max) throw usageError(`${command.name} ${command.usage}`);
  }
  return {
    command,
    positionals,
    options: values,
    vault: text('vault'),
    login: text('as'),
    backup: text('backup'),
    keyFile: text('key-file'),
    json: values.json === true,
    locale,
    dataFolder: text('data-folder'),
    help,
    version: values.version === true,
  };
}
