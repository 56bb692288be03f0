import { resolve } from 'node:path';
import type { Command } from './command.ts';
import { numberOption, textOption } from './option-value.ts';
import { usageError } from './usage-error.ts';

/** Whether everything is still as it was, and what is put back when it is not. */

const INTEGRITY_STATUS = 3;

const fixity: Command = {
  name: 'fixity',
  usage: '[--restart] [--seconds N]   |   --restore ID --from BACKUP',
  summary: 'cli.command.fixity',
  options: {
    restart: { type: 'boolean' },
    seconds: { type: 'string' },
    restore: { type: 'string' },
    from: { type: 'string' },
  },
  positionals: { min: 0, max: 0 },
  async run(context, args) {
    const wanted = numberOption(args, 'restore');
    const from = textOption(args, 'from');
    if ((wanted === undefined) !== (from === undefined)) throw usageError('--restore ID --from BACKUP');
    await context.open();
    if (wanted !== undefined && from !== undefined) {
      const { restored, left } = await context.call('fixity.restoreFile', {
        id: wanted,
        file: resolve(from),
        recoveryKey: await context.recoveryKey(),
      });
      await context.answer({ restored, left }, () => [
        context.text('cli.fixityRestored', { subject: restored.subject, left }),
      ]);
      return undefined;
    }
    const seconds = numberOption(args, 'seconds');
    const checked = await context.call('fixity.run', {
      restart: args.options['restart'] === true,
      ...(seconds === undefined ? {} : { seconds }),
    });
    const { files, bytes } = checked.round;
    await context.answer(checked, () => [
      ...checked.found.map(({ id, kind, subject, name, customer }) =>
        [`✗ ${id}`, context.text(`fixity.kind.${kind}`), subject, name, customer]
          .filter((text) => text !== '')
          .join('  '),
      ),
      checked.done
        ? context.text('cli.fixityDone', { files, bytes, damaged: checked.found.length })
        : context.text('cli.fixityPart', { files }),
    ]);
    return checked.found.length > 0 ? INTEGRITY_STATUS : undefined;
  },
};

export const fixityCommands: readonly Command[] = [fixity];
