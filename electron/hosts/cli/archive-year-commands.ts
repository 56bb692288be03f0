import type { Command } from './command.ts';
import { numberOption } from './option-value.ts';

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
          finding.detail,
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

export const archiveYearCommands: readonly Command[] = [year];
