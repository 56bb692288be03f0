import type { CardKind } from '../../shared/domain/form-fields.ts';
import { watchedChanges } from '../../shared/domain/watched-changes.ts';
import { insertWatchFlag } from '../store/watch-flags.ts';
import type { CommandContext } from './context.ts';
import type { StoredValues } from './customer-record.ts';
import { todayOf } from './today.ts';

/** M1: a change of person in charge, licence, legal form or market raises its flag by itself, in the change's own transaction. */
export function raiseWatchFlags(
  context: CommandContext,
  card: { readonly id: number; readonly kind: CardKind },
  before: StoredValues,
  after: StoredValues,
): void {
  for (const { kind, fields } of watchedChanges(card.kind, before, after))
    insertWatchFlag(context.sql, {
      customer_id: card.id,
      kind,
      fields: JSON.stringify(fields),
      raised_on: todayOf(context.clock),
      raised_at: context.clock.now().toISOString(),
      raised_by: context.actor.displayName,
      audit_sequence: context.auditSequence,
    });
}
