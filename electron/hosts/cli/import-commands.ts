import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { DEALING_KINDS, type DealingKind } from '../../../shared/domain/forms/dealing-forms.ts';
import { asVisitMapping } from '../../../shared/domain/import/visit-rows.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Command, CommandArguments, CommandContext } from './command.ts';
import { numberOption, textOption } from './option-value.ts';
import { described, lines } from './refused-rows.ts';
import { unreadableFile, uploadFile } from './upload.ts';
import { usageError } from './usage-error.ts';

/** Tables in: customers, dealings and visits, tried first if wanted; and earlier imports, taken back whole. */

const IMPORT_KINDS = ['enterprise', 'individual', ...DEALING_KINDS, 'visits'] as const;

function kindOption(text: string | undefined): (typeof IMPORT_KINDS)[number] | undefined {
  const kind = IMPORT_KINDS.find((candidate) => candidate === text);
  if (text !== undefined && kind === undefined) throw usageError(`--kind ${IMPORT_KINDS.join('|')}`);
  return kind;
}
const dealingKind = (kind: string | undefined): DealingKind | undefined =>
  DEALING_KINDS.find((candidate) => candidate === kind);

async function mappingFrom(
  file: string,
  headings: readonly string[],
  proposed: readonly (string | null)[],
): Promise<(string | null)[]> {
  const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
    throw unreadableFile(file, thrown);
  });
  let names: Record<string, string | null>;
  try {
    names = z.record(z.string(), z.string().nullable()).parse(JSON.parse(text));
  } catch (thrown) {
    throw new AppError('INPUT_INVALID', { fields: [{ path: file, message: 'validation.json' }], cause: thrown });
  }
  return headings.map((heading, index) => (heading in names ? (names[heading] ?? null) : (proposed[index] ?? null)));
}

/** `--set ROW:HEADING=VALUE`, as often as wanted: a cell put right without touching the file. */
function correctionsOf({ options }: CommandArguments, headings: readonly string[]) {
  const given = options['set'];
  return (Array.isArray(given) ? given : []).map((text) => {
    const match = /^(\d{1,7}):(.+?)=(.*)$/su.exec(String(text));
    const column = headings.indexOf(match?.[2] ?? '');
    if (match === null || column < 0) throw usageError(`--set ${String(text)}`);
    return { row: Number(match[1]), column, value: match[3] ?? '' };
  });
}

interface GivenTable {
  readonly upload: string;
  readonly encoding?: string;
  readonly sheet?: string;
}
interface ImportChoice {
  readonly args: CommandArguments;
  readonly map: string | undefined;
  readonly dryRun: boolean;
  readonly acceptValid: boolean;
}
type Report = Omit<OutputOf<'dealings.import'>, 'importId' | 'firstNumber' | 'lastNumber'> & {
  readonly differences?: OutputOf<'imports.apply'>['differences'];
  readonly differencesTotal?: number;
};

async function importCustomers(
  context: CommandContext,
  kind: 'enterprise' | 'individual' | undefined,
  given: GivenTable,
  { args, map, dryRun, acceptValid }: ImportChoice,
): Promise<Report> {
  const read = await context.call('imports.read', { ...given, ...(kind === undefined ? {} : { kind }) });
  return context.call('imports.apply', {
    table: read.table,
    ...(kind === undefined ? {} : { kind }),
    ...(map === undefined ? {} : { mapping: await mappingFrom(map, read.headings, read.mapping) }),
    corrections: correctionsOf(args, read.headings),
    leaveExisting: textOption(args, 'leave') === 'all',
    leaveFields: (textOption(args, 'leave') ?? '').split(',').filter((field) => field !== ''),
    dryRun,
    acceptValid,
  });
}

/** Orders, deliveries, receipts or returns: the same two steps, by their own operations. */
async function importDealings(
  context: CommandContext,
  kind: DealingKind,
  given: GivenTable,
  { args, map, dryRun, acceptValid }: ImportChoice,
): Promise<Report> {
  const read = await context.call('dealings.readTable', { ...given, kind });
  return context.call('dealings.import', {
    table: read.table,
    kind,
    ...(map === undefined ? {} : { mapping: await mappingFrom(map, read.headings, read.mapping) }),
    corrections: correctionsOf(args, read.headings),
    dryRun,
    acceptValid,
  });
}

/** The salesperson and the day of rows that name none: `--salesperson NUMBER|NAME`, `--day YYYY-MM-DD`. */
async function visitFallback(context: CommandContext, args: CommandArguments) {
  const named = textOption(args, 'salesperson');
  const day = textOption(args, 'day');
  const found =
    named === undefined
      ? undefined
      : (await context.call('staff.list', {})).staff.filter((person) => [person.number, person.name].includes(named));
  if (found !== undefined && found.length !== 1)
    throw new AppError('NOT_FOUND', { params: { what: 'staff', number: named ?? '' } });
  const staffId = found?.[0]?.id;
  return { ...(staffId === undefined ? {} : { staffId }), ...(day === undefined ? {} : { day }) };
}

/** Visits become daily reports (V1), with the customer of each row in its own archive too (V2). */
async function importVisits(
  context: CommandContext,
  given: GivenTable,
  { args, map, dryRun, acceptValid }: ImportChoice,
): Promise<Report & { readonly reports: readonly string[] }> {
  const fallback = await visitFallback(context, args);
  const read = await context.call('visits.readTable', given);
  const report = await context.call('visits.importTable', {
    table: read.table,
    ...fallback,
    ...(map === undefined ? {} : { mapping: [...asVisitMapping(await mappingFrom(map, read.headings, read.mapping))] }),
    corrections: correctionsOf(args, read.headings),
    dryRun,
    acceptValid,
  });
  return { ...report, updated: 0 };
}

/** What would change on existing cards, a line each; the first of them. */
const DIFFERENCES_SHOWN = 50;
function differenceLines(context: CommandContext, { differences = [], differencesTotal = 0 }: Report): string[] {
  const shown = (value: unknown) =>
    value === null
      ? context.text('imports.difference.nothing')
      : typeof value === 'string'
        ? value
        : JSON.stringify(value);
  const rest = differencesTotal - Math.min(differences.length, DIFFERENCES_SHOWN);
  return [
    ...differences
      .slice(0, DIFFERENCES_SHOWN)
      .map(({ number, name, field, from, to }) => `  ${number} ${name}  ${field}：${shown(from)} → ${shown(to)}`),
    ...(rest > 0 ? [context.text('cli.moreDifferences', { count: rest })] : []),
  ];
}

const importTable: Command = {
  name: 'import',
  usage: `FILE [--kind ${IMPORT_KINDS.join('|')}] [--map FILE] [--set ROW:HEADING=VALUE]… [--leave FIELD,…|all] [--salesperson NAME] [--day DAY] [--encoding NAME] [--sheet NAME] [--dry-run] [--accept-valid]`,
  summary: 'cli.command.import',
  options: {
    kind: { type: 'string' },
    map: { type: 'string' },
    set: { type: 'string', multiple: true },
    leave: { type: 'string' },
    salesperson: { type: 'string' },
    day: { type: 'string' },
    encoding: { type: 'string' },
    sheet: { type: 'string' },
    'dry-run': { type: 'boolean' },
    'accept-valid': { type: 'boolean' },
  },
  positionals: { min: 1, max: 1 },
  async run(context, args) {
    const [file = ''] = args.positionals;
    const wanted = kindOption(textOption(args, 'kind'));
    const dealings = dealingKind(wanted);
    const kind = wanted === 'enterprise' || wanted === 'individual' ? wanted : undefined;
    await context.open();
    const encoding = textOption(args, 'encoding');
    const sheet = textOption(args, 'sheet');
    const given = {
      upload: await uploadFile(context, file, 'table'),
      ...(encoding === undefined ? {} : { encoding }),
      ...(sheet === undefined ? {} : { sheet }),
    };
    const choice = {
      args,
      map: textOption(args, 'map'),
      dryRun: args.options['dry-run'] === true,
      acceptValid: args.options['accept-valid'] === true,
    };
    const report: Report =
      wanted === 'visits'
        ? await importVisits(context, given, choice)
        : dealings === undefined
          ? await importCustomers(context, kind, given, choice)
          : await importDealings(context, dealings, given, choice);
    await context.answer({ ...report, refused: described(context, report.refused) }, () => [
      context.text(report.dryRun ? 'cli.wouldImport' : 'cli.imported', {
        rows: report.rows,
        imported: report.imported,
        updated: report.updated,
        unchanged: report.unchanged,
        refused: report.refusedTotal,
      }),
      ...(report.unrecognised.length > 0
        ? [context.text('cli.unrecognised', { headings: report.unrecognised.join('、') })]
        : []),
      ...differenceLines(context, report),
      ...lines(context, report.refused),
    ]);
    return undefined;
  },
};

const imports: Command = {
  name: 'imports',
  usage: '[--take-back ID]',
  summary: 'cli.command.imports',
  options: { 'take-back': { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    const importId = numberOption(args, 'take-back');
    await context.open();
    if (importId !== undefined) {
      const done = await context.call('imports.takeBack', { importId });
      await context.answer(done, () => [context.text('cli.importTakenBack', { records: done.records })]);
      return undefined;
    }
    const earlier = await context.call('imports.list', { limit: 200 });
    await context.answer(earlier, () =>
      earlier.imports.map(({ id, at, file, kind, imported, updated, refused, takenBackAt, touched }) => {
        const state =
          takenBackAt !== null
            ? context.text('imports.takenBack', { at: takenBackAt.slice(0, 10) })
            : touched === null
              ? ''
              : context.text(`validation.import.${touched.why}`, { number: touched.number, name: touched.name });
        return `${id}  ${at.slice(0, 16)}  ${kind}  ${file}  ${imported}/${updated}/${refused}  ${state}`.trimEnd();
      }),
    );
    return undefined;
  },
};

export const importCommands: readonly Command[] = [importTable, imports];
