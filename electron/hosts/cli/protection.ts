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

type Matter = Pick<OutputOf<'agreements.matter'>, 'approval' | 'statement' | 'standing'>;

const showLines = (context: CommandContext, { lines }: Matter['statement']): void => {
  for (const { field, value } of lines) {
    const key = `agreementValue.${field}.${value}`;
    const words = context.text(key);
    context.note(`${context.text(`agreementField.${field}`)}  ${words === key ? value : words}`);
  }
};

/** The other person reads on the terminal what is agreed to, and types an own secret. */
export async function askWitness(
  context: CommandContext,
  { approval, statement, standing }: Matter,
  witness: string | undefined,
): Promise<void> {
  if (approval !== 'supervisor' || standing === 'valid' || witness === undefined) return;
  showLines(context, statement);
  await asPerson(context, witness, (person) => context.call('agreements.give', { statement, ...person }));
}

/**
 * With `--announce` a keeper alone announces the act instead of doing it (§15).
 * @returns true when it was announced: there is nothing more to be done now
 */
export async function announced(context: CommandContext, args: CommandArguments, matter: Matter): Promise<boolean> {
  if (args.options['announce'] !== true) return false;
  showLines(context, matter.statement);
  const { number, usableFrom, validUntil } = await context.call('agreements.announce', {
    statement: matter.statement,
    secret: await context.secret(),
  });
  await context.answer({ announced: number, usableFrom, validUntil }, () => [
    context.text('cli.announced', { number, from: usableFrom ?? '', until: validUntil }),
  ]);
  return true;
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
