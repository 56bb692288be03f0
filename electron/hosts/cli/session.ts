import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { contract } from '../../../shared/contract/contract.ts';
import type { Locale } from '../../../shared/contract/host.ts';
import type { Answer, Progress } from '../../../shared/contract/messages.ts';
import { AppError, type MessageParams } from '../../../shared/errors/app-error.ts';
import type { ArchiveSupervisor } from '../../process/spawn-supervisor.ts';
import type { Texts } from '../message-texts.ts';
import type { CommandContext } from './command.ts';
import type { StandardInput } from './standard-input.ts';
import { usageError } from './usage-error.ts';

export interface SessionParts {
  readonly supervisor: ArchiveSupervisor;
  readonly input: StandardInput;
  readonly output: Writable;
  readonly messages: Writable & { readonly isTTY?: boolean };
  readonly environmentSecret: string | undefined;
  readonly environmentRecoveryKey: string | undefined;
  /** The next code of the card. */
  readonly environmentCode: string | undefined;
  readonly vault: string;
  readonly login: string;
  readonly keyFile: string | undefined;
  /** Looked into once the archive is open: what is read then comes from it. */
  readonly backup: string | undefined;
  readonly json: boolean;
  readonly locale: Locale;
  readonly text: Texts;
}

export interface Session {
  readonly context: CommandContext;
  /** Ctrl-C: cancels the running operation; answers false when none runs. */
  cancel(): boolean;
}

/** One run of the command line: its archive process, its secret, its streams. */
export function createSession(parts: SessionParts): Session {
  const { supervisor, input, output, messages, text } = parts;
  let running: string | undefined;
  let opened = false;
  let shownPhase = '';

  function showProgress({ phase, done, total }: Progress): void {
    if (parts.json) return;
    const counted = total > 0 ? `${done} / ${total}` : `${done}`;
    const line = `${text(`phase.${phase}`)} ${counted}`;
    if (messages.isTTY === true) messages.write(`\r\u001b[K${line}`);
    else if (phase !== shownPhase) messages.write(`${line}\n`);
    shownPhase = phase;
  }

  supervisor.onEvent((event) => {
    if (event.type === 'progress' && event.callId === running) showProgress(event.progress);
  });

  async function callByName(name: string, operationInput: unknown): Promise<Answer> {
    if (!Object.hasOwn(contract, name) || name.startsWith('host.'))
      return {
        ok: false,
        error: new AppError('INPUT_INVALID', {
          fields: [{ path: 'op', message: 'validation.unknownOperation' }],
        }).toData(),
      };
    running = randomUUID();
    shownPhase = '';
    try {
      return await supervisor.call(name, operationInput, running, 'cli');
    } finally {
      running = undefined;
      if (shownPhase !== '' && messages.isTTY === true) messages.write('\r\u001b[K');
    }
  }

  const call: CommandContext['call'] = async (name, operationInput) => {
    const answer = await callByName(name, operationInput);
    if (!answer.ok) throw AppError.fromData(answer.error);
    // The dispatcher answers with the output of this operation's schema; the message itself is untyped.
    return answer.output as Awaited<ReturnType<typeof call<typeof name>>>;
  };

  async function anotherSecret(promptKey: string, params: MessageParams = {}): Promise<string> {
    if (input.isTerminal) return input.askHidden(text(promptKey, params));
    const line = await input.nextLine();
    if (line === undefined || line === '') throw usageError(text('cli.secretMissing'));
    return line;
  }

  let known: Promise<string> | undefined;
  /** Once a run: the line of standard input is read once, too. */
  function secret(): Promise<string> {
    known ??= parts.environmentSecret ? Promise.resolve(parts.environmentSecret) : anotherSecret('cli.askSecret');
    return known;
  }

  function write(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      output.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
    });
  }

  const context: CommandContext = {
    vault: parts.vault,
    login: parts.login,
    json: parts.json,
    locale: parts.locale,
    text,
    call,
    callByName,
    secret,
    recoveryKey: async () => parts.environmentRecoveryKey ?? (await anotherSecret('cli.askRecoveryKey')),
    anotherSecret,
    async open() {
      if (opened) return;
      const { kind } = await call('session.current', {});
      if (kind === 'closed') {
        const { keyFile } = parts;
        const door = {
          directory: parts.vault,
          login: parts.login,
          secret: await secret(),
          ...(keyFile === undefined ? {} : { keyFile }),
        };
        const { logDoubt } = await call('archive.unlock', door).catch(async (thrown: unknown) => {
          const error = AppError.from(thrown);
          if (error.code !== 'CODE_NEEDED') throw error;
          const code = parts.environmentCode ?? (await anotherSecret('cli.askCode', error.params));
          return call('archive.unlock', { ...door, code });
        });
        if (logDoubt !== null) context.note(text(`logDoubt.${logDoubt.kind}`, { ...logDoubt }));
      }
      opened = true;
      if (parts.backup === undefined) return;
      const look = { file: parts.backup, recoveryKey: await context.recoveryKey() };
      const { unread } = await call('backups.look', look);
      if (unread > 0) context.note(text('backups.lookUnread', { count: unread }));
    },
    async newSecret() {
      if (parts.environmentSecret || !input.isTerminal) return secret();
      const first = await input.askHidden(text('cli.askNewSecret'));
      if ((await input.askHidden(text('cli.askNewSecretAgain'))) !== first) throw new AppError('SECRET_WRONG');
      return first;
    },
    nextLine: () => input.nextLine(),
    write,
    async answer(value, lines) {
      if (parts.json) await write(JSON.stringify(value));
      else for (const line of lines()) await write(line);
    },
    note(line) {
      if (!parts.json) messages.write(`${line}\n`);
    },
  };

  return {
    context,
    cancel() {
      if (running === undefined) return false;
      supervisor.cancel(running);
      return true;
    },
  };
}
