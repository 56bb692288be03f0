import { z } from 'zod';
import { SIGNALS } from '../domain/supervision.ts';
import { cardCode } from './code-cards.ts';
import { instant, login, secret } from './common.ts';
import { operation } from './operation.ts';

/** The supervisor's part in the log (R73, R74): a signature over everything so far, and what to look at once a month. */
export const supervisionOperations = {
  'audit.countersign': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['audit', 'duties'],
    whileDamaged: true,
    audit: { type: 'countersign', when: 'always' },
    summary:
      'A supervisor signs the log as it stands, by the own secret at this machine: the keeper alone can rewrite nothing before it (R74).',
    input: z.strictObject({
      login,
      secret,
      code: cardCode,
      month: z
        .string()
        .regex(/^\d{4}-\d{2}$/)
        .optional(),
    }),
    output: z.strictObject({ size: z.int(), root: z.string(), by: z.string(), at: instant }),
  }),
  'audit.report': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor', 'auditor'],
    audit: { type: 'audit.report', when: 'always' },
    summary:
      "The supervisor's monthly report: signs of a quiet export, the unanchored tail, who signed last (R73, R74).",
    input: z.strictObject({ month: z.string().regex(/^\d{4}-\d{2}$/) }),
    output: z.strictObject({
      month: z.string(),
      entries: z.int(),
      /** Entries by person, most first. */
      people: z.array(z.strictObject({ login: z.string(), entries: z.int(), views: z.int() })),
      signals: z.array(
        z.strictObject({
          key: z.enum(SIGNALS),
          count: z.int(),
          remarkable: z.boolean(),
          entries: z.array(z.int()),
        }),
      ),
      unanchored: z.int(),
      countersigned: z.strictObject({ size: z.int(), at: instant, by: z.string() }).nullable(),
      lastBackup: instant.nullable(),
      lastDrill: instant.nullable(),
      lastFixity: instant.nullable(),
    }),
  }),
};
