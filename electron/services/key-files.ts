import { rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { makeFolder } from '../platform/durable-files.ts';
import {
  forgetKeyFile,
  holdSecret,
  keyFileName,
  keyFileOf,
  newKeyFile,
  rememberKeyFile,
  writeKeyFile,
} from '../vault/vault.ts';
import type { HandlersOf, JobContext } from './context.ts';

/** Key files on a stick (peers' feature 132): a second factor for the slots that open the archive, beside what their people know. */

/** What a change of the own slot is made from; the same secret, another key file or none. */
function ownSlot({ archive, actor, clock, random, kdf }: JobContext, secret: string) {
  const { directory } = archive;
  return { directory, login: actor.login, current: secret, next: secret, clock, random, kdf };
}

/** Beside the lock it is no second factor. */
function requireElsewhere(archive: string, folder: string): void {
  const inside = relative(archive, folder);
  if (inside === '' || !(inside.startsWith('..') || inside.includes(':')))
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'folder', message: 'validation.keyFileElsewhere' }] });
}

export const keyFileHandlers: HandlersOf<'keyFiles.status' | 'keyFiles.make' | 'keyFiles.end'> = {
  'keyFiles.status': {
    phase: 'query',
    async run({ archive, actor }) {
      const id = await keyFileOf({ directory: archive.directory, login: actor.login });
      return { file: id === null ? null : keyFileName(id) };
    },
  },
  'keyFiles.make': {
    phase: 'job',
    async run(context, { secret, folder }) {
      const { archive, actor, random } = context;
      requireElsewhere(archive.directory, folder);
      const former = await keyFileOf({ directory: archive.directory, login: actor.login });
      const keyFile = newKeyFile(random);
      context.note({ object: `user:${actor.login}`, data: { keyFile: keyFile.id } });
      try {
        let file = '';
        await context.transaction(async (change) => {
          const held = await holdSecret({ ...ownSlot(context, secret), nextKeyFile: keyFile });
          change.onRollback(() => held.discard());
          // First the file, read back; only then does the slot ask for it.
          await makeFolder(folder);
          file = await writeKeyFile(folder, archive.vault.vaultId, keyFile);
          change.onRollback(() => rm(file, { force: true }));
          change.afterCommit(async () => {
            await held.adopt();
            rememberKeyFile(keyFile);
            if (former !== null) forgetKeyFile(former);
          });
        });
        return { file };
      } finally {
        keyFile.key.fill(0);
      }
    },
  },
  'keyFiles.end': {
    phase: 'job',
    async run(context, { secret }) {
      const { archive, actor } = context;
      const former = await keyFileOf({ directory: archive.directory, login: actor.login });
      if (former === null) throw new AppError('NOT_FOUND', { params: { what: 'keyFile' } });
      context.note({ object: `user:${actor.login}`, data: { keyFile: former } });
      await context.transaction(async (change) => {
        const held = await holdSecret({ ...ownSlot(context, secret), nextKeyFile: null });
        change.onRollback(() => held.discard());
        change.afterCommit(async () => {
          await held.adopt();
          forgetKeyFile(former);
        });
      });
      return {};
    },
  },
};
