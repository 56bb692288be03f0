import { z } from 'zod';
import { DEFAULT_SECURITY_LEVEL, SECURITY_LEVELS } from '../domain/security-levels.ts';
import { cardWords } from './card-words.ts';
import {
  base64Chunk,
  customerKind,
  day,
  done,
  dossierClass,
  fieldValues,
  instant,
  longText,
  page,
  partialDate,
  shortText,
} from './common.ts';
import { customerNumber } from './customers.ts';
import { exportSeal, sealedFor } from './exports.ts';
import { operation } from './operation.ts';

const READERS = ['keeper', 'supervisor', 'accountManager', 'businessManager', 'customerService', 'executive'] as const;
const DESK = ['keeper', 'supervisor'] as const;

/** Reference code (檔號) of a paper: provisional until binding, then fixed (forms-and-standards §7.2). */
export const referenceCode = z.string().min(1).max(60);
export const securityLevel = z.enum(SECURITY_LEVELS);
export const medium = z.enum(['paper', 'scan', 'electronic']);
/** `inPlace` 在架 · `lent` 借出 · `removed` 已取出 · `superseded` 已被取代 · `bound` 已裝訂 · `destroyed` 已銷毀 */
export const paperState = z.enum(['inPlace', 'lent', 'removed', 'superseded', 'bound', 'destroyed']);

export const scan = z.strictObject({
  id: z.string(),
  name: z.string(),
  mediaType: z.string(),
  size: z.int(),
  pages: z.int(),
  sha256: z.string(),
  addedAt: instant,
  addedBy: z.string(),
});

export const paper = z.strictObject({
  code: referenceCode,
  customer: customerNumber,
  customerName: cardWords,
  class: dossierClass,
  type: z.string(),
  sequence: z.int(),
  title: z.string(),
  documentNumber: z.string(),
  responsible: z.string(),
  date: partialDate.nullable(),
  pages: z.int(),
  original: z.boolean(),
  copies: z.int(),
  medium,
  security: securityLevel,
  retention: z.string(),
  place: z.string(),
  note: z.string(),
  exportOrder: z.string().nullable(),
  validUntil: day.nullable(),
  extra: fieldValues,
  state: paperState,
  /** Who has it, since when and until when, while it is lent; `recalled`: called back before its time (B2). */
  loan: z
    .strictObject({
      loanNumber: z.string(),
      borrower: z.string(),
      since: instant,
      due: day,
      recalled: z.boolean(),
    })
    .nullable(),
  volume: z
    .strictObject({ year: z.int(), class: dossierClass, number: z.int(), fromPage: z.int(), toPage: z.int() })
    .nullable(),
  scans: z.array(scan),
  /** Only the line of the catalogue is shown: the reader's role may not see the content at this security level (rule R). */
  withheld: z.boolean(),
  addedAt: instant,
  revision: z.int(),
});
export type Paper = z.infer<typeof paper>;

export const missingPaper = z.strictObject({
  class: dossierClass,
  type: z.string(),
  exportOrder: z.string().nullable(),
  since: day.nullable(),
});

export const paperFields = {
  title: z.string().min(1).max(400),
  documentNumber: shortText.default(''),
  responsible: shortText.default(''),
  date: partialDate.nullable().default(null),
  pages: z.int().min(0).max(100_000).default(1),
  original: z.boolean().default(false),
  copies: z.int().min(1).max(999).default(1),
  medium: medium.default('paper'),
  security: securityLevel.default(DEFAULT_SECURITY_LEVEL),
  retention: z.string().max(20).default(''),
  place: shortText.default(''),
  note: longText.default(''),
  exportOrder: z.string().max(60).nullable().default(null),
  validUntil: day.nullable().default(null),
  extra: fieldValues.default({}),
};

export const dossierOperations = {
  'dossiers.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'dossier.list', when: 'never' },
    summary: 'Customers with their number of papers and of missing papers.',
    input: z.strictObject({ onlyMissing: z.boolean().default(false), text: z.string().max(200).default(''), ...page }),
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          number: customerNumber,
          kind: customerKind,
          name: z.string(),
          papers: z.int(),
          missing: z.int(),
          perClass: z.array(z.int()).length(5),
        }),
      ),
      total: z.int(),
    }),
  }),
  'dossiers.get': operation({
    kind: 'query',
    sessions: ['desk', 'lookup'],
    roles: READERS,
    audit: { type: 'dossier.view', when: 'always' },
    summary: "A customer's dossier: five classes with their catalogue in binder order, and what is missing (D6, D7).",
    input: z.strictObject({ number: customerNumber }),
    output: z.strictObject({
      number: customerNumber,
      kind: customerKind,
      name: z.string(),
      directExport: z.boolean(),
      classes: z
        .array(z.strictObject({ class: dossierClass, papers: z.array(paper), missing: z.array(missingPaper) }))
        .length(5),
      exportOrders: z.array(z.strictObject({ orderNumber: z.string(), date: day, description: z.string() })),
      waivers: z.array(
        z.strictObject({
          type: z.string(),
          exportOrder: z.string().nullable(),
          state: z.enum(['mergedIntoLicence', 'notApplicable']),
          reason: z.string(),
          at: instant,
          by: z.string(),
        }),
      ),
    }),
  }),
  'dossiers.paper': operation({
    kind: 'query',
    sessions: ['desk', 'lookup'],
    roles: READERS,
    audit: { type: 'paper.view', when: 'always' },
    summary: 'One catalogue entry with its scans and its trail.',
    input: z.strictObject({ code: referenceCode }),
    output: z.strictObject({
      paper,
      trail: z.array(
        z.strictObject({ at: instant, by: z.string(), act: z.string(), reason: z.string(), detail: z.string() }),
      ),
    }),
  }),
  'dossiers.addPaper': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dossiers', 'customers'],
    audit: { type: 'paper.file', when: 'always' },
    summary: 'Files a paper: it gets its number in the catalogue of its class (D6).',
    input: z.strictObject({ customer: customerNumber, type: z.string().max(60), ...paperFields }),
    output: z.strictObject({
      code: referenceCode,
      class: dossierClass,
      sequence: z.int(),
      /** The paper behind which it is put in the binder; null: it comes first in its class. */
      after: referenceCode.nullable(),
    }),
  }),
  'dossiers.changePaper': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dossiers'],
    audit: { type: 'paper.change', when: 'always' },
    summary: 'Corrects a catalogue entry, or moves it to another type; its number survives (D6).',
    input: z.strictObject({
      code: referenceCode,
      revision: z.int(),
      reason: shortText.min(1),
      type: z.string().max(60).optional(),
      title: z.string().min(1).max(400).optional(),
      documentNumber: shortText.optional(),
      responsible: shortText.optional(),
      date: partialDate.nullable().optional(),
      pages: z.int().min(0).max(100_000).optional(),
      original: z.boolean().optional(),
      copies: z.int().min(1).max(999).optional(),
      medium: medium.optional(),
      security: securityLevel.optional(),
      retention: z.string().max(20).optional(),
      place: shortText.optional(),
      note: longText.optional(),
      exportOrder: z.string().max(60).nullable().optional(),
      validUntil: day.nullable().optional(),
      extra: fieldValues.optional(),
    }),
    output: z.strictObject({ code: referenceCode, revision: z.int() }),
  }),
  'dossiers.takeOut': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dossiers'],
    audit: { type: 'paper.takeOut', when: 'always' },
    summary: 'Takes a paper out of the dossier, or marks it superseded, with the reason; its entry stays (D7).',
    input: z.strictObject({
      code: referenceCode,
      as: z.enum(['removed', 'superseded']),
      supersededBy: referenceCode.optional(),
      reason: shortText.min(1),
    }),
    output: done,
  }),
  'dossiers.putBack': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dossiers'],
    audit: { type: 'paper.putBack', when: 'always' },
    summary: 'Puts a paper that was taken out back in its place.',
    input: z.strictObject({ code: referenceCode, reason: shortText.min(1) }),
    output: done,
  }),
  'dossiers.waive': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dossiers'],
    audit: { type: 'paper.waive', when: 'always' },
    summary: 'Says that a required paper is merged into the licence or not applicable, with the reason (D1, D4).',
    input: z.strictObject({
      number: customerNumber,
      type: z.string().max(60),
      exportOrder: z.string().max(60).nullable().default(null),
      state: z.enum(['mergedIntoLicence', 'notApplicable']),
      reason: shortText.min(1),
    }),
    output: done,
  }),
  'dossiers.addExportOrder': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dossiers'],
    audit: { type: 'exportOrder.add', when: 'always' },
    summary: 'Registers an order of a direct-export customer, whose four documents then may not be missing (D4).',
    input: z.strictObject({
      number: customerNumber,
      orderNumber: z.string().min(1).max(60),
      date: day,
      description: shortText.default(''),
    }),
    output: done,
  }),
  'uploads.begin': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'upload', when: 'never' },
    summary: 'Begins to hand a file over in pieces; it stays in memory and never touches the disk.',
    input: z.strictObject({
      name: z.string().min(1).max(400),
      size: z.int().min(0).max(2_000_000_000_000),
      /** A table has a smaller limit than a scan (R60, R65). */
      purpose: z.enum(['table', 'scan']).default('scan'),
    }),
    output: z.strictObject({ upload: z.string() }),
  }),
  'uploads.append': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'upload', when: 'never' },
    summary: 'The next piece of a file, base64 of at most about 1 MB.',
    input: z.strictObject({ upload: z.string().max(60), data: base64Chunk }),
    output: z.strictObject({ received: z.int() }),
  }),
  'uploads.discard': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'upload', when: 'never' },
    summary: 'Gives a handed-over file up.',
    input: z.strictObject({ upload: z.string().max(60) }),
    output: done,
  }),
  'scans.attach': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['scans', 'dossiers'],
    audit: { type: 'scan.attach', when: 'always' },
    summary: 'Seals a handed-over file (PDF, PNG, JPEG, TIFF) and attaches it to a catalogue entry (D8).',
    input: z.strictObject({ upload: z.string().max(60), code: referenceCode }),
    /** `sameAs`: reference codes of papers that carried the same content already. */
    output: scan.extend({ sameAs: z.array(referenceCode) }),
  }),
  'scans.open': operation({
    kind: 'query',
    sessions: ['desk', 'lookup'],
    roles: READERS,
    audit: { type: 'scan.view', when: 'always' },
    summary: 'Opens a scan for reading: the whole file is authenticated first (R12).',
    input: z.strictObject({
      scan: z.string().max(60),
      /** For looking: a TIFF comes as a PDF of its pages. */
      view: z.boolean().default(false),
    }),
    output: z.strictObject({
      document: z.string(),
      /** For looking: a picture (WebP) of a long scan's first page, to be read before the scan itself; null: there is none. */
      firstPage: z.string().nullable(),
      name: z.string(),
      mediaType: z.string(),
      size: z.int(),
      pages: z.int(),
    }),
  }),
  'documents.read': operation({
    kind: 'query',
    sessions: ['desk', 'lookup'],
    roles: READERS,
    audit: { type: 'document.read', when: 'never' },
    summary: 'A piece of an opened scan or a finished print, as base64.',
    input: z.strictObject({
      document: z.string().max(60),
      offset: z.int().min(0),
      length: z.int().min(1).max(1_500_000),
    }),
    output: z.strictObject({ data: z.string(), total: z.int() }),
  }),
  'documents.firstPage': operation({
    kind: 'query',
    sessions: ['desk', 'lookup'],
    roles: READERS,
    audit: { type: 'document.firstPage', when: 'never' },
    summary:
      'A picture (WebP) of the first page of an opened PDF, to be looked at while the rest of a long one is taken over.',
    input: z.strictObject({ document: z.string().max(60) }),
    /** Null of what is no PDF. */
    output: z.strictObject({ document: z.string().nullable() }),
  }),
  'documents.save': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    whileDamaged: true,
    audit: { type: 'document.save', when: 'always' },
    summary: 'Saves a finished print as a file, in plain or sealed for somebody.',
    input: z.strictObject({
      document: z.string().max(60),
      file: z.string().min(1).max(4_096),
      sealedFor,
      seal: exportSeal,
    }),
    output: z.strictObject({ file: z.string(), sha256: z.string(), bytes: z.int() }),
  }),
  'documents.close': operation({
    kind: 'query',
    sessions: ['desk', 'lookup'],
    roles: READERS,
    audit: { type: 'document.close', when: 'never' },
    summary: 'Forgets an opened scan or print.',
    input: z.strictObject({ document: z.string().max(60) }),
    output: done,
  }),
};
