import type { TrayFile } from '../../../shared/contract/scans.ts';
import { readPagePlan } from '../../../shared/domain/page-plan.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Command, CommandContext } from './command.ts';
import { numberOption, requiredOption, textOption } from './option-value.ts';
import { usageError } from './usage-error.ts';

/** Scans: the scanner's folder, pages put in order, text, blank pages and doubles (D8). */

const names = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** To whom a file belongs by the code printed on it (V4). */
async function withOwner(context: CommandContext, file: TrayFile) {
  const read = file.problem === '' ? await context.call('scans.trayCodes', { name: file.name }) : { belongs: null };
  return { ...file, ...read };
}

const scanTray: Command = {
  name: 'scan-tray',
  usage: '[--file NAME … (--paper CODE | --customer NUMBER --type TYPE --title TITLE | --put-away)] [--show-put-away]',
  summary: 'cli.command.scanTray',
  options: {
    file: { type: 'string', multiple: true },
    paper: { type: 'string' },
    customer: { type: 'string' },
    type: { type: 'string' },
    title: { type: 'string' },
    'put-away': { type: 'boolean' },
    'show-put-away': { type: 'boolean' },
  },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    const wanted = names(args.options['file']);
    const code = textOption(args, 'paper');
    const customer = textOption(args, 'customer');
    const away = args.options['put-away'] === true;
    if (wanted.length > 0 && [code !== undefined, customer !== undefined, away].filter(Boolean).length !== 1)
      throw usageError('--paper CODE | --customer NUMBER --type TYPE --title TITLE | --put-away');
    await context.open();
    if (args.options['show-put-away'] === true) await context.call('scans.trayPutAway', { undo: true });
    const tray = await context.call('scans.tray', {});
    if (wanted.length === 0) {
      const files: Awaited<ReturnType<typeof withOwner>>[] = [];
      for (const file of tray.files) files.push(await withOwner(context, file));
      await context.answer({ ...tray, files }, () => [
        tray.folder === '' ? context.text('cli.noScanFolder') : tray.folder,
        ...files.map((file) =>
          [
            file.name,
            context.text('cli.scanPages', { pages: file.pages }),
            file.belongs === null ? '' : `→ ${file.belongs.number} ${file.belongs.title}`,
            file.sameAs.join(' '),
            file.problem,
          ]
            .filter((text) => text !== '')
            .join('  '),
        ),
      ]);
      return undefined;
    }
    const files = wanted.map((name) => {
      const found = tray.files.find((file) => file.name === name);
      if (found === undefined) throw new AppError('FILE_NOT_READABLE', { params: { file: name } });
      return { name, sha256: found.sha256 };
    });
    if (away) {
      await context.call('scans.trayPutAway', { files });
      await context.answer({ putAway: files.length }, () => []);
      return undefined;
    }
    const filed = await context.call('scans.trayFile', {
      files,
      ...(code === undefined ? {} : { code }),
      ...(customer === undefined
        ? {}
        : {
            paper: {
              customer,
              type: requiredOption(args, 'type'),
              title: requiredOption(args, 'title'),
              pages: 0,
              medium: 'scan' as const,
            },
          }),
    });
    await context.answer(filed, () => [context.text('cli.scansSealed', { count: filed.sealed, code: filed.code })]);
    return undefined;
  },
};

const scanPages: Command = {
  name: 'scan-pages',
  usage:
    'CODE --pages PLAN --reason REASON [--scan NAME …] [--name NAME]   |   CODE --restore ID --reason REASON   |   CODE',
  summary: 'cli.command.scanPages',
  options: {
    pages: { type: 'string' },
    reason: { type: 'string' },
    scan: { type: 'string', multiple: true },
    name: { type: 'string' },
    restore: { type: 'string' },
  },
  positionals: { min: 1, max: 1 },
  async run(context, args) {
    const [code = ''] = args.positionals;
    const plan = textOption(args, 'pages');
    const restore = textOption(args, 'restore');
    const reason = plan === undefined && restore === undefined ? '' : requiredOption(args, 'reason');
    await context.open();
    const { paper } = await context.call('dossiers.paper', { code });
    if (restore !== undefined) await context.call('scans.restore', { scan: restore, reason });
    else if (plan !== undefined) {
      const chosen = names(args.options['scan']);
      const scans = chosen.length === 0 ? paper.scans : paper.scans.filter(({ name }) => chosen.includes(name));
      const results = readPagePlan(plan, scans);
      if (scans.length === 0 || results === undefined) throw usageError('--pages 1-3,5@90|4');
      const name = textOption(args, 'name') ?? scans[0]?.name ?? paper.title;
      const made = await context.call('scans.arrange', {
        code: paper.code,
        reason,
        replaces: scans.map(({ id }) => id),
        results: results.map((pages, index) => ({
          name: results.length === 1 ? name : `${name.replace(/\.\w{3,4}$/u, '')} ${index + 1}`,
          pages: pages.map((page) => ({ ...page })),
        })),
      });
      await context.answer(made, () =>
        made.scans.map(
          (scan) => `${scan.name}  ${context.text('cli.scanPages', { pages: scan.pages })}  ${scan.sha256}`,
        ),
      );
      return undefined;
    }
    const after = (await context.call('dossiers.paper', { code: paper.code })).paper.scans;
    const { former } = await context.call('scans.former', { code: paper.code });
    await context.answer({ scans: after, former }, () => [
      ...after.map((scan) => `${scan.name}  ${context.text('cli.scanPages', { pages: scan.pages })}`),
      ...former.map((scan) => `(${scan.id}  ${scan.name}  ${scan.replacedAt}  ${scan.reason})`),
    ]);
    return undefined;
  },
};

const readScans: Command = {
  name: 'read-scans',
  usage: '[--seconds N]',
  summary: 'cli.command.readScans',
  options: { seconds: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    const seconds = numberOption(args, 'seconds');
    await context.open();
    const read = await context.call('scans.read', seconds === undefined ? {} : { seconds });
    await context.answer(read, () => [
      context.text('cli.scansRead', { count: read.read, pages: read.pages, waiting: read.waiting }),
    ]);
    return undefined;
  },
};

const scanFindings: Command = {
  name: 'scan-findings',
  usage: '[--customer NUMBER]',
  summary: 'cli.command.scanFindings',
  options: { customer: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    const customer = textOption(args, 'customer');
    await context.open();
    const found = await context.call('scans.findings', customer === undefined ? {} : { customer });
    const place = ({ code, name, page }: { code: string; name: string; page: number }): string =>
      `${code} ${name} ${context.text('cli.scanPage', { page })}`;
    await context.answer(found, () => [
      ...found.blank.map((one) => `${context.text('cli.blankPage')}  ${place(one)}`),
      ...found.same.map(
        ({ kind, places }) =>
          `${context.text(kind === 'file' ? 'cli.sameFile' : 'cli.alikePages')}  ${places.map(place).join(' = ')}`,
      ),
    ]);
    return undefined;
  },
};

export const scanCommands: readonly Command[] = [scanTray, scanPages, readScans, scanFindings];
