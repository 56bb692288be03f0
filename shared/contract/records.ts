import { z } from 'zod';
import { MANY_FORMS, PRINT_FORMS } from '../domain/print-forms.ts';
import { day, directory, dossierClass, instant, page, secret, sha256, shortText, year } from './common.ts';
import { customerSelection } from './customer-lists.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
const READERS = ['keeper', 'supervisor', 'accountManager', 'businessManager', 'customerService', 'executive'] as const;

export const hit = z.strictObject({
  kind: z.enum(['customer', 'paper', 'loan', 'staff', 'copy']),
  number: z.string(),
  title: z.string(),
  subtitle: z.string(),
  matched: z.array(
    z.strictObject({ field: z.string(), how: z.enum(['exact', 'part', 'folded', 'pinyin', 'initials']) }),
  ),
});

/** A typeset document, to be read through `documents.read`. */
const printed = z.strictObject({
  document: z.string(),
  pages: z.int(),
  bytes: z.int(),
  name: z.string(),
  missingGlyphs: z.array(z.string()),
});

export const volumeProposal = z.strictObject({
  year,
  class: dossierClass,
  volume: z.int(),
  title: z.string(),
  papers: z.int(),
  customers: z.int(),
  pages: z.int(),
  sheets: z.int(),
  spineMillimetres: z.int(),
  retention: z.string(),
});
export const volume = volumeProposal.extend({
  id: z.int(),
  code: z.string(),
  sha256,
  boundAt: instant,
  boundBy: z.string(),
  auditHead: z.string(),
  file: z.string(),
  missingGlyphs: z.array(z.string()),
  /** Number of the disposal list in which its content was destroyed. */
  destroyedIn: z.string().nullable(),
  supplements: z.int(),
});

/** Search, binding, printing and the audit log. */
export const recordOperations = {
  'search.find': operation({
    kind: 'query',
    sessions: ['desk', 'lookup'],
    roles: READERS,
    audit: { type: 'search', when: 'always' },
    summary:
      'Finds people, papers, loans and issued copies by any part of a name, pinyin or initials, number, phone, code, title.',
    input: z.strictObject({
      text: z.string().min(1).max(200),
      limit: z.int().min(1).max(200).default(20),
      kinds: z
        .array(z.enum(['customer', 'paper', 'loan', 'staff', 'copy']))
        .max(5)
        .optional(),
    }),
    output: z.strictObject({
      hits: z.array(hit),
      total: z.int(),
      /** There are more than `total`: of very many hits nobody counts the last one. */
      many: z.boolean(),
    }),
  }),

  'binding.plan': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'binding.plan', when: 'never' },
    summary: 'The volumes that a year (and class) would give as it is arranged (Y1).',
    input: z.strictObject({ year, class: dossierClass.optional() }),
    output: z.strictObject({
      volumes: z.array(volumeProposal),
      years: z.array(z.strictObject({ year, papers: z.int(), bound: z.int() })),
    }),
  }),
  'binding.preview': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    audit: { type: 'binding.preview', when: 'always' },
    summary: 'Typesets one proposed volume for looking at; nothing is fixed.',
    input: z.strictObject({ year, class: dossierClass, volume: z.int() }),
    output: z.strictObject({
      document: z.string(),
      pages: z.int(),
      bytes: z.int(),
      missingGlyphs: z.array(z.string()),
    }),
  }),
  'binding.bind': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['volumes', 'dossiers'],
    audit: { type: 'binding.bind', when: 'always' },
    summary:
      'Binds a year (and class) into fixed volumes: numbers and pages are fixed, each volume is sealed in the archive and written as PDF/A (Y1, Y2).',
    input: z.strictObject({
      year,
      class: dossierClass.optional(),
      directory: directory.optional(),
      /** The reason that explains whatever the cleaning still has open; without one, open findings refuse the binding. */
      explanation: shortText.default(''),
      dryRun: z.boolean().default(false),
    }),
    output: z.strictObject({
      volumes: z.array(
        z.strictObject({
          file: z.string(),
          year,
          class: dossierClass,
          volume: z.int(),
          pages: z.int(),
          sheets: z.int(),
          papers: z.int(),
          sha256: z.string(),
        }),
      ),
      auditHead: z.string(),
      dryRun: z.boolean(),
    }),
  }),
  'volumes.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'volume.list', when: 'never' },
    summary: 'Bound volumes.',
    input: z.strictObject({ year: year.optional(), ...page }),
    output: z.strictObject({ volumes: z.array(volume), total: z.int() }),
  }),
  'volumes.open': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    audit: { type: 'volume.view', when: 'always' },
    summary: 'Opens a bound volume as it was fixed.',
    input: z.strictObject({ id: z.int() }),
    output: z.strictObject({ document: z.string(), pages: z.int(), bytes: z.int(), name: z.string() }),
  }),
  'print.form': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    whileDamaged: true,
    audit: { type: 'print', when: 'always' },
    summary: 'Typesets a printed form; the entry exists before the document is released (R69).',
    input: z
      .strictObject({
        form: z.enum(PRINT_FORMS),
        number: z.string().max(60).default(''),
        /** Of a customer's file: reference codes of the papers whose scans follow. */
        papers: z.array(z.string().max(60)).max(500).default([]),
      })
      .refine(({ form, papers }) => form === 'customerFile' || papers.length === 0, {
        path: ['papers'],
        message: 'validation.papersOfFileOnly',
      }),
    output: printed,
  }),
  'print.forms': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'print', when: 'always' },
    summary:
      'Typesets labels or cards of several customers as one document; beyond five it asks for the own secret again (R25), and takes no more than twenty-five (R71).',
    input: z.strictObject({
      form: z.enum(MANY_FORMS),
      selection: customerSelection,
      secret: secret.optional(),
    }),
    output: printed,
  }),

  'audit.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'audit.view', when: 'never' },
    summary: 'The log, newest first.',
    input: z.strictObject({
      before: z.int().optional(),
      limit: z.int().min(1).max(500).default(100),
      type: z.string().max(60).optional(),
      actor: z.string().max(64).optional(),
      object: z.string().max(200).optional(),
      outcome: z.enum(['ok', 'refused', 'failed']).optional(),
      /** Days, both included. */
      from: day.optional(),
      to: day.optional(),
    }),
    output: z.strictObject({
      entries: z.array(
        z.strictObject({
          seq: z.int(),
          ts: z.string(),
          actor: z.string(),
          role: z.string(),
          type: z.string(),
          obj: z.string(),
          outcome: z.string(),
          why: z.string(),
          data: z.string(),
          hash: z.string(),
        }),
      ),
      total: z.int(),
    }),
  }),
  'audit.verify': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: DESK,
    changes: ['audit'],
    whileDamaged: true,
    audit: { type: 'verify', when: 'always' },
    summary: 'Checks the chain, the database and, deep, every sealed file; names the first bad place.',
    input: z.strictObject({ deep: z.boolean().default(false) }),
    output: z.strictObject({
      ok: z.boolean(),
      checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
      audit: z.strictObject({
        entries: z.int(),
        head: z.string(),
        firstBad: z.strictObject({ seq: z.int(), kind: z.string() }).nullable(),
      }),
    }),
  }),
  'audit.checkpoint': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['audit'],
    whileDamaged: true,
    audit: { type: 'checkpoint', when: 'always' },
    summary: 'Writes a signed checkpoint of the log into the anchor file, and as a file elsewhere.',
    input: z.strictObject({ file: directory.optional() }),
    output: z.strictObject({
      size: z.int(),
      root: z.string(),
      code: z.string(),
      note: z.string(),
      file: z.string().nullable(),
    }),
  }),
};
