import { resolve } from 'node:path';
import type { Command } from './command.ts';
import { textOption } from './option-value.ts';

/** A signed update: checked, told, handed over. */
const update: Command = {
  name: 'update',
  usage: 'INSTALLER [--to FOLDER]',
  summary: 'cli.command.update',
  options: { to: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(context, args) {
    const [file = ''] = args.positionals;
    const to = textOption(args, 'to');
    await context.open();
    if (to !== undefined) {
      const done = await context.call('updates.handOver', { file: resolve(file), directory: resolve(to) });
      await context.answer(done, () => [
        context.text('update.done', { file: done.file }),
        context.text(`update.next.${done.kind}`, { file: done.file }),
      ]);
      return undefined;
    }
    const found = await context.call('updates.inspect', { file: resolve(file) });
    await context.answer(found, () => [
      context.text('update.fromTo', { from: found.present, to: found.version }),
      context.text(found.migrates ? 'update.migrates.yes' : 'update.migrates.no'),
      ...(found.standing === 'newer' ? [] : [context.text(`validation.update.${found.standing}`)]),
      ...(found.backedUp ? [] : [context.text('update.backupFirst')]),
      ...found.changes.map((change) => `  ${change}`),
    ]);
    return undefined;
  },
};

export const updateCommands: readonly Command[] = [update];
