import { z } from 'zod';
import { approvalMatter } from './announced-acts.ts';
import { directory, secret, sha256 } from './common.ts';
import { customerSelection } from './customer-lists.ts';
import { listFieldKey } from './lists.ts';
import { operation } from './operation.ts';
import { recordQuery } from './record-lists.ts';

/** Whom a file is sealed for (age), by name; absent: it leaves in plain, readable by anybody who gets it (R70). */
export const sealedFor = z.string().trim().min(1).max(80).optional();
/** What opens it: the recipient's own age key, or a passphrase that both know. */
export const exportSeal = z
  .union([
    z.strictObject({ recipient: z.string().regex(/^age1[a-z0-9]{58}$/) }),
    z.strictObject({ passphrase: z.string().min(15).max(400) }),
  ])
  .optional();
export type ExportSeal = NonNullable<z.output<typeof exportSeal>>;

export const EXPORT_FORMATS = ['csv', 'xlsx', 'vcard'] as const;
export const RECORD_FORMATS = ['csv', 'xlsx'] as const;

const wanted = {
  format: z.enum(EXPORT_FORMATS),
  selection: customerSelection,
  /** Fields of a table, in their order; a vCard has its own. */
  columns: z.array(listFieldKey).max(60).default([]),
  sealedFor,
};

const wantedRecords = {
  format: z.enum(RECORD_FORMATS),
  ...recordQuery,
  sort: listFieldKey.optional(),
  descending: z.boolean().optional(),
  columns: z.array(listFieldKey).min(1).max(60),
  sealedFor,
};
/** What a second person agrees to before something leaves, or is announced, whether that has to be, and how it stands. */
export const exportMatter = z.strictObject({ count: z.int(), ...approvalMatter.shape });

/** Lists out of the archive, sealed for somebody or in plain and marked: own secret again, a second person, the log (R25, R70, R71). */
export const exportOperations = {
  'exports.statement': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'export.statement', when: 'never' },
    summary: 'What a supervisor has to agree to before these customers are exported, and whether one has to (R71).',
    input: z.strictObject(wanted),
    output: exportMatter,
  }),
  'exports.recordsStatement': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'export.recordsStatement', when: 'never' },
    summary:
      'What a supervisor has to agree to before this list (papers, loans, visits, orders …) is exported, and whether one has to.',
    input: z.strictObject(wantedRecords),
    output: exportMatter,
  }),
  'exports.records': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['audit', 'agreements'],
    audit: { type: 'export.records', when: 'always' },
    summary:
      'Writes a list, as it is filtered and sorted, as CSV or XLSX (guarded against formulas). Asks for the own secret again and, once there is a supervisor, for that agreement.',
    input: z.strictObject({ ...wantedRecords, file: directory, secret, seal: exportSeal }),
    output: z.strictObject({ file: directory, rows: z.int(), bytes: z.int(), sha256 }),
  }),
  'exports.customers': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['audit', 'agreements'],
    audit: { type: 'export.customers', when: 'always' },
    summary:
      'Writes customers as CSV, XLSX (guarded against formulas) or vCard 4.0. Asks for the own secret again and, once there is a supervisor, for that agreement.',
    input: z.strictObject({ ...wanted, file: directory, secret, seal: exportSeal }),
    output: z.strictObject({ file: directory, rows: z.int(), bytes: z.int(), sha256 }),
  }),
};
