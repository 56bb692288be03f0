import { z } from 'zod';
import { BACKUP_STANDINGS } from '../domain/backups.ts';
import {
  customerKind,
  directory,
  done,
  fieldIssue,
  fieldValue,
  instant,
  login,
  nothing,
  secret,
  sha256,
  shortText,
} from './common.ts';
import { customerNumber } from './customers.ts';
import { AREAS } from './messages.ts';
import { operation } from './operation.ts';

const recoveryKey = z.string().min(1).max(400);

/** What an archive or a backup of it holds, for people who compare two. */
export const archiveFacts = z.strictObject({
  vault: z.string(),
  name: shortText,
  schema: z.int(),
  logSize: z.int(),
  logRoot: z.string(),
  lastAt: instant.nullable(),
  sealedFiles: z.int(),
  /** How many of each thing, by the key of its name (`backups.count.<key>`). */
  counts: z.array(z.strictObject({ key: z.string(), count: z.int() })),
  /** The newest entries of the log. */
  lastEntries: z.array(
    z.strictObject({ seq: z.int(), at: instant, type: z.string(), actor: z.string(), object: z.string() }),
  ),
});
export type ArchiveFacts = z.infer<typeof archiveFacts>;

const extent = z.enum(['full', 'incremental']);

export const backupOperations = {
  'archive.backup': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['audit', 'session', 'duties'],
    whileDamaged: true,
    audit: { type: 'backup.done', when: 'always' },
    summary:
      'Writes an encrypted backup file, full or with only what its medium lacks, reads it back and checks it; a folder gets a file named by itself.',
    input: z.strictObject({
      /** The file, or the folder that it is to stand in. */
      file: directory,
      extent: z.enum(['auto', 'full', 'incremental']).default('auto'),
    }),
    output: z.strictObject({
      file: directory,
      sha256: z.string(),
      bytes: z.int(),
      verified: z.boolean(),
      extent,
      /** Sealed files in it, of how many there are. */
      carried: z.int(),
      sealedFiles: z.int(),
      newMedium: z.boolean(),
    }),
  }),
  'backups.status': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor', 'auditor'],
    audit: { type: 'backups.status', when: 'never' },
    summary:
      'Backups that were made, the media they lie on, whose turn it is, and when the next backup and restore drill are due.',
    input: z.strictObject({ limit: z.int().min(1).max(200).default(20) }),
    output: z.strictObject({
      dueOn: z.iso.date().nullable(),
      drillDueOn: z.iso.date().nullable(),
      lastDrill: instant.nullable(),
      alarm: z.enum(['none', 'day', 'week']),
      advice: z.enum(['none', 'second', 'other']),
      media: z.array(
        z.strictObject({
          id: z.string(),
          place: z.string(),
          firstAt: instant,
          lastAt: instant,
          backups: z.int(),
          /** Its turn is next. */
          next: z.boolean(),
        }),
      ),
      runs: z.array(
        z.strictObject({
          at: instant,
          by: shortText,
          medium: z.string(),
          file: z.string(),
          extent,
          bytes: z.int(),
          sha256,
          carried: z.int(),
          logSize: z.int(),
          triedAt: instant.nullable(),
        }),
      ),
    }),
  }),
  'backups.compare': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['closed', 'desk'],
    roles: ['keeper', 'supervisor'],
    audit: { type: 'backups.compare', when: 'never' },
    summary:
      'Reads a backup whole and says what it holds against what is there: same, older, newer, forked or of another archive (R56). Exit 3 when it is damaged or incomplete.',
    input: z.strictObject({
      file: directory,
      recoveryKey,
      /** The archive to compare with while none is open; absent: the backup is only checked. */
      present: directory.optional(),
    }),
    output: z.strictObject({
      standing: z.enum(BACKUP_STANDINGS),
      made: instant,
      program: z.string(),
      extent,
      /** The files it is read from, the newest first. */
      files: z.array(z.string()),
      bytes: z.int(),
      backup: archiveFacts,
      present: archiveFacts.nullable(),
      /** Entries that the archive there has and the backup has not: what going back would lose. */
      lost: z.strictObject({ entries: z.int(), from: instant.nullable(), to: instant.nullable() }),
      /** Supervisors of the archive there: one of them has to agree before a backup takes its place (R56, R71). */
      supervisors: z.array(z.strictObject({ login, displayName: shortText })),
    }),
  }),
  'backups.look': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: AREAS,
    whileDamaged: true,
    audit: { type: 'backup.look', when: 'always' },
    summary:
      'Opens a backup to look into it: until it is closed every list, card, dossier and scan is answered as it was then, and nothing can be changed.',
    input: z.strictObject({ file: directory, recoveryKey }),
    output: z.strictObject({
      made: instant,
      backup: sha256,
      /** Scans that are neither in this file nor in the archive: an incremental backup leaves out what earlier ones carry. */
      unread: z.int(),
    }),
  }),
  'backups.closeLook': operation({
    kind: 'command',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: AREAS,
    whileDamaged: true,
    audit: { type: 'backup.closeLook', when: 'always' },
    summary: 'Closes the backup that is looked into, and takes its copy away.',
    input: nothing,
    output: done,
  }),
  'backups.compareCard': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'card.history', when: 'always' },
    summary: 'One card as a backup has it beside what it says now: the fields that differ (R49).',
    input: z.strictObject({ file: directory, recoveryKey, number: customerNumber }),
    output: z.strictObject({
      made: instant,
      /** SHA-256 of the manifest: what was looked at is what is put back. */
      backup: sha256,
      number: customerNumber,
      kind: customerKind,
      name: z.string(),
      /** Of the present card: a restore names it. */
      revision: z.int(),
      /** When and by whom the card in the backup was last written. */
      savedAt: instant,
      savedBy: z.string(),
      differences: z.array(z.strictObject({ field: z.string(), former: fieldValue, present: fieldValue })),
    }),
  }),
  'backups.restoreCard': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['customers'],
    audit: { type: 'card.restore', when: 'always' },
    summary:
      'Puts one card back as a backup has it, all that differs or single fields, as a change of its own (C6, R49).',
    input: z.strictObject({
      file: directory,
      recoveryKey,
      number: customerNumber,
      /** As `backups.compareCard` said: refused when card or backup are others by now. */
      revision: z.int(),
      backup: sha256,
      /** Only these fields; absent: all that differ. */
      fields: z.array(z.string().max(60)).min(1).max(500).optional(),
    }),
    output: z.strictObject({
      number: customerNumber,
      revision: z.int(),
      restored: z.array(z.string()),
      warnings: z.array(fieldIssue),
    }),
  }),
  'backups.drill': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['audit', 'duties'],
    whileDamaged: true,
    audit: { type: 'backup.drill', when: 'always' },
    summary:
      'Restore drill (R55): restores a backup into a folder of its own, opens it, proves pages, log and every sealed file, compares the counts, and removes it again.',
    input: z.strictObject({
      file: directory,
      recoveryKey,
      /** Where there is room for a whole archive; absent: beside the archive. */
      room: directory.optional(),
    }),
    output: z.strictObject({
      ok: z.boolean(),
      standing: z.enum(BACKUP_STANDINGS),
      made: instant,
      seconds: z.number(),
      sealedFiles: z.int(),
      auditEntries: z.int(),
      checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
    }),
  }),
  'archive.restore': operation({
    kind: 'command',
    sessions: ['closed'],
    roles: [],
    audit: { type: 'restore', when: 'never' },
    summary:
      'Restores a backup, with those it builds on, into a new folder with the recovery key, verifies it, and gives its keeper a new secret.',
    input: z.strictObject({
      file: directory,
      directory,
      recoveryKey,
      newSecret: secret,
      /** The archive that it is to take the place of: it is left as it is; its size and root stand in the entry. */
      replaces: directory.optional(),
      /** What `backups.compare` said: refused when it has become something else; `older`, `forked` and `otherArchive` must be said. */
      standing: z.enum(BACKUP_STANDINGS).optional(),
      /** A supervisor of that archive, with the own secret: asked for once it has one (R56, R71). */
      witness: z.strictObject({ login, secret }).optional(),
    }),
    output: z.strictObject({
      vault: directory,
      customers: z.int(),
      papers: z.int(),
      auditEntries: z.int(),
      verified: z.boolean(),
    }),
  }),
};
