import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { AppError } from '../../../shared/errors/app-error.ts';

/** Standard input, read line by line: the first may be a secret, what follows belongs to the command. */
export interface StandardInput {
  readonly isTerminal: boolean;
  /** Asks on `prompts` and reads without echo. Throws `CANCELLED` on Ctrl-C or Ctrl-D. Terminal only. */
  askHidden(prompt: string): Promise<string>;
  /** Asks on `prompts` and reads with echo. Terminal only. */
  ask(prompt: string): Promise<string>;
  /** Next line without its end; undefined when there is no more. */
  nextLine(): Promise<string | undefined>;
}

type TerminalInput = Readable & { readonly isTTY?: boolean; setRawMode?(mode: boolean): unknown };

/** Lines longer than this are no line of ours (a scan is sent in pieces of two million characters). */
const LINE_LIMIT = 16_000_000;

export function standardInput(input: TerminalInput, prompts: Writable): StandardInput {
  let lines: AsyncIterator<string> | undefined;
  const isTerminal = input.isTTY === true && typeof input.setRawMode === 'function';

  async function nextLine(): Promise<string | undefined> {
    lines ??= createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
    const { value, done } = await lines.next();
    if (done === true) return undefined;
    if (value.length > LINE_LIMIT) throw new AppError('INPUT_INVALID');
    return value;
  }

  function askHidden(prompt: string): Promise<string> {
    prompts.write(prompt);
    return new Promise((resolve, reject) => {
      const typed: string[] = [];
      const finish = (settle: () => void): void => {
        input.off('data', read);
        input.setRawMode?.(false);
        input.pause();
        prompts.write('\n');
        settle();
      };
      const read = (chunk: Buffer): void => {
        for (const character of chunk.toString('utf8')) {
          if (character === '\r' || character === '\n') {
            finish(() => resolve(typed.join('')));
            return;
          }
          if (character === '\u0003' || character === '\u0004') {
            finish(() => reject(new AppError('CANCELLED')));
            return;
          }
          if (character === '\u007f' || character === '\b') typed.pop();
          else if (character >= ' ') typed.push(character);
        }
      };
      input.setRawMode?.(true);
      input.on('data', read);
      input.resume();
    });
  }

  return {
    isTerminal,
    askHidden,
    nextLine,
    ask(prompt) {
      const reader = createInterface({ input, output: prompts });
      return new Promise((resolve, reject) => {
        reader.once('SIGINT', () => {
          reader.close();
          reject(new AppError('CANCELLED'));
        });
        reader.question(prompt, (answer) => {
          reader.close();
          resolve(answer);
        });
      });
    },
  };
}
