import { z } from 'zod';
import { ROLES } from '../domain/roles.ts';
import { directory, done, instant, nothing, shortText } from './common.ts';
import { operation } from './operation.ts';

/**
 * What the host itself answers, without the archive process: folders, dialogs, the window.
 * The host keeps no record and no key; these calls are not acts on the archive, so none is logged here.
 */

const EVERYWHERE = ['closed', 'desk', 'handover', 'lookup'] as const;
/** Not in a lookup session: whoever reads there must not reach the file system. */
const NOT_IN_LOOKUP = ['closed', 'desk'] as const;
const NOT_LOGGED = { type: 'host', when: 'never' } as const;

export const LOCALES = ['zh-Hant', 'zh-Hans', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const locale = z.enum(LOCALES);

export const recentVault = z.strictObject({ directory, name: shortText, lastOpened: instant, practice: z.boolean() });
export type RecentVault = z.infer<typeof recentVault>;

export const hostOperations = {
  'host.info': operation({
    kind: 'host',
    sessions: EVERYWHERE,
    roles: ROLES,
    audit: NOT_LOGGED,
    summary: 'Says which host runs, which folders it uses and which archives were opened last.',
    input: nothing,
    output: z.strictObject({
      host: z.enum(['electron', 'chromium', 'cli']),
      version: z.string(),
      /** False where the host cannot show the system's dialogs: the window asks for a path in a field. */
      dialogs: z.boolean(),
      /** True where the system keeps the room of a lookup out of screen pictures. */
      screenPicturesBlocked: z.boolean(),
      dataFolder: directory,
      defaultVaultFolder: directory,
      defaultOutputFolder: directory,
      /** Empty while the screen is handed over: what the keeper opened last is not for whoever reads (L2). */
      recentVaults: z.array(recentVault).max(20),
      /** What the person chose last, else the system's language. */
      locale,
      /** False: no archive process runs yet, and so no archive is open. */
      archiveRuns: z.boolean(),
    }),
  }),
  'host.rememberVault': operation({
    kind: 'host',
    sessions: NOT_IN_LOOKUP,
    roles: ROLES,
    audit: NOT_LOGGED,
    summary: 'Puts an archive at the head of the list of those opened last.',
    input: z.strictObject({ directory, name: shortText.min(1), practice: z.boolean() }),
    output: done,
  }),
  'host.forgetVault': operation({
    kind: 'host',
    sessions: NOT_IN_LOOKUP,
    roles: ROLES,
    audit: NOT_LOGGED,
    summary: 'Takes an archive off that list; its files stay untouched.',
    input: z.strictObject({ directory }),
    output: done,
  }),
  'host.setLocale': operation({
    kind: 'host',
    sessions: EVERYWHERE,
    roles: ROLES,
    audit: NOT_LOGGED,
    summary: 'Keeps the language for the next start.',
    input: z.strictObject({ locale }),
    output: done,
  }),
  'host.chooseFolder': operation({
    kind: 'host',
    sessions: NOT_IN_LOOKUP,
    roles: ROLES,
    audit: NOT_LOGGED,
    summary: 'Shows the system dialog for a folder; null when the person chose none or the host has no dialogs.',
    input: z.strictObject({ title: shortText, startIn: directory.optional() }),
    output: z.strictObject({ path: directory.nullable() }),
  }),
  'host.chooseSavePath': operation({
    kind: 'host',
    sessions: NOT_IN_LOOKUP,
    roles: ROLES,
    audit: NOT_LOGGED,
    summary: 'Shows the system dialog for a file to write; null as in host.chooseFolder.',
    input: z.strictObject({
      title: shortText,
      suggestedName: z.string().min(1).max(200),
      startIn: directory.optional(),
    }),
    output: z.strictObject({ path: directory.nullable() }),
  }),
  'host.revealOutput': operation({
    kind: 'host',
    sessions: NOT_IN_LOOKUP,
    roles: ROLES,
    audit: NOT_LOGGED,
    summary: 'Shows the folder of a written file in the system; the file itself is never opened.',
    input: z.strictObject({ path: directory }),
    output: z.strictObject({ shown: z.boolean() }),
  }),
  'host.copyText': operation({
    kind: 'host',
    sessions: NOT_IN_LOOKUP,
    roles: ROLES,
    audit: NOT_LOGGED,
    summary:
      'Puts text on the clipboard and takes it away after ten seconds and at a lock (R27); false where the host has no clipboard.',
    input: z.strictObject({ text: z.string().max(4_000_000) }),
    output: z.strictObject({ kept: z.boolean() }),
  }),
  'host.lock': operation({
    kind: 'host',
    sessions: EVERYWHERE,
    roles: ROLES,
    audit: NOT_LOGGED,
    summary: 'Locks: ends the archive process; answers when it no longer exists (R24).',
    input: nothing,
    output: done,
  }),
  'host.toggleFullScreen': operation({
    kind: 'host',
    sessions: NOT_IN_LOOKUP,
    roles: ROLES,
    audit: NOT_LOGGED,
    summary: 'Full screen on or off.',
    input: nothing,
    output: z.strictObject({ on: z.boolean() }),
  }),
  'host.quit': operation({
    kind: 'host',
    sessions: EVERYWHERE,
    roles: ROLES,
    audit: NOT_LOGGED,
    summary: 'Locks and ends the program.',
    input: nothing,
    output: done,
  }),
};
export type HostOperationName = keyof typeof hostOperations;
