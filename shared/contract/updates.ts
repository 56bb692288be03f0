import { z } from 'zod';
import { directory, instant } from './common.ts';
import { operation } from './operation.ts';

export const UPDATE_STANDINGS = ['newer', 'same', 'older', 'cannotRead'] as const;
/** What somebody does with the file that was handed over. */
export const INSTALLER_KINDS = ['appImage', 'deb', 'nsis', 'dmg', 'other'] as const;

/** Updates by a signed file, offline: the program installs nothing itself and asks no server. */
export const updateOperations = {
  'updates.inspect': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    audit: { type: 'update.inspect', when: 'never' },
    summary:
      'Reads an installer with its signed note (`<installer>.note`), checks signature, size and SHA-256, and says what it would change. Exit 3 when either is not what was signed.',
    input: z.strictObject({ file: directory }),
    output: z.strictObject({
      version: z.string(),
      present: z.string(),
      standing: z.enum(UPDATE_STANDINGS),
      made: instant,
      changes: z.array(z.string()),
      bytes: z.int(),
      sha256: z.string(),
      /** The archive is brought up to another schema at the first unlock; a copy of the old state is kept (R51). */
      migrates: z.boolean(),
      /** A verified backup no older than an hour: the file is handed over only then. */
      backedUp: z.boolean(),
    }),
  }),
  'updates.handOver': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['audit'],
    audit: { type: 'update.handOver', when: 'always' },
    summary:
      'Checks the installer once more while it is copied into a folder, from where the system installs it. Refused without a fresh backup, and for a version that is not newer.',
    input: z.strictObject({ file: directory, directory }),
    output: z.strictObject({ file: directory, version: z.string(), kind: z.enum(INSTALLER_KINDS) }),
  }),
};
