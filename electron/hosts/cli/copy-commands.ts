import { resolve } from 'node:path';
import type { Command } from './command.ts';
import { missingGlyphsLine } from './missing-glyphs.ts';
import { requiredOption, textOption } from './option-value.ts';

/** Issued copies: made once after consent, and who holds what now. Everything else of them by `call copies.…`. */

const issue: Command = {
  name: 'issue',
  usage: 'REQUEST --out FILE',
  summary: 'cli.command.issue',
  options: { out: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(context, args) {
    const [requestNumber = ''] = args.positionals;
    const out = resolve(requiredOption(args, 'out'));
    await context.open();
    const { copy, document, missingGlyphs } = await context.call('copies.make', { requestNumber });
    const saved = await context.call('documents.save', { document, file: out });
    await context.answer({ ...saved, copy, missingGlyphs }, () => [
      `${copy.copyNumber}  ${copy.recipient.name}  ${copy.recoverBy}`,
      `${saved.file}  ${saved.sha256}`,
      ...missingGlyphsLine(context, missingGlyphs),
    ]);
    return undefined;
  },
};

const holdings: Command = {
  name: 'holdings',
  usage: '[--for TEXT]',
  summary: 'cli.command.holdings',
  options: { for: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    await context.open();
    const held = await context.call('holdings.list', { text: textOption(args, 'for') ?? '', limit: 500 });
    await context.answer(held, () => [
      ...held.holdings.map((row) =>
        [
          row.holder,
          row.department,
          row.number,
          row.title,
          row.due,
          row.overdue ? context.text('copies.lateDays', { count: row.daysOverdue }) : '',
        ]
          .join('  ')
          .trimEnd(),
      ),
      context.text('cli.held', { items: held.total, holders: held.holders }),
    ]);
    return undefined;
  },
};

export const copyCommands: readonly Command[] = [issue, holdings];
