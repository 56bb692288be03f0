import { z } from 'zod';
import { MERGE_CHOICES } from '../domain/merging.ts';
import { instant, page, shortText } from './common.ts';
import { card, customerNumber } from './customers.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor'] as const;
const choice = z.enum(MERGE_CHOICES);
const reason = shortText.trim().min(1);

/** Two cards of one customer become one, with a full trail (C1, C6). */
export const customerMergeOperations = {
  'customers.mergePreview': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'card.mergePreview', when: 'always' },
    summary: 'Two cards side by side: which fields differ, what is proposed, and what would move.',
    input: z.strictObject({ survivor: customerNumber, merged: customerNumber }),
    output: z.strictObject({
      survivor: card,
      merged: card,
      fields: z.array(
        z.strictObject({ key: z.string(), differs: z.boolean(), proposal: choice, mayKeepBoth: z.boolean() }),
      ),
      /** Percentage of the card that goes on, without any choice. */
      completeness: z.int(),
      /** Rows by table of the archive. */
      moves: z.array(z.strictObject({ table: z.string(), rows: z.int() })),
    }),
  }),
  'customers.merge': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['customers', 'visits', 'dossiers', 'scans', 'loans'],
    audit: { type: 'card.merge', when: 'always' },
    summary:
      'Merges a card into another: papers, visits, loans and history move, its number stays in the book and leads to the card that goes on.',
    input: z.strictObject({
      survivor: customerNumber,
      survivorRevision: z.int(),
      merged: customerNumber,
      mergedRevision: z.int(),
      /** By key of a field, also `tier` and `status`; what is not named keeps the survivor's value, or the only one. */
      choices: z.record(z.string().max(60), choice).default({}),
      reason,
    }),
    output: z.strictObject({ number: customerNumber, revision: z.int(), mergeId: z.int() }),
  }),
  'customers.merges': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'card.merges', when: 'never' },
    summary: 'Merges of cards, newest first, and whether each can still be taken back.',
    input: z.strictObject({ number: customerNumber.optional(), ...page }),
    output: z.strictObject({
      merges: z.array(
        z.strictObject({
          id: z.int(),
          survivor: customerNumber,
          survivorName: z.string(),
          merged: customerNumber,
          mergedName: z.string(),
          reason: z.string(),
          at: instant,
          by: z.string(),
          undoneAt: instant.nullable(),
          undoneBy: z.string().nullable(),
          undoReason: z.string().nullable(),
          mayUndo: z.boolean(),
        }),
      ),
      total: z.int(),
    }),
  }),
  'customers.undoMerge': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['customers', 'visits', 'dossiers', 'scans', 'loans'],
    audit: { type: 'card.undoMerge', when: 'always' },
    summary: 'Takes a merge back while nothing of the card has changed since; a recorded act of its own.',
    input: z.strictObject({ mergeId: z.int(), reason }),
    output: z.strictObject({ number: customerNumber }),
  }),
};
