import { resolve } from 'node:path';
import { fieldLabels } from './card-labels.ts';
import type { Command, CommandContext } from './command.ts';
import { textOption } from './option-value.ts';
import { usageError } from './usage-error.ts';

/** Backups: made, compared with what is there, tried out, restored. */

const INTEGRITY_STATUS = 3;

const backup: Command = {
  name: 'backup',
  usage: 'FILE|FOLDER [--full | --incremental]',
  summary: 'cli.command.backup',
  options: { full: { type: 'boolean' }, incremental: { type: 'boolean' } },
  positionals: { min: 1, max: 1 },
  async run(context, { positionals: [file = ''], options }) {
    const full = options['full'] === true;
    const incremental = options['incremental'] === true;
    if (full && incremental) throw usageError('--full | --incremental');
    await context.open();
    const made = await context.call('archive.backup', {
      file: resolve(file),
      extent: full ? 'full' : incremental ? 'incremental' : 'auto',
    });
    await context.answer(made, () => [
      context.text('cli.backedUp', { file: made.file, bytes: made.bytes, sha256: made.sha256 }),
      context.text('cli.backedUpExtent', {
        extent: context.text(`backups.extent.${made.extent}`),
        carried: made.carried,
        sealedFiles: made.sealedFiles,
      }),
    ]);
    return undefined;
  },
};

/** One card as the backup has it beside the present one (R49). */
async function compareCard(context: CommandContext, file: string, number: string) {
  await context.open();
  const found = await context.call('backups.compareCard', {
    file: resolve(file),
    recoveryKey: await context.recoveryKey(),
    number,
  });
  const labels = await fieldLabels(context, found.kind);
  await context.answer(found, () => [
    context.text('cli.comparedCard', {
      number: found.number,
      name: found.name,
      made: found.made,
      savedAt: found.savedAt,
      savedBy: found.savedBy,
      count: found.differences.length,
    }),
    ...found.differences.map(
      ({ field, former, present }) => `  ${field}  ${labels(field)}：${shortValue(former)} | ${shortValue(present)}`,
    ),
  ]);
}

/** One card put back as the backup has it, in the archive that is there (R49). */
async function restoreCard(context: CommandContext, file: string, number: string, fields: unknown) {
  await context.open();
  const from = { file: resolve(file), recoveryKey: await context.recoveryKey() };
  const { revision, backup } = await context.call('backups.compareCard', { ...from, number });
  const done = await context.call('backups.restoreCard', {
    ...from,
    number,
    revision,
    backup,
    ...(Array.isArray(fields) ? { fields: fields.map(String) } : {}),
  });
  await context.answer(done, () => [
    context.text('cli.restoredCard', { number: done.number, count: done.restored.length }),
    ...done.restored.map((field) => `  ${field}`),
  ]);
}

const shortValue = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

const compare: Command = {
  name: 'compare',
  usage: 'BACKUP [--card NUMBER]',
  summary: 'cli.command.compare',
  options: { card: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(context, args) {
    const [file = ''] = args.positionals;
    const number = textOption(args, 'card');
    if (number !== undefined) {
      await compareCard(context, file, number);
      return undefined;
    }
    const found = await context.call('backups.compare', {
      file: resolve(file),
      recoveryKey: await context.recoveryKey(),
      present: context.vault,
    });
    const line = (what: string, backupCount: number, present: number | undefined) =>
      `${what.padEnd(12)} ${String(backupCount).padStart(10)} ${String(present ?? '–').padStart(10)}`;
    await context.answer(found, () => [
      context.text('cli.compared', {
        made: found.made,
        extent: context.text(`backups.extent.${found.extent}`),
        bytes: found.bytes,
        standing: context.text(`backups.standing.${found.standing}`),
      }),
      ...found.backup.counts.map(({ key, count }) =>
        line(context.text(`backups.count.${key}`), count, found.present?.counts.find((one) => one.key === key)?.count),
      ),
      line(context.text('backups.count.log'), found.backup.logSize, found.present?.logSize),
      ...found.backup.lastEntries.map(
        ({ seq, at, type, actor, object }) => `  ${seq}  ${at}  ${type}  ${actor}  ${object}`,
      ),
      ...(found.lost.entries === 0
        ? []
        : [
            context.text('backups.lost', {
              entries: found.lost.entries,
              from: found.lost.from ?? '',
              to: found.lost.to ?? '',
            }),
          ]),
    ]);
    return undefined;
  },
};

const drill: Command = {
  name: 'drill',
  usage: 'BACKUP [--room FOLDER]',
  summary: 'cli.command.drill',
  options: { room: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(context, args) {
    const [file = ''] = args.positionals;
    const room = textOption(args, 'room');
    await context.open();
    const tried = await context.call('backups.drill', {
      file: resolve(file),
      recoveryKey: await context.recoveryKey(),
      ...(room === undefined ? {} : { room: resolve(room) }),
    });
    await context.answer(tried, () => [
      ...tried.checks.map(
        (check) => `${check.ok ? '✓' : '✗'} ${context.text(`backups.check.${check.name}`)}  ${check.detail}`,
      ),
      context.text(`backups.standing.${tried.standing}`),
      context.text(tried.ok ? 'cli.drillOk' : 'cli.drillBad', { seconds: tried.seconds }),
    ]);
    return tried.ok ? undefined : INTEGRITY_STATUS;
  },
};

const restore: Command = {
  name: 'restore',
  usage:
    'FILE --vault DIR [--replaces ARCHIVE [--standing older|forked|…] [--with LOGIN]]   |   FILE --card NUMBER [--field NAME …]',
  summary: 'cli.command.restore',
  options: {
    replaces: { type: 'string' },
    standing: { type: 'string' },
    with: { type: 'string' },
    card: { type: 'string' },
    field: { type: 'string', multiple: true },
  },
  positionals: { min: 1, max: 1 },
  async run(context, args) {
    const [file = ''] = args.positionals;
    const number = textOption(args, 'card');
    if (number !== undefined) {
      await restoreCard(context, file, number, args.options['field']);
      return undefined;
    }
    const replaces = textOption(args, 'replaces');
    const standing = textOption(args, 'standing');
    const supervisor = textOption(args, 'with');
    // The recovery key first, then the keeper's new secret: both from the terminal, or two lines of standard input.
    const recoveryKey = await context.recoveryKey();
    const restored = await context.call('archive.restore', {
      file: resolve(file),
      directory: context.vault,
      recoveryKey,
      newSecret: await context.newSecret(),
      ...(supervisor === undefined
        ? {}
        : { witness: { login: supervisor, secret: await context.anotherSecret('cli.askTheirSecret') } }),
      ...(replaces === undefined ? {} : { replaces: resolve(replaces) }),
      // The dispatcher refuses what is no standing; here it is still a word.
      ...(standing === undefined ? {} : { standing: standing as 'older' }),
    });
    await context.answer(restored, () => [
      context.text('cli.restored', {
        vault: restored.vault,
        customers: restored.customers,
        papers: restored.papers,
        entries: restored.auditEntries,
      }),
    ]);
    return undefined;
  },
};

export const backupCommands: readonly Command[] = [backup, compare, drill, restore];
