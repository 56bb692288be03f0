import type { Command } from './command.ts';
import { numberOption, textOption } from './option-value.ts';
import { usageError } from './usage-error.ts';

/** Findings that one listing names. */
const LISTED = 500;

const year: Command = {
  name: 'year',
  usage: '[--year Y] [--all]',
  summary: 'cli.command.year',
  options: { year: { type: 'string' }, all: { type: 'boolean' } },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    await context.open();
    const { years, due } = await context.call('archiveYears.list', {});
    const asked = numberOption(args, 'year') ?? due ?? years[0]?.year;
    if (asked === undefined) {
      await context.answer({ years }, () => []);
      return undefined;
    }
    const job = await context.call('archiveYears.get', { year: asked });
    const state = args.options['all'] === true ? 'all' : 'open';
    const { findings } = await context.call('archiveYears.findings', { year: asked, state, limit: LISTED });
    await context.answer({ ...job, list: findings }, () => [
      context.text('cli.year.line', { ...counts(job), step: context.text(`yearStep.${job.step}`) }),
      ...findings.map((finding) =>
        [
          context.text(`yearState.${finding.state}`),
          context.text(`yearFinding.${finding.kind}`),
          finding.subject,
          finding.title,
          finding.kind === 'missingPaper' || finding.kind === 'exportSet'
            ? finding.detail
                .split(',')
                .map((type) => context.text(`documentType.${type}`))
                .join(context.text('binding.and'))
            : finding.detail,
          finding.reason,
        ]
          .filter((part) => part !== '')
          .join('  '),
      ),
    ]);
    return undefined;
  },
};

const counts = (job: {
  year: number;
  papers: number;
  bound: number;
  loose: number;
  lent: number;
  carried: number;
}) => ({
  year: job.year,
  papers: job.papers,
  bound: job.bound,
  loose: job.loose,
  lent: job.lent,
  carried: job.carried,
});

const missing: Command = {
  name: 'missing',
  usage: '[--for NUMBER] [--class 1-5] [--state open|late|never|all] [--orders]',
  summary: 'cli.command.missing',
  options: {
    for: { type: 'string' },
    class: { type: 'string' },
    state: { type: 'string' },
    orders: { type: 'boolean' },
  },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    const number = textOption(args, 'for');
    const asked = textOption(args, 'state') ?? 'open';
    const state = (['open', 'late', 'never', 'all'] as const).find((one) => one === asked);
    if (state === undefined) throw usageError('--state open|late|never|all');
    const dossierClass = numberOption(args, 'class');
    await context.open();
    const only = number === undefined ? {} : { number };
    if (args.options['orders'] === true) {
      const answer = await context.call('gaps.exportSets', { ...only, limit: LISTED });
      const marks = { filed: '✓', waived: '–', missing: '✗' } as const;
      await context.answer(answer, () => [
        ['', '', ...answer.types.map((type) => context.text(`documentType.${type}`))].join('  ').trim(),
        ...answer.sets.map((set) =>
          [...set.cells.map((cell) => marks[cell.state]), set.orderNumber, set.date, set.number, set.name].join('  '),
        ),
      ]);
      return undefined;
    }
    const ledger = await context.call('gaps.ledger', {
      ...only,
      state,
      limit: LISTED,
      ...(dossierClass === undefined ? {} : { class: dossierClass }),
    });
    await context.answer(ledger, () =>
      ledger.lines.map((line) =>
        [
          line.number,
          line.name,
          context.text(`documentType.${line.type}`),
          line.exportOrder ?? '',
          line.never === null ? context.text(`gaps.reason.${line.reason}`) : line.never.reason,
          line.since ?? '',
          line.owedBy,
          line.dueOn ?? '',
        ]
          .filter((part) => part !== '')
          .join('  '),
      ),
    );
    return undefined;
  },
};

export const archiveYearCommands: readonly Command[] = [year, missing];
