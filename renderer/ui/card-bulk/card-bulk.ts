import { IconPrinter, IconTags, IconUserShare } from '@tabler/icons-react';
import type { InputOf } from '../../../shared/contract/contract.ts';
import type { BulkAction } from '../table/bulk-actions.tsx';
import { BulkAssign, BulkClassify } from './bulk-classing-dialog.tsx';
import { BulkPrint } from './bulk-print-dialog.tsx';

export type CardSelection = InputOf<'exports.statement'>['selection'];

/** What can be done with marked cards. Another act is one line here: its dialog shows what would change before anything does. */
export const CARD_BULK_ACTIONS: readonly BulkAction<CardSelection>[] = [
  { id: 'classify', labelKey: 'list.bulk.classify', icon: IconTags, component: BulkClassify },
  { id: 'assign', labelKey: 'list.bulk.assign', icon: IconUserShare, component: BulkAssign },
  { id: 'print', labelKey: 'list.bulk.print', icon: IconPrinter, component: BulkPrint },
];
