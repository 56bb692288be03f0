import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { ExportSeal } from '../../../shared/contract/exports.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { CommandArguments, CommandContext } from './command.ts';
import { textOption } from './option-value.ts';
import { usageError } from './usage-error.ts';

/** What is asked on the terminal before something leaves the archive: for whom it is sealed, and who agrees (R70, R71). */

/** Another person proves themselves on the terminal: own secret, and the next code of the card of whoever has one. */
export async function asPerson<T>(
  context: CommandContext,
  login: string,
  act: (person: { login: string; secret: string; code?: string }) => Promise<T>,
): Promise<T> {
  const person = { login, secret: await context.anotherSecret('cli.askTheirSecret') };
  return act(person).catch(async (thrown: unknown) => {
    const error = AppError.from(thrown);
    if (error.code !== 'CODE_NEEDED') throw error;
    return act({ ...person, code: await context.anotherSecret('cli.askCode', error.params) });
  });
}

/** The other person reads on the terminal what is agreed to, and types an own secret. */
export async function askWitness(
  context: CommandContext,
  { needed, statement, standing }: Pick<OutputOf<'exports.statement'>, 'needed' | 'statement' | 'standing'>,
  witness: string | undefined,
): Promise<void> {
  if (!needed || standing === 'valid' || witness === undefined) return;
  for (const { field, value } of statement.lines) context.note(`${context.text(`agreementField.${field}`)}  ${value}`);
  await asPerson(context, witness, (person) => context.call('agreements.give', { statement, ...person }));
}

/**
 * For whom something is sealed, by the option of that name, and how: the recipient's key from the line, else a passphrase that is asked for
 * when it is time. Without the option it leaves in plain.
 */
export function protectionOptions(
  context: CommandContext,
  args: CommandArguments,
  option: 'for' | 'sealed-for',
): { readonly named: { sealedFor?: string }; askSeal(): Promise<{ seal?: ExportSeal }> } {
  const sealedFor = textOption(args, option);
  const recipient = textOption(args, 'recipient');
  if (sealedFor === undefined && recipient !== undefined) throw usageError(`--${option} NAME --recipient age1…`);
  return {
    named: sealedFor === undefined ? {} : { sealedFor },
    async askSeal() {
      if (sealedFor === undefined) return {};
      return {
        seal:
          recipient === undefined ? { passphrase: await context.anotherSecret('cli.askPassphrase') } : { recipient },
      };
    },
  };
}
