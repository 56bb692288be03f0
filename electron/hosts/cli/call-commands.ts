import { z } from 'zod';
import { archiveContract } from '../../../shared/contract/contract.ts';
import type { Answer } from '../../../shared/contract/messages.ts';
import type { Operation } from '../../../shared/contract/operation.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Command, CommandContext } from './command.ts';
import { describeError } from './describe-error.ts';
import { usageError } from './usage-error.ts';

const operations: Readonly<Record<string, Operation>> = archiveContract;

const invalid = (path: string, message: string): AppError =>
  new AppError('INPUT_INVALID', { fields: [{ path, message }] });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('', 'validation.json');
  }
}

/** Opens the archive first where the operation needs an open one. */
async function callOne(context: CommandContext, name: string, input: unknown): Promise<Answer> {
  const needed = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (needed !== undefined && !needed.sessions.includes('closed')) await context.open();
  return context.callByName(name, input);
}

async function restOfInput(context: CommandContext): Promise<string> {
  const lines: string[] = [];
  for (let line = await context.nextLine(); line !== undefined; line = await context.nextLine()) lines.push(line);
  return lines.join('\n');
}

/** `call -`: one line in, one line out, in order. A line that fails is answered; the next one still runs. */
async function callMany(context: CommandContext): Promise<undefined> {
  // Without DOSSIER_DESK_SECRET the first line is the secret (cli.md), so it is read before the first operation.
  await context.secret();
  for (let line = await context.nextLine(); line !== undefined; line = await context.nextLine()) {
    if (line.trim() === '') continue;
    let answer: Answer;
    try {
      const request = z.strictObject({ op: z.string(), input: z.unknown().optional() }).safeParse(parseJson(line));
      if (!request.success) throw invalid('', 'validation.line');
      answer = await callOne(context, request.data.op, request.data.input ?? {});
    } catch (thrown) {
      const error = AppError.from(thrown);
      // A wrong secret or a missing archive concerns every line that follows.
      if (['SECRET_WRONG', 'SECRET_DELAYED', 'VAULT_IN_USE', 'CANCELLED'].includes(error.code)) throw error;
      answer = { ok: false, error: error.toData() };
    }
    await context.write(
      JSON.stringify(
        answer.ok ? answer : { ok: false, error: describeError(AppError.fromData(answer.error), context.text) },
      ),
    );
  }
  return undefined;
}

export const callCommand: Command = {
  name: 'call',
  usage: 'NAME [JSON | -]   |   call -',
  summary: 'cli.command.call',
  positionals: { min: 1, max: 2 },
  async run(context, { positionals: [name = '', json] }) {
    if (name === '-') return callMany(context);
    if (!Object.hasOwn(operations, name)) throw usageError(name);
    // The secret's line comes before the input's.
    if (json === '-' && !operations[name]?.sessions.includes('closed')) await context.secret();
    const input = json === undefined ? {} : parseJson(json === '-' ? await restOfInput(context) : json);
    const answer = await callOne(context, name, input);
    if (!answer.ok) throw AppError.fromData(answer.error);
    await context.answer(answer.output, () => [JSON.stringify(answer.output, null, 2)]);
    return undefined;
  },
};

export const operationsCommand: Command = {
  name: 'operations',
  usage: '',
  summary: 'cli.command.operations',
  positionals: { min: 0, max: 0 },
  async run(context) {
    const schema = (type: z.ZodType, io: 'input' | 'output'): unknown =>
      z.toJSONSchema(type, { io, unrepresentable: 'any' });
    const list = Object.entries(operations).map(([name, operation]) => ({
      name,
      kind: operation.kind,
      sessions: operation.sessions,
      roles: operation.roles,
      summary: operation.summary,
      input: schema(operation.input, 'input'),
      output: schema(operation.output, 'output'),
    }));
    await context.answer(list, () =>
      list.map(({ name, kind, roles }) => `${name.padEnd(32)} ${kind.padEnd(8)} ${roles.join(', ') || '–'}`),
    );
    return undefined;
  },
};
