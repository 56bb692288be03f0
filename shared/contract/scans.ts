import { z } from 'zod';
import { done, instant, nothing, sha256, shortText } from './common.ts';
import { customerNumber } from './customers.ts';
import { paperFields, referenceCode, scan } from './dossiers.ts';
import { operation } from './operation.ts';

const scanId = z.string().max(60);
const fileName = z.string().min(1).max(400);

/** A page of a scan, and how much it is turned clockwise. */
export const pageChoice = z.strictObject({
  scan: scanId,
  page: z.int().min(1).max(10_000),
  turn: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]).default(0),
});

/** A file in the scanner's folder. */
export const trayFile = z.strictObject({
  name: z.string(),
  size: z.int(),
  modifiedAt: instant,
  sha256: z.string(),
  mediaType: z.string(),
  pages: z.int(),
  /** Reference codes of papers that carry the same content already. */
  sameAs: z.array(z.string()),
  /** Why it cannot be taken: still being written, or no sound file of a kind that is taken (an error code). */
  problem: z.string(),
});
export type TrayFile = z.infer<typeof trayFile>;

/** Scans: their pages put in order, what they say, what is doubled, and the scanner's folder (D8). */
export const scanOperations = {
  'scans.arrange': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['scans', 'dossiers'],
    audit: { type: 'scan.arrange', when: 'always' },
    summary:
      "Turns, reorders, drops, divides or joins pages of a paper's scans: sealed as new scans, the former versions kept (D8).",
    input: z.strictObject({
      code: referenceCode,
      reason: shortText.min(1),
      /** Scans of that paper that the new ones stand for. */
      replaces: z.array(scanId).min(1).max(100),
      results: z
        .array(
          z.strictObject({
            name: fileName,
            /** Another paper that takes it. */
            code: referenceCode.optional(),
            pages: z.array(pageChoice).min(1).max(10_000),
          }),
        )
        .min(1)
        .max(100),
    }),
    output: z.strictObject({ scans: z.array(scan.extend({ code: referenceCode })) }),
  }),
  'scans.former': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    audit: { type: 'scan.former', when: 'never' },
    summary: "Former versions of a paper's scans, and why they were replaced.",
    input: z.strictObject({ code: referenceCode }),
    output: z.strictObject({
      former: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          mediaType: z.string(),
          pages: z.int(),
          size: z.int(),
          addedAt: instant,
          replacedAt: instant,
          replacedBy: z.string(),
          reason: z.string(),
        }),
      ),
    }),
  }),
  'scans.restore': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['scans', 'dossiers'],
    audit: { type: 'scan.restore', when: 'always' },
    summary: 'Puts a former version back in the place of what was made of it.',
    input: z.strictObject({ scan: scanId, reason: shortText.min(1) }),
    output: done,
  }),
  'scans.read': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['scans'],
    audit: { type: 'scan.read', when: 'always' },
    summary:
      'Reads the text of scans that wait for it, and recognises characters where the settings say so; goes on where it was left.',
    input: z.strictObject({
      /** These alone, again; absent: all that wait. */
      scans: z.array(scanId).max(500).optional(),
      /** Ends after so many seconds; absent: to the end. */
      seconds: z.int().min(1).max(86_400).optional(),
    }),
    output: z.strictObject({ read: z.int(), pages: z.int(), unreadable: z.int(), waiting: z.int() }),
  }),
  'scans.reading': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    audit: { type: 'scan.reading', when: 'never' },
    summary: 'How many scans were read and how many wait for it.',
    input: nothing,
    output: z.strictObject({ waiting: z.int(), read: z.int(), recognition: z.boolean() }),
  }),
  'scans.text': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    audit: { type: 'scan.view', when: 'always' },
    summary: 'What a scan says, page by page.',
    input: z.strictObject({ scan: scanId }),
    output: z.strictObject({
      read: z.boolean(),
      pages: z.array(
        z.strictObject({ text: z.string(), source: z.enum(['layer', 'ocr', 'none']), blank: z.boolean() }),
      ),
    }),
  }),
  'scans.findings': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    audit: { type: 'scan.findings', when: 'never' },
    summary: 'Blank pages and doubles by content: the same file over all, pages that look alike within a dossier.',
    input: z.strictObject({ customer: customerNumber.optional() }),
    output: z.strictObject({
      blank: z.array(z.strictObject({ scan: z.string(), name: z.string(), code: z.string(), page: z.int() })),
      same: z.array(
        z.strictObject({
          /** `file`: the same bytes · `page`: pages that look alike. */
          kind: z.enum(['file', 'page']),
          places: z.array(z.strictObject({ scan: z.string(), name: z.string(), code: z.string(), page: z.int() })),
        }),
      ),
      /** Scans that were not read yet: nothing is known of their pages. */
      waiting: z.int(),
    }),
  }),
  'scans.tray': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'scan.tray', when: 'never' },
    summary: "New files in the scanner's folder that no paper has yet.",
    input: nothing,
    output: z.strictObject({
      /** Empty: no folder is watched. */
      folder: z.string(),
      /** The folder is not there: a stick pulled out, a share not mounted. */
      missing: z.boolean(),
      /** Plain files are removed once they are sealed. */
      removes: z.boolean(),
      files: z.array(trayFile),
      /** Files in the folder that are sealed already, or were put away. */
      sealed: z.int(),
      putAway: z.int(),
    }),
  }),
  'scans.trayCodes': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'scan.tray', when: 'never' },
    summary:
      "To whom a file of the scanner's folder belongs by the codes printed on it: a form of a customer, a paper with its label (V4).",
    input: z.strictObject({ name: fileName }),
    output: z.strictObject({
      belongs: z
        .strictObject({
          kind: z.enum(['customer', 'paper']),
          number: z.string(),
          title: z.string(),
          /** Document type that the form says, of a customer's. */
          type: z.string().nullable(),
        })
        .nullable(),
    }),
  }),
  'scans.trayOpen': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'scan.tray', when: 'never' },
    summary: "Opens a file of the scanner's folder for looking; it is copied nowhere.",
    input: z.strictObject({ name: fileName }),
    output: z.strictObject({
      document: z.string(),
      name: z.string(),
      mediaType: z.string(),
      size: z.int(),
      pages: z.int(),
    }),
  }),
  'scans.trayFile': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['scans', 'dossiers', 'customers'],
    audit: { type: 'scan.attach', when: 'always' },
    summary:
      "Seals files of the scanner's folder and gives them to a paper, or to a new one; the plain file goes if the settings say so (D8).",
    input: z.strictObject({
      files: z
        .array(z.strictObject({ name: fileName, sha256 }))
        .min(1)
        .max(200),
      /** The paper that takes them … */
      code: referenceCode.optional(),
      /** … or a new one. */
      paper: z.strictObject({ customer: customerNumber, type: z.string().max(60), ...paperFields }).optional(),
    }),
    output: z.strictObject({ code: referenceCode, sealed: z.int(), removed: z.int() }),
  }),
  'scans.trayPutAway': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['scans'],
    audit: { type: 'scan.putAway', when: 'always' },
    summary: "Says that files of the scanner's folder are no papers; they stay there and are shown no more.",
    input: z.strictObject({
      files: z
        .array(z.strictObject({ name: fileName, sha256 }))
        .max(200)
        .default([]),
      /** Shows again what was put away. */
      undo: z.boolean().default(false),
    }),
    output: done,
  }),
};
