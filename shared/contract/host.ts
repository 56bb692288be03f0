import { z } from 'zod';
import { directory, done, instant, nothing, shortText } from './common.ts';
import { operation } from './operation.ts';

const EVERY_SESSION = ['closed', 'desk', 'handover', 'lookup'] as const;
const never = { type: 'host', when: 'never' } as const;

/** What the host itself answers: windows, folders, remembered archives. No data of the archive passes here. */
export const hostOperations = {
  'host.info': operation({
    kind: 'host',
    sessions: EVERY_SESSION,
    roles: [],
    audit: never,
    summary: 'Which host this is, where it keeps its files, which archives were opened last.',
    input: nothing,
    output: z.strictObject({
      host: z.enum(['electron', 'chromium', 'cli']),
      version: z.string(),
      /** The host can show the system's folder and save dialogs. */
      dialogs: z.boolean(),
      dataFolder: directory,
      defaultVault: directory,
      defaultOutputFolder: directory,
      locale: z.string(),
      recentVaults: z.array(
        z.strictObject({ directory, name: shortText, practice: z.boolean(), openedAt: instant, login: z.string() }),
      ),
    }),
  }),
  'host.rememberVault': operation({
    kind: 'host',
    sessions: EVERY_SESSION,
    roles: [],
    audit: never,
    summary: 'Remembers an archive that was opened, or forgets one.',
    input: z.strictObject({
      directory,
      name: shortText,
      practice: z.boolean(),
      login: z.string().max(64),
      forget: z.boolean().default(false),
    }),
    output: done,
  }),
  'host.rememberLocale': operation({
    kind: 'host',
    sessions: EVERY_SESSION,
    roles: [],
    audit: never,
    summary: 'Remembers the language of the screens.',
    input: z.strictObject({ locale: z.enum(['zh-Hant', 'zh-Hans', 'en']) }),
    output: done,
  }),
  'host.chooseFolder': operation({
    kind: 'host',
    sessions: EVERY_SESSION,
    roles: [],
    audit: never,
    summary: "Asks for a folder with the system's dialog.",
    input: z.strictObject({ title: shortText, from: directory.optional() }),
    output: z.strictObject({ directory: directory.nullable() }),
  }),
  'host.chooseFile': operation({
    kind: 'host',
    sessions: EVERY_SESSION,
    roles: [],
    audit: never,
    summary: "Asks for a file to open with the system's dialog.",
    input: z.strictObject({ title: shortText, extensions: z.array(z.string().max(20)).max(20) }),
    output: z.strictObject({ file: directory.nullable() }),
  }),
  'host.chooseSavePath': operation({
    kind: 'host',
    sessions: EVERY_SESSION,
    roles: [],
    audit: never,
    summary: "Asks where to save a file with the system's dialog.",
    input: z.strictObject({ title: shortText, name: z.string().max(255) }),
    output: z.strictObject({ file: directory.nullable() }),
  }),
  'host.revealOutput': operation({
    kind: 'host',
    sessions: ['desk'],
    roles: [],
    audit: never,
    summary: 'Shows a folder that was written to; files themselves are never opened with other programs (R65).',
    input: z.strictObject({ directory }),
    output: done,
  }),
  'host.setLookupRoom': operation({
    kind: 'host',
    sessions: EVERY_SESSION,
    roles: [],
    audit: never,
    summary: 'Full screen and content protection for a locked lookup (L2).',
    input: z.strictObject({ on: z.boolean() }),
    output: done,
  }),
  'host.quit': operation({
    kind: 'host',
    sessions: EVERY_SESSION,
    roles: [],
    audit: never,
    summary: 'Ends the program.',
    input: nothing,
    output: done,
  }),
};
