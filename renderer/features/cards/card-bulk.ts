import type { InputOf } from '../../../shared/contract/contract.ts';
import type { BulkAction } from '../../ui/table/bulk-actions.tsx';

export type CardSelection = InputOf<'exports.statement'>['selection'];

/** What can be done with marked cards. Another act is one line here: its dialog shows what would change before anything does. */
export const CARD_BULK_ACTIONS: readonly BulkAction<CardSelection>[] = [];
