import { join, resolve } from 'node:path';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { ANALYSES, type AnalysisGroup } from '../../../shared/domain/analysis.ts';
import { DOSSIER_CLASSES } from '../../../shared/domain/dossier-classes.ts';
import { formsWith } from '../../../shared/domain/forms/own-fields.ts';
import { hitReasons, hitSubtitle } from '../../../shared/domain/hit-reasons.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { cardLabels } from './card-labels.ts';
import type { Command, CommandContext } from './command.ts';
import { missingGlyphsLine } from './missing-glyphs.ts';
import { numberOption, requiredOption, textOption } from './option-value.ts';
import { announced, askWitness, protectionOptions } from './protection.ts';
import { described, lines } from './refused-rows.ts';
import { REPORT_FORMS } from './report-forms.ts';
import { cardLines, paperLines } from './shown-record.ts';
import { uploadFile } from './upload.ts';
import { usageError } from './usage-error.ts';

/** Cards, papers and volumes: in, found, shown, bound, printed. */

const filePapers: Command = {
  name: 'file',
  usage: 'MANIFEST [--scans DIR] [--dry-run] [--accept-valid]',
  summary: 'cli.command.file',
  options: {
    scans: { type: 'string' },
    encoding: { type: 'string' },
    sheet: { type: 'string' },
    'dry-run': { type: 'boolean' },
    'accept-valid': { type: 'boolean' },
  },
  positionals: { min: 1, max: 1 },
  async run(context, args) {
    const [file = ''] = args.positionals;
    await context.open();
    const upload = await uploadFile(context, file, 'table');
    const encoding = textOption(args, 'encoding');
    const sheet = textOption(args, 'sheet');
    const choice = { ...(encoding === undefined ? {} : { encoding }), ...(sheet === undefined ? {} : { sheet }) };
    const { names } = await context.call('filing.scanNames', { upload, ...choice });
    const folder = textOption(args, 'scans');
    const scans: { name: string; upload: string }[] = [];
    // A file that is not there is refused by its row in the manifest, not by stopping here.
    if (folder !== undefined)
      for (const name of names) {
        const handed = await uploadFile(context, join(folder, name), 'scan').catch((thrown: unknown) => {
          if (AppError.from(thrown).code === 'FILE_NOT_READABLE') return undefined;
          throw thrown;
        });
        if (handed !== undefined) scans.push({ name, upload: handed });
      }
    const report = await context.call('filing.apply', {
      upload,
      ...choice,
      scans,
      dryRun: args.options['dry-run'] === true,
      acceptValid: args.options['accept-valid'] === true,
    });
    await context.answer({ ...report, refused: described(context, report.refused) }, () => [
      context.text('cli.filed', { filed: report.filed, refused: report.refused.length }),
      ...report.papers.map((paper) => `${paper.code}  ${paper.title}`),
      ...lines(context, report.refused),
    ]);
    return undefined;
  },
};

const search: Command = {
  name: 'search',
  usage: 'TEXT [--limit N]',
  summary: 'cli.command.search',
  options: { limit: { type: 'string' } },
  positionals: { min: 1, max: 20 },
  async run(context, args) {
    await context.open();
    const found = await context.call('search.find', {
      text: args.positionals.join(' '),
      limit: Math.min(200, Math.max(1, numberOption(args, 'limit') ?? 20)),
    });
    const forms = formsWith(await context.call('forms.get', {}));
    // A key without text stands for itself.
    const words = { t: context.text, has: (key: string) => context.text(key) !== key };
    await context.answer(found, () => [
      ...found.hits.map((hit) => {
        const reasons = hitReasons(hit.matched, words, forms);
        const why = reasons.length === 0 ? '' : `  [${reasons.join('; ')}]`;
        return `${hit.number}  ${hit.title}  ${hitSubtitle(hit.subtitle, words)}${why}`;
      }),
      context.text(found.many ? 'cli.foundMany' : 'cli.found', { shown: found.hits.length, total: found.total }),
    ]);
    return undefined;
  },
};

function shownPaper(paper: OutputOf<'dossiers.paper'>['paper']) {
  return {
    code: paper.code,
    type: paper.type,
    title: paper.title,
    date: paper.date,
    pages: paper.pages,
    original: paper.original,
    state: paper.state,
  };
}

async function showCustomer(context: CommandContext, number: string) {
  const card = await context.call('customers.get', { number });
  const dossier = await context.call('dossiers.get', { number: card.number });
  return {
    kind: card.kind,
    number: card.number,
    name: card.name,
    tier: card.tier,
    status: card.status,
    fields: card.values,
    masked: card.masked,
    labels: await cardLabels(context, card),
    completeness: card.completeness,
    dossier: dossier.classes.map((part) => ({
      class: part.class,
      papers: part.papers.map(shownPaper),
      missing: part.missing,
    })),
  };
}

const show: Command = {
  name: 'show',
  usage: 'NUMBER',
  summary: 'cli.command.show',
  positionals: { min: 1, max: 1 },
  async run(context, { positionals: [number = ''] }) {
    await context.open();
    const customer = await showCustomer(context, number).catch((thrown: unknown) => {
      if (AppError.from(thrown).code === 'NOT_FOUND') return undefined;
      throw thrown;
    });
    if (customer !== undefined) {
      const valueLines = context.json ? [] : await cardLines(context, customer);
      await context.answer(customer, () => [
        `${customer.number}  ${customer.name}  ${customer.completeness.percent} %`,
        ...valueLines.map((line) => `  ${line}`),
        ...customer.dossier.flatMap((part) => [
          context.text(`dossierClass.${part.class}`),
          ...part.papers.map((paper) => `  ${paper.code}  ${paper.title}  ${paper.date ?? ''}`),
          ...part.missing.map((gap) => `  – ${context.text(`documentType.${gap.type}`)} ${gap.exportOrder ?? ''}`),
        ]),
      ]);
      return undefined;
    }
    const { paper } = await context.call('dossiers.paper', { code: number });
    const { code, customer: owner, customerName, class: dossierClass, scans, ...fields } = paper;
    const shown = {
      kind: 'paper',
      number: code,
      customer: owner,
      class: dossierClass,
      fields: { ...fields, customerName },
      scans: scans.length,
      completeness: { percent: 100, missing: [] },
    };
    const factLines = context.json ? [] : await paperLines(context, paper);
    await context.answer(shown, () => [`${code}  ${paper.title}`, `${owner} ${customerName}`, ...factLines]);
    return undefined;
  },
};

const bind: Command = {
  name: 'bind',
  usage: '--year Y [--class 1-5] --out DIR [--explain REASON] [--dry-run]',
  summary: 'cli.command.bind',
  options: {
    year: { type: 'string' },
    class: { type: 'string' },
    out: { type: 'string' },
    explain: { type: 'string' },
    'dry-run': { type: 'boolean' },
  },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    requiredOption(args, 'year');
    const year = numberOption(args, 'year') ?? 0;
    const classText = textOption(args, 'class');
    const dossierClass = DOSSIER_CLASSES.find((candidate) => String(candidate) === classText);
    if (classText !== undefined && dossierClass === undefined) throw usageError('--class 1-5');
    const dryRun = args.options['dry-run'] === true;
    const out = dryRun ? textOption(args, 'out') : requiredOption(args, 'out');
    await context.open();
    const bound = await context.call('binding.bind', {
      year,
      dryRun,
      explanation: textOption(args, 'explain') ?? '',
      ...(dossierClass === undefined ? {} : { class: dossierClass }),
      ...(out === undefined ? {} : { directory: resolve(out) }),
    });
    await context.answer(bound, () => [
      ...bound.volumes.map(
        (volume) =>
          `${volume.file}  ${context.text('cli.volume', { pages: volume.pages, papers: volume.papers })}  ${volume.sha256}`,
      ),
      context.text('cli.auditHead', { head: bound.auditHead }),
    ]);
    return undefined;
  },
};

/** `--for`: `2026`, `2026-01#2026-06`, with `#<group>` behind; default this year. */
async function reportAnalysis(
  context: CommandContext,
  args: Parameters<Command['run']>[1],
  analysis: (typeof ANALYSES)[number],
): Promise<undefined> {
  const out = resolve(requiredOption(args, 'out'));
  await context.open();
  const asked = textOption(args, 'for') ?? (await context.call('desk.overview', {})).today.slice(0, 4);
  const [first = '', second = '', third = ''] = asked.split('#');
  const whole = /^\d{4}$/.test(first);
  const group = whole ? second : third;
  const { named, askSeal } = protectionOptions(context, args, 'sealed-for');
  const format = (['csv', 'xlsx'] as const).find((ending) => out.toLowerCase().endsWith(`.${ending}`));
  if (format === undefined) {
    const { document } = await context.call('print.form', { form: 'analysis', number: `${analysis}#${asked}` });
    const protection = { ...named, ...(await askSeal()) };
    const saved = await context.call('documents.save', { document, file: out, ...protection });
    await context.answer(saved, () => [`${saved.file}  ${saved.sha256}`]);
    return undefined;
  }
  const wanted = {
    analysis,
    format,
    from: whole ? `${first}-01` : first,
    to: whole ? `${first}-12` : second,
    ...(group === '' ? {} : { group: group as AnalysisGroup }),
    ...named,
  };
  const matter = await context.call('exports.analysisStatement', wanted);
  if (await announced(context, args, matter)) return undefined;
  await askWitness(context, matter, textOption(args, 'with'));
  const saved = await context.call('exports.analysis', {
    ...wanted,
    file: out,
    secret: await context.secret(),
    ...(await askSeal()),
  });
  await context.answer(saved, () => [`${saved.file}  ${saved.sha256}`]);
  return undefined;
}

const report: Command = {
  name: 'report',
  usage:
    'NAME --out FILE [--for NUMBER] [--scans all|CODE,CODE] [--sealed-for NAME [--recipient age1…]] [--with LOGIN | --announce]   |   report --list',
  summary: 'cli.command.report',
  options: {
    out: { type: 'string' },
    for: { type: 'string' },
    list: { type: 'boolean' },
    scans: { type: 'string' },
    'sealed-for': { type: 'string' },
    recipient: { type: 'string' },
    with: { type: 'string' },
    announce: { type: 'boolean' },
  },
  positionals: { min: 0, max: 1 },
  async run(context, args) {
    const names = [...Object.keys(REPORT_FORMS), ...ANALYSES.map((one) => `analysis-${one}`)];
    if (args.options['list'] === true) {
      await context.answer(names, () => names);
      return undefined;
    }
    const [name = ''] = args.positionals;
    const analysis = ANALYSES.find((one) => name === `analysis-${one}`);
    if (analysis !== undefined) return reportAnalysis(context, args, analysis);
    const form = (Object.keys(REPORT_FORMS) as (keyof typeof REPORT_FORMS)[]).find((candidate) => candidate === name);
    if (form === undefined) throw usageError(names.join(' | '));
    const out = resolve(requiredOption(args, 'out'));
    await context.open();
    const number = textOption(args, 'for') ?? (await REPORT_FORMS[form](context));
    const papers = await scannedCodes(context, number, textOption(args, 'scans'));
    const printed = await context.call('print.form', { form, number, papers });
    const { named, askSeal } = protectionOptions(context, args, 'sealed-for');
    const protection = { ...named, ...(await askSeal()) };
    const saved = await context.call('documents.save', { document: printed.document, file: out, ...protection });
    await context.answer({ ...saved, pages: printed.pages, missingGlyphs: printed.missingGlyphs }, () => [
      `${saved.file}  ${saved.sha256}`,
      ...missingGlyphsLine(context, printed.missingGlyphs),
    ]);
    return undefined;
  },
};

/** Papers of a customer whose scans are wanted: `all` that have one, or their reference codes. */
async function scannedCodes(context: CommandContext, customer: string, wanted: string | undefined): Promise<string[]> {
  if (wanted === undefined) return [];
  if (wanted !== 'all')
    return wanted
      .split(',')
      .map((code) => code.trim())
      .filter((code) => code !== '');
  const { classes } = await context.call('dossiers.get', { number: customer });
  return classes.flatMap(({ papers }) => papers.filter(({ scans }) => scans.length > 0).map(({ code }) => code));
}

export const recordCommands: readonly Command[] = [filePapers, search, show, bind, report];
