import { CARD_BULK_ACTIONS, type CardSelection } from '../../ui/card-bulk/card-bulk.ts';
import type { RecordRow } from '../../ui/records/record-columns.tsx';
import type { RecordBulk } from '../../ui/records/record-list.tsx';
import type { BulkAction, BulkActionProps } from '../../ui/table/bulk-actions.tsx';

/** As many visits as one marks at once; their customers are no more. */
const VISITS_AT_ONCE = 500;

/** An act on cards, done with the customers of the marked visits: each once, however often it was visited. */
function withCustomers(action: BulkAction<CardSelection>): BulkAction<readonly RecordRow[]> {
  const { component: Act } = action;
  return {
    ...action,
    component: ({ selection, onClose }: BulkActionProps<readonly RecordRow[]>) => {
      const numbers = [...new Set(selection.flatMap(({ customer }) => (customer === null ? [] : [customer])))];
      return <Act selection={{ numbers }} count={numbers.length} onClose={onClose} />;
    },
  };
}

/** After a round: the customers that were visited are classed, given to somebody else, or printed together, with preview and undo (151). */
export const VISIT_BULK: RecordBulk = { actions: CARD_BULK_ACTIONS.map(withCustomers), most: VISITS_AT_ONCE };
