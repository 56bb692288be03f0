import { resolve } from 'node:path';
import { z } from 'zod';
import { listCondition } from '../../../shared/contract/lists.ts';
import { parseInput } from '../../../shared/contract/parse-input.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Command } from './command.ts';
import { numberOption, requiredOption, textOption } from './option-value.ts';
import { announced, askWitness, asPerson, protectionOptions } from './protection.ts';
import { usageError } from './usage-error.ts';

/** Archives as a whole: new, for practice, backed up, restored, proved. */

const create: Command = {
  name: 'create',
  usage: '[--name TEXT] [--keeper LOGIN] [--even-here] [--waiting-hour]',
  summary: 'cli.command.create',
  options: {
    name: { type: 'string' },
    keeper: { type: 'string' },
    'even-here': { type: 'boolean' },
    'waiting-hour': { type: 'boolean' },
  },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    const login = textOption(args, 'keeper') ?? context.login;
    const made = await context.call('archive.create', {
      directory: context.vault,
      name: textOption(args, 'name') ?? context.text('cli.archiveName'),
      keeper: { login, displayName: login, secret: await context.newSecret() },
      evenHere: args.options['even-here'] === true,
      waitingHour: args.options['waiting-hour'] === true,
    });
    await context.answer(made, () => [
      context.text('cli.created', { vault: made.vault }),
      context.text('cli.recoveryKeyOnce'),
      made.recoveryKey,
    ]);
    return undefined;
  },
};

const practice: Command = {
  name: 'practice',
  usage: '--customers N [--seed S] [--year Y] [--no-scans]',
  summary: 'cli.command.practice',
  options: {
    customers: { type: 'string' },
    seed: { type: 'string' },
    year: { type: 'string' },
    'no-scans': { type: 'boolean' },
  },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    const year = numberOption(args, 'year');
    const made = await context.call('archive.practice', {
      directory: context.vault,
      customers: numberOption(args, 'customers') ?? 60,
      seed: numberOption(args, 'seed') ?? 1,
      scans: args.options['no-scans'] !== true,
      ...(year === undefined ? {} : { year }),
    });
    await context.answer(made, () => [
      context.text('cli.created', { vault: made.vault }),
      context.text('cli.practiceMade', { customers: made.customers, papers: made.papers }),
      ...made.users.map((user) => `${user.login}  ${context.text(`role.${user.role}`)}  ${user.secret}`),
    ]);
    return undefined;
  },
};

const LIST_FORMATS = { csv: 'csv', xlsx: 'xlsx', vcf: 'vcard' } as const;
/** Fields of an exported list when nobody names others. */
const LIST_COLUMNS = ['number', 'kind', 'name', 'tier', 'region', 'creditGrade', 'contact', 'phone', 'completeness'];

function filterOption(args: Parameters<typeof textOption>[0]) {
  const text = textOption(args, 'filter');
  if (text === undefined) return [];
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (thrown) {
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'filter', message: 'validation.json' }], cause: thrown });
  }
  return parseInput(z.strictObject({ filter: z.array(listCondition) }), { filter: given }).filter;
}

const exportArchive: Command = {
  name: 'export',
  usage:
    '--bagit DIR   |   --customers FILE.csv|.xlsx|.vcf [--columns a,b,c] [--filter JSON]   both [--for NAME [--recipient age1…]] [--with LOGIN | --announce]',
  summary: 'cli.command.export',
  options: {
    bagit: { type: 'string' },
    customers: { type: 'string' },
    columns: { type: 'string' },
    filter: { type: 'string' },
    for: { type: 'string' },
    recipient: { type: 'string' },
    with: { type: 'string' },
    announce: { type: 'boolean' },
  },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    const { named, askSeal } = protectionOptions(context, args, 'for');
    const list = textOption(args, 'customers');
    if (list !== undefined) {
      const format = LIST_FORMATS[list.split('.').at(-1)?.toLowerCase() as keyof typeof LIST_FORMATS];
      if (format === undefined) throw usageError('--customers FILE.csv | FILE.xlsx | FILE.vcf');
      const columns = textOption(args, 'columns')?.split(',') ?? LIST_COLUMNS;
      const wanted = {
        format,
        selection: { query: { filter: filterOption(args) } },
        columns: format === 'vcard' ? [] : columns,
        ...named,
      };
      await context.open();
      const matter = await context.call('exports.statement', wanted);
      if (await announced(context, args, matter)) return undefined;
      await askWitness(context, matter, textOption(args, 'with'));
      const made = await context.call('exports.customers', {
        ...wanted,
        file: resolve(list),
        secret: await context.secret(),
        ...(await askSeal()),
      });
      await context.answer(made, () => [context.text('cli.exportedList', { ...made })]);
      return undefined;
    }
    const directory = resolve(requiredOption(args, 'bagit'));
    await context.open();
    const matter = await context.call('archive.exportStatement', { directory, ...named });
    if (await announced(context, args, matter)) return undefined;
    await askWitness(context, matter, textOption(args, 'with'));
    const made = await context.call('archive.exportBag', {
      directory,
      secret: await context.secret(),
      ...named,
      ...(await askSeal()),
    });
    await context.answer(made, () => [context.text('cli.exported', { ...made })]);
    return undefined;
  },
};

const INTEGRITY_STATUS = 3;

const verify: Command = {
  name: 'verify',
  usage: '[--deep]',
  summary: 'cli.command.verify',
  options: { deep: { type: 'boolean' } },
  positionals: { min: 0, max: 0 },
  async run(context, { options }) {
    await context.open();
    const found = await context.call('audit.verify', { deep: options['deep'] === true });
    await context.answer(found, () => [
      ...found.checks.map(
        (check) => `${check.ok ? '✓' : '✗'} ${context.text(`audit.check.${check.name}`)}  ${check.detail}`,
      ),
      context.text(found.ok ? 'cli.verifyOk' : 'cli.verifyBad', {
        entries: found.audit.entries,
        head: found.audit.head,
      }),
    ]);
    return found.ok ? undefined : INTEGRITY_STATUS;
  },
};

const checkpoint: Command = {
  name: 'checkpoint',
  usage: '[--out FILE]',
  summary: 'cli.command.checkpoint',
  options: { out: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    await context.open();
    const file = textOption(args, 'out');
    const made = await context.call('audit.checkpoint', file === undefined ? {} : { file: resolve(file) });
    await context.answer(made, () => [context.text('cli.checkpoint', { size: made.size, code: made.code }), made.note]);
    return undefined;
  },
};

const rekey: Command = {
  name: 'rekey',
  usage: '[--rotate [--with LOGIN | --announce]]',
  summary: 'cli.command.rekey',
  options: { rotate: { type: 'boolean' }, with: { type: 'string' }, announce: { type: 'boolean' } },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    await context.open();
    if (args.options['rotate'] === true) {
      if (await announced(context, args, await context.call('agreements.matter', { matter: { act: 'rotateKey' } })))
        return undefined;
      const login = textOption(args, 'with');
      const secret = await context.secret();
      const { epoch } =
        login === undefined
          ? await context.call('keys.rotate', { secret })
          : await asPerson(context, login, (witness) => context.call('keys.rotate', { secret, witness }));
      await context.answer({ epoch }, () => [context.text('cli.rotated', { epoch })]);
      return undefined;
    }
    await context.call('users.changeSecret', {
      current: await context.secret(),
      next: await context.anotherSecret('cli.askNewSecret'),
    });
    await context.answer({}, () => [context.text('cli.secretChanged')]);
    return undefined;
  },
};

const users: Command = {
  name: 'users',
  usage: '[add LOGIN --role ROLE --name TEXT [--until DAY] [--with SUPERVISOR | --announce]]',
  summary: 'cli.command.users',
  options: {
    role: { type: 'string' },
    name: { type: 'string' },
    until: { type: 'string' },
    with: { type: 'string' },
    announce: { type: 'boolean' },
  },
  positionals: { min: 0, max: 2 },
  async run(context, args) {
    await context.open();
    const [act, login = ''] = args.positionals;
    if (act === 'add') {
      // The dispatcher refuses what is no role; here it is still a word.
      const role = requiredOption(args, 'role') as 'keeper';
      const matter = { act: 'addUser', login, role } as const;
      if (await announced(context, args, await context.call('agreements.matter', { matter }))) return undefined;
      const until = textOption(args, 'until');
      const supervisor = textOption(args, 'with');
      const added = {
        login,
        displayName: textOption(args, 'name') ?? login,
        role,
        secret: await context.anotherSecret('cli.askTheirSecret'),
        ownSecret: await context.secret(),
        ...(until === undefined ? {} : { validUntil: until }),
      };
      if (supervisor === undefined) await context.call('users.add', added);
      else await asPerson(context, supervisor, (approver) => context.call('users.add', { ...added, approver }));
    }
    const list = await context.call('users.list', {});
    await context.answer(list, () =>
      list.users.map(
        (user) =>
          `${user.login.padEnd(20)} ${context.text(`role.${user.role}`)}  ${user.displayName}${user.active ? '' : ' –'}`,
      ),
    );
    return undefined;
  },
};

const keyFile: Command = {
  name: 'key-file',
  usage: '--make FOLDER | --end',
  summary: 'cli.command.keyFile',
  options: { make: { type: 'string' }, end: { type: 'boolean' } },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    const folder = textOption(args, 'make');
    if ((folder === undefined) === (args.options['end'] !== true)) throw usageError('--make FOLDER | --end');
    await context.open();
    const secret = await context.secret();
    if (folder === undefined) {
      const ended = await context.call('keyFiles.end', { secret });
      await context.answer(ended, () => [context.text('cli.keyFileEnded')]);
      return undefined;
    }
    const made = await context.call('keyFiles.make', { secret, folder: resolve(folder) });
    await context.answer(made, () => [context.text('cli.keyFileMade', { file: made.file })]);
    return undefined;
  },
};

export const archiveCommands: readonly Command[] = [
  create,
  practice,
  verify,
  exportArchive,
  users,
  rekey,
  keyFile,
  checkpoint,
];
