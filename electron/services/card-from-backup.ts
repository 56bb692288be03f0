import { type Difference, differencesOf } from '../../shared/domain/card-history.ts';
import type { FieldValue } from '../../shared/domain/form-fields.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type CustomerRow, findCustomer } from '../store/customers.ts';
import { walkBackup } from '../vault/backup-reading.ts';
import { requireOwnBackup, withBackup } from './backup-look.ts';
import type { HandlersOf, QueryContext } from './context.ts';
import { type StoredValues, valuesOf } from './customer-record.ts';
import { changeCard, getCustomer } from './customers.ts';

/** One card taken out of a backup (R49): looked at first, then put back as a change with history; nothing else is touched. */

const CONTROL: readonly string[] = ['tier', 'status'];

/** All that a restore may put back: the values of the form, and the card's control. */
const stateOf = (row: CustomerRow): Record<string, FieldValue> => ({
  ...valuesOf(row),
  tier: row.tier,
  status: row.status,
});

/** The card of that number as the backup has it. Errors: as `walkBackup`; NOT_FOUND when the backup has no such card. */
function cardInBackup(
  context: QueryContext,
  { file, recoveryKey, number }: { readonly file: string; readonly recoveryKey: string; readonly number: string },
): Promise<{ readonly former: CustomerRow; readonly made: string; readonly backup: string }> {
  return withBackup(context, { walk: walkBackup, file, recoveryKey }, ({ database }, { manifest, manifestHash }) => {
    requireOwnBackup(context.archive, file, manifest);
    const former = findCustomer(database.reader, number);
    if (former === undefined)
      throw new AppError('NOT_FOUND', { params: { what: 'cardInBackup', number }, hint: 'hint.anotherBackup' });
    return { former, made: manifest.made, backup: manifestHash };
  });
}

function wantedOf(differences: readonly Difference[], fields: readonly string[] | undefined): readonly Difference[] {
  if (fields === undefined) return differences;
  const unknown = fields.find((field) => !differences.some((one) => one.field === field));
  if (unknown !== undefined)
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'fields', message: 'validation.noDifference', params: { field: unknown } }],
    });
  return differences.filter(({ field }) => fields.includes(field));
}

export const cardFromBackupHandlers: HandlersOf<'backups.compareCard' | 'backups.restoreCard'> = {
  'backups.compareCard': {
    phase: 'query',
    async run(context, { file, recoveryKey, number: asked }) {
      const { number } = getCustomer(context.sql, asked);
      const { former, made, backup } = await cardInBackup(context, { file, recoveryKey, number });
      context.note({ object: `customer:${number}`, data: { backup } });
      const present = getCustomer(context.sql, number);
      return {
        made,
        backup,
        number,
        kind: present.kind,
        name: present.name,
        revision: present.revision,
        savedAt: former.updated_at,
        savedBy: former.updated_by,
        differences: differencesOf(stateOf(former), stateOf(present)) as never,
      };
    },
  },
  'backups.restoreCard': {
    phase: 'job',
    async run(context, { file, recoveryKey, number: asked, revision, backup: seen, fields }) {
      const { number } = getCustomer(context.sql, asked);
      context.note({ object: `customer:${number}`, data: { backup: seen } });
      const { former, made, backup } = await cardInBackup(context, { file, recoveryKey, number });
      if (backup !== seen) throw new AppError('CONFLICT', { params: { what: 'backup', number: file } });
      return await context.transaction((change) => {
        const row = getCustomer(change.sql, number);
        if (row.revision !== revision)
          throw new AppError('CONFLICT', {
            params: { what: 'customer', number, by: row.updated_by, revision: row.revision },
          });
        const wanted = wantedOf(differencesOf(stateOf(former), stateOf(row)), fields);
        const chosen = wanted.map(({ field }) => field);
        change.note({ data: { fields: chosen } });
        if (chosen.length === 0) return { number, revision, restored: [], warnings: [] };
        const of = (control: boolean): StoredValues =>
          Object.fromEntries(
            wanted.filter(({ field }) => CONTROL.includes(field) === control).map((one) => [one.field, one.former]),
          );
        const { row: next, warnings } = changeCard(change, row, {
          values: of(false),
          ...of(true),
          evidence: `↩ ${made.slice(0, 10)}`,
        });
        return { number, revision: next.revision, restored: chosen, warnings };
      });
    },
  },
};
