import { z } from 'zod';
import { directory, instant, shortText } from './common.ts';
import { operation } from './operation.ts';

export const damage = z.strictObject({
  id: z.int(),
  foundAt: instant,
  /** `database`: a table or index · `log` · `missing`, `changed`: a sealed file. */
  kind: z.enum(['database', 'log', 'missing', 'changed']),
  /** Reference code of the paper, name of the table, number of the log entry. */
  subject: shortText,
  name: shortText,
  customer: shortText,
  detail: z.string(),
  /** It can be put back by itself from a backup. */
  single: z.boolean(),
  settledAt: instant.nullable(),
  settled: z.enum(['', 'restored', 'sound', 'accepted']),
  settledBy: shortText,
  reason: z.string(),
});
export type Damage = z.infer<typeof damage>;

const round = z.strictObject({
  startedAt: instant,
  endedAt: instant.nullable(),
  phase: z.enum(['database', 'log', 'files', 'done']),
  files: z.int(),
  bytes: z.int(),
  damaged: z.int(),
});

/** Fixity (R49): everything read and authenticated again, what is damaged named, and put right one by one. */
export const fixityOperations = {
  'fixity.run': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['audit', 'session'],
    whileDamaged: true,
    audit: { type: 'fixity', when: 'always' },
    summary:
      'Reads and authenticates every page, the whole log and every sealed file; goes on where it was left; names what is damaged (R49).',
    input: z.strictObject({
      /** Ends after so many seconds and goes on there next time; absent: to the end. */
      seconds: z.int().min(1).max(86_400).optional(),
      /** Begins anew, whatever an earlier round has read. */
      restart: z.boolean().default(false),
    }),
    output: z.strictObject({ done: z.boolean(), round, found: z.array(damage) }),
  }),
  'fixity.status': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor', 'auditor'],
    audit: { type: 'fixity.status', when: 'never' },
    summary: 'When everything was last read, how far the present round is, when the next is due, and what is damaged.',
    input: z.strictObject({}),
    output: z.strictObject({
      running: round.nullable(),
      last: round.nullable(),
      dueOn: z.iso.date(),
      total: z.strictObject({ files: z.int(), bytes: z.int() }),
      damages: z.array(damage),
      settled: z.array(damage),
    }),
  }),
  'fixity.restoreFile': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['audit', 'session', 'scans', 'dossiers'],
    whileDamaged: true,
    audit: { type: 'fixity.restore', when: 'always' },
    summary:
      'Puts one damaged or missing sealed file back from a backup, if the backup holds exactly the bytes that the record knows.',
    input: z.strictObject({ id: z.int().min(1), file: directory, recoveryKey: z.string().min(1).max(400) }),
    output: z.strictObject({ restored: damage, left: z.int() }),
  }),
  'fixity.accept': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['audit', 'session'],
    whileDamaged: true,
    audit: { type: 'fixity.accept', when: 'always' },
    summary:
      'Goes on working although one sealed file is damaged and no backup holds it: a reason is kept, nothing is deleted.',
    input: z.strictObject({ id: z.int().min(1), reason: z.string().trim().min(4).max(400) }),
    output: z.strictObject({ accepted: damage, left: z.int() }),
  }),
};
