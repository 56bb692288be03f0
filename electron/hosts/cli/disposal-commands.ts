import type { Command } from './command.ts';
import { numberOption, textOption } from './option-value.ts';

/** Things that one listing names. */
const LISTED = 500;

const disposal: Command = {
  name: 'disposal',
  usage: '[--months N] [--draft CODE,CODE…] [--destroy NUMBER] [--remark TEXT]',
  summary: 'cli.command.disposal',
  options: {
    months: { type: 'string' },
    draft: { type: 'string' },
    destroy: { type: 'string' },
    remark: { type: 'string' },
  },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    const draft = textOption(args, 'draft');
    const destroy = textOption(args, 'destroy');
    const remark = textOption(args, 'remark') ?? '';
    await context.open();
    const says = (list: { number: string; state: string; items: number; pages: number }) =>
      context.text('cli.disposal.list', {
        number: list.number,
        state: context.text(`disposalState.${list.state}`),
        items: list.items,
        pages: list.pages,
      });
    if (draft !== undefined) {
      const codes = draft.split(',').filter((code) => code.trim() !== '');
      const list = await context.call('disposals.draft', { codes, remark });
      await context.answer(list, () => [says(list)]);
      return undefined;
    }
    if (destroy !== undefined) {
      const done = await context.call('disposals.destroy', { number: destroy, remark });
      await context.answer(done, () => [says(done.list)]);
      return undefined;
    }
    const months = numberOption(args, 'months') ?? 0;
    const { things, total } = await context.call('disposals.due', { months, limit: LISTED });
    const { lists } = await context.call('disposals.list', { limit: LISTED });
    await context.answer({ things, total, lists }, () => [
      ...things.map((thing) =>
        [
          context.text('cli.disposal.thing', {
            code: thing.code,
            title: thing.title,
            endsOn: thing.endsOn ?? '',
          }),
          ...thing.blockers.map(({ reason, detail }) =>
            `${context.text(`disposal.reason.${reason}`)} ${detail}`.trim(),
          ),
        ].join('  '),
      ),
      ...lists.map(says),
    ]);
    return undefined;
  },
};

export const disposalCommands: readonly Command[] = [disposal];
