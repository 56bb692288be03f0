import type { ParseArgsConfig } from 'node:util';
import type { InputOf, OperationName, OutputOf } from '../../../shared/contract/contract.ts';
import type { Locale } from '../../../shared/contract/host.ts';
import type { Answer } from '../../../shared/contract/messages.ts';
import type { MessageParams } from '../../../shared/errors/app-error.ts';
import type { Texts } from '../message-texts.ts';

export type OptionValues = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** What a command may use. Everything of the archive goes through `call`, so through the dispatcher. */
export interface CommandContext {
  /** Absolute path of the archive meant by `--vault`, else of the program's own. */
  readonly vault: string;
  /** Login meant by `--as`, else the keeper's. */
  readonly login: string;
  readonly json: boolean;
  readonly locale: Locale;
  readonly text: Texts;
  /** One operation. Throws the `AppError` that it answered. Progress goes to stderr, Ctrl-C cancels it. */
  call<N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>;
  /** One operation by a name that is known only now (`call`). Never rejects. */
  callByName(name: string, input: unknown): Promise<Answer>;
  /** Opens `vault` as `login` unless an archive is open already; asks for the secret when it must. */
  open(): Promise<void>;
  /** The secret of `login`: DOSSIER_DESK_SECRET, else asked without echo, else the first line of standard input. */
  secret(): Promise<string>;
  /** A secret that is to be set: from the same places; on a terminal typed twice. Throws `SECRET_WRONG` when the two differ. */
  newSecret(): Promise<string>;
  /** The recovery key: DOSSIER_DESK_RECOVERY_KEY, else asked without echo, else the next line of standard input. */
  recoveryKey(): Promise<string>;
  /** Another secret or key by its message key: asked without echo, else the next line of standard input. */
  anotherSecret(promptKey: string, params?: MessageParams): Promise<string>;
  /** Rest of standard input, a line at a time; undefined at its end. */
  nextLine(): Promise<string | undefined>;
  /** The answer on stdout: `value` as one line of JSON under `--json`, else `lines`. Resolves when written. */
  answer(value: unknown, lines: () => readonly string[]): Promise<void>;
  /** A line on stdout whatever `--json` says (NDJSON of `call -`). Resolves when written. */
  write(line: string): Promise<void>;
  /** A remark for people on stderr; silent under `--json`. */
  note(line: string): void;
}

export interface CommandArguments {
  readonly positionals: readonly string[];
  readonly options: OptionValues;
}

/** One command of the table in commands.ts; everything about it in one place. */
export interface Command {
  /** The word typed. */
  readonly name: string;
  /** What follows the word, as shown in the help. */
  readonly usage: string;
  /** Key in the message catalogues of one sentence. */
  readonly summary: string;
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  /** How many words without a dash it takes. */
  readonly positionals: { readonly min: number; readonly max: number };
  /** Exit status, when it is not 0 and yet no error (`verify`: 3). Errors are thrown. */
  run(context: CommandContext, args: CommandArguments): Promise<number | undefined>;
}
