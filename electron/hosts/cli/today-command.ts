import { dayWords, noteOf } from '../../../shared/domain/duty-words.ts';
import type { Command } from './command.ts';
import { numberOption } from './option-value.ts';

const LINES = 3;
const MOST_LINES = 50;

/** The desk's first screen in a terminal (M1): what is to be done, the most pressing first. */
export const todayCommand: Command = {
  name: 'today',
  usage: '[--lines N]',
  summary: 'cli.command.today',
  options: { lines: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    const lines = Math.min(MOST_LINES, Math.max(0, numberOption(args, 'lines') ?? LINES));
    await context.open();
    const answer = await context.call('duties.today', { lines });
    const { text: t } = context;
    // A key without text stands for itself.
    const words = { t, has: (key: string) => t(key) !== key, formats: { day: (day: string) => day, number: String } };
    await context.answer(answer, () => [
      answer.today,
      ...answer.duties.flatMap((duty) => [
        t('cli.duty', { name: t(`duty.${duty.key}`), count: duty.count, overdue: duty.overdue }),
        ...duty.lines.map((line) =>
          ['', dayWords(line, answer.today, words), line.title, noteOf(line, words)]
            .filter((part, index) => index === 0 || part !== '')
            .join('  '),
        ),
      ]),
      ...(answer.duties.length === 0 ? [t('cli.dutiesNone')] : []),
      ...(answer.putOff === 0 ? [] : [t('today.putOffCount', { count: answer.putOff })]),
    ]);
    return undefined;
  },
};
