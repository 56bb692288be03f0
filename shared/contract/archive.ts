import { z } from 'zod';
import { approvalMatter } from './announced-acts.ts';
import { cardWords } from './card-words.ts';
import { cardCode } from './code-cards.ts';
import { day, directory, done, instant, login, nothing, role, secret, shortText, year } from './common.ts';
import { exportSeal, sealedFor } from './exports.ts';
import { lendingRules } from './lending-rules.ts';
import { operation } from './operation.ts';
import { presentPerson } from './people.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;

export const signedInUser = z.strictObject({ login, displayName: shortText, role });

export const sessionState = z.strictObject({
  kind: z.enum(['closed', 'desk', 'handover', 'lookup']),
  archive: z.strictObject({ name: shortText, vaultId: z.string(), directory, practice: z.boolean() }).nullable(),
  user: signedInUser.nullable(),
  /** The recovery key of a new archive has been shown and part of it has not yet been typed back. */
  recoveryKeyUnconfirmed: z.boolean(),
  /** How many things are known to be damaged and not yet put right: until then nothing is changed (R49). */
  damaged: z.int(),
  /** At unlock the log did not fit what its anchors say (R57): shorter, another one, or the anchors themselves are damaged. */
  logDoubt: z
    .strictObject({
      kind: z.enum(['truncation', 'fork', 'anchors']),
      logSize: z.int(),
      logTime: z.string(),
      anchorSize: z.int(),
      anchorTime: z.string(),
    })
    .nullable(),
  /** The backup that is looked into: all that is read comes from it, and nothing is changed. */
  lookingInto: z.strictObject({ file: directory, made: instant }).nullable(),
  lookup: z
    .strictObject({
      purpose: shortText,
      startedAt: instant,
      expiresAt: instant,
      secondsLeft: z.int(),
      recordsLeft: z.int(),
      searchesLeft: z.int(),
    })
    .nullable(),
});

/** Opening, creating and leaving an archive, and the session at the desk. */
export const archiveOperations = {
  'archive.status': operation({
    kind: 'query',
    sessions: ['closed'],
    roles: [],
    audit: { type: 'archive.status', when: 'never' },
    summary: 'Says whether a folder holds an archive and what it is called.',
    input: z.strictObject({ directory }),
    output: z.strictObject({
      state: z.enum(['none', 'archive', 'incomplete', 'newer', 'damaged', 'notEmpty']),
      name: shortText.nullable(),
      vaultId: z.string().nullable(),
      practice: z.boolean(),
    }),
  }),
  'archive.create': operation({
    kind: 'command',
    sessions: ['closed'],
    roles: [],
    audit: { type: 'vault.genesis', when: 'never' },
    summary: 'Creates an archive and signs its keeper in; the recovery key is answered once and never again.',
    input: z.strictObject({
      directory,
      name: shortText.min(1),
      keeper: z.strictObject({ login, displayName: shortText.min(1), secret }),
      /** On a network, removable or synchronised drive all the same; it stands in the log (R52). */
      evenHere: z.boolean().default(false),
      /** What a keeper alone may not do at once is announced an hour before (§15). */
      waitingHour: z.boolean().default(false),
    }),
    output: z.strictObject({ vault: directory, keeper: login, recoveryKey: z.string() }),
  }),
  'archive.practice': operation({
    kind: 'command',
    sessions: ['closed'],
    roles: [],
    audit: { type: 'vault.genesis', when: 'never' },
    summary: 'Creates a practice archive (實訓檔案) and signs its keeper in; the same seed gives the same archive.',
    input: z.strictObject({
      directory,
      customers: z.int().min(1).max(2_000_000).default(60),
      seed: z
        .int()
        .min(0)
        .max(2 ** 31)
        .default(1),
      year: year.optional(),
      scans: z.boolean().default(true),
    }),
    output: z.strictObject({
      vault: directory,
      keeper: login,
      recoveryKey: z.string(),
      customers: z.int(),
      papers: z.int(),
      users: z.array(z.strictObject({ login, role, secret: z.string() })),
    }),
  }),
  'archive.unlock': operation({
    kind: 'command',
    sessions: ['closed'],
    roles: [],
    audit: { type: 'session.unlock', when: 'never' },
    summary: 'Opens an archive with an own secret.',
    input: z.strictObject({
      directory,
      login,
      secret,
      code: cardCode,
      /** Where the key file lies, of whoever has one; absent: looked for on what is plugged in. */
      keyFile: directory.optional(),
    }),
    output: sessionState,
  }),
  'archive.unlockWithRecoveryKey': operation({
    kind: 'command',
    sessions: ['closed'],
    roles: [],
    audit: { type: 'session.recovery', when: 'never' },
    summary: 'Opens an archive with the printed recovery key and gives its keeper a new secret.',
    input: z.strictObject({ directory, recoveryKey: z.string().min(1).max(400), newSecret: secret }),
    output: sessionState,
  }),
  'archive.suggestSecret': operation({
    kind: 'query',
    sessions: ['closed', 'desk'],
    roles: DESK,
    audit: { type: 'archive.suggestSecret', when: 'never' },
    summary: 'Offers a secret of six random words.',
    input: nothing,
    output: z.strictObject({ secret: z.string() }),
  }),
  'archive.confirmRecoveryKey': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['session'],
    whileDamaged: true,
    audit: { type: 'recovery.confirm', when: 'always' },
    summary: 'Confirms that the recovery key was written down: two of its groups typed back.',
    input: z.strictObject({
      groups: z.array(z.strictObject({ index: z.int().min(0).max(40), text: z.string().max(10) })).length(2),
    }),
    output: z.strictObject({ confirmed: z.boolean() }),
  }),
  'archive.exportStatement': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    audit: { type: 'archive.exportStatement', when: 'never' },
    summary:
      'What a supervisor has to agree to before the whole archive is exported to a folder, and whether one has to (R71).',
    input: z.strictObject({ directory, sealedFor }),
    output: approvalMatter,
  }),
  'archive.exportBag': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['audit'],
    whileDamaged: true,
    audit: { type: 'archive.export', when: 'always' },
    summary:
      'Writes the whole archive, readable without this program, as a BagIt bag (RFC 8493). Asks for the own secret again and, once there is a supervisor, for that agreement (R25, R71).',
    /** Sealed, it is one file beside that name: `<directory>.tar.age`. */
    input: z.strictObject({ directory, secret, sealedFor, seal: exportSeal }),
    output: z.strictObject({
      directory,
      customers: z.int(),
      papers: z.int(),
      auditEntries: z.int(),
      files: z.int(),
      bytes: z.int(),
      /** SHA-256 of the bag's `tagmanifest-sha256.txt`. */
      sha256: z.string(),
    }),
  }),
  'keys.rotate': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: [],
    audit: { type: 'key.rotate', when: 'always' },
    summary:
      'Puts the archive under a new vault key and locks it: what somebody who left once knew opens nothing any more (R08). Own secret again; once there is a supervisor, that secret too.',
    input: z.strictObject({ secret, witness: presentPerson.optional() }),
    output: z.strictObject({ epoch: z.int() }),
  }),
  'keys.reissueRecovery': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['session', 'duties'],
    audit: { type: 'recovery.reissue', when: 'always' },
    summary:
      'Makes a new recovery key: the old sheet opens the archive no longer, old backups stay readable by the old sheet. Own secret again; once there is a supervisor, that secret too. A new vault key is due afterwards.',
    input: z.strictObject({ secret, witness: presentPerson.optional() }),
    output: z.strictObject({ recoveryKey: z.string() }),
  }),
  'session.current': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['closed', 'desk', 'handover', 'lookup'],
    roles: [...DESK, 'accountManager', 'businessManager', 'customerService', 'executive'],
    audit: { type: 'session.current', when: 'never' },
    summary: 'Who is signed in, to which archive, and how long a lookup may last.',
    input: nothing,
    output: sessionState,
  }),
  'session.touch': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk', 'handover', 'lookup'],
    roles: [...DESK, 'accountManager', 'businessManager', 'customerService', 'executive'],
    audit: { type: 'session.touch', when: 'never' },
    summary: 'Says that somebody is at the desk, so that the idle lock waits.',
    input: nothing,
    output: done,
  }),
  'session.lock': operation({
    kind: 'command',
    whileLooking: 'live',
    sessions: ['desk', 'handover', 'lookup'],
    roles: [...DESK, 'accountManager', 'businessManager', 'customerService', 'executive'],
    whileDamaged: true,
    audit: { type: 'session.lock', when: 'always' },
    summary: 'Locks the archive: its process ends.',
    input: nothing,
    output: done,
  }),
  'session.draftsKey': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'session.draftsKey', when: 'never' },
    summary: "The key of the window's own drafts, as base64 of 32 bytes.",
    input: nothing,
    output: z.strictObject({ key: z.string() }),
  }),
  'desk.overview': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'desk.overview', when: 'never' },
    summary: 'What the archive holds, what waits by screen, and the state of log and backup.',
    input: nothing,
    output: z.strictObject({
      today: day,
      counts: z.strictObject({
        customers: z.int(),
        papers: z.int(),
        loansOut: z.int(),
        loansOverdue: z.int(),
        loansDueSoon: z.int(),
        incompleteCards: z.int(),
        staleCards: z.int(),
        missingPapers: z.int(),
        lateCards: z.int(),
        volumes: z.int(),
        /** V3: urgent reports that nobody has acknowledged. */
        urgentReports: z.int(),
        /** V1: daily reports of the last two weeks that are missing. */
        missingReports: z.int(),
        openFacts: z.int(),
      }),
      /** What is past its day, by the screen that it leads to: the numbers of the rail. */
      waiting: z.array(z.strictObject({ screen: z.string(), count: z.int() })),
      recentlyChanged: z.array(z.strictObject({ number: z.string(), name: cardWords, at: instant, by: z.string() })),
      audit: z.strictObject({ entries: z.int(), head: z.string(), unanchored: z.int() }),
      lastBackup: instant.nullable(),
      lastVerified: instant.nullable(),
    }),
  }),
  'settings.get': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'settings.get', when: 'never' },
    summary: "The archive's settings.",
    input: nothing,
    output: z.lazy(() => archiveSettings),
  }),
  'settings.update': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['settings'],
    audit: { type: 'settings.change', when: 'always' },
    summary: 'Changes settings.',
    input: z.lazy(() => archiveSettings.omit({ waitingHour: true }).partial()),
    output: z.lazy(() => archiveSettings),
  }),
};

export const archiveSettings = z.strictObject({
  /** Name on covers and forms. */
  institution: shortText,
  /** Fonds number before reference codes (檔號); empty: none. */
  fonds: z.string().max(20),
  enterprisePattern: z.string().max(40),
  individualPattern: z.string().max(40),
  /** C4: hours after the visit within which the card must be filled in. */
  latenessHours: z.int().min(1).max(720),
  /** M2: months between two full revisions. */
  revisionMonths: z.int().min(1).max(24),
  /** Days before a licence, a limit or a paper runs out from which the desk says so. */
  expiryNoticeDays: z.int().min(1).max(366),
  /** Days between two backups. */
  backupDays: z.int().min(1).max(366),
  /** R73: days between two checkpoints that leave the machine. */
  checkpointDays: z.int().min(1).max(366),
  /** R23: seconds without activity until the desk locks. */
  idleLockSeconds: z.int().min(60).max(300),
  /** L2: minutes of a lookup. */
  lookupMinutes: z.int().min(1).max(120),
  /** I2: days until a copy has to be back, by who holds it; months between two recovery rounds. */
  copyDaysSalesperson: z.int().min(1).max(365),
  copyDaysService: z.int().min(1).max(365),
  recoveryRoundMonths: z.int().min(1).max(24),
  /** Corner of the page numbers: `upper` as in the mainland, `lower` as in Taiwan. */
  pageNumberCorner: z.enum(['upper', 'lower']),
  /** Thickness of a sheet in micrometres, for splitting volumes. */
  sheetMicrometres: z.int().min(50).max(500),
  /** Folder into which the scanner writes, watched for new files; empty: none. Whether a plain file goes once it is sealed. */
  scanFolder: z.string().max(4_096),
  scanFolderRemoves: z.boolean(),
  /** Characters of scans without text are recognised; languages in the order of their weight. */
  ocr: z.boolean(),
  ocrLanguages: z
    .array(z.enum(['chi_tra', 'chi_sim', 'eng']))
    .min(1)
    .max(3),
  rocCalendar: z.boolean(),
  /** Language of printed forms and volumes. */
  printLanguage: z.enum(['zh-Hant', 'zh-Hans', 'en']),
  /** V1: the set hour by which a day's report must be handed in. */
  dailyReportHour: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** Free weekdays, 0 Sunday … 6 Saturday. */
  weekend: z.array(z.int().min(0).max(6)).max(6),
  /** §4.2: class of customers whom nobody has named; `none`: only named customers owe periodic reports. */
  periodicClass: z.enum(['first', 'second', 'third', 'none']),
  /** B1, B2: periods, approvals, renewals, reminders. */
  lending: lendingRules,
  /** §15: what a keeper alone may not do at once is announced an hour before. Changed by `agreements.setWaitingHour` alone. */
  waitingHour: z.boolean(),
});
export type ArchiveSettings = z.infer<typeof archiveSettings>;
