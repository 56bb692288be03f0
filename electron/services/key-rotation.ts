import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { type ProvenUser, prepareRotation, verifySecret } from '../vault/vault.ts';
import type { HandlersOf, JobContext } from './context.ts';

/** A new vault key (R08): when somebody who held it leaves, or on suspicion. Afterwards the archive is locked. */

function prove(context: JobContext, login: string, secret: string): Promise<ProvenUser> {
  const { archive, clock, random, kdf } = context;
  return verifySecret({ directory: archive.directory, opened: archive.vault, login, secret, clock, random, kdf });
}

export const keyRotationHandlers: HandlersOf<'keys.rotate'> = {
  'keys.rotate': {
    phase: 'job',
    async run(context, { secret, witness }) {
      const { archive, actor, clock, random } = context;
      context.note({ object: `vault:${archive.vault.vaultId}`, data: { epoch: archive.vault.epoch } });
      // R25: own secret, fresh. A rotation is signed by a supervisor as well once there is one (§6).
      (await prove(context, actor.login, secret)).close();
      const approver = witness === undefined ? undefined : await prove(context, witness.login, witness.secret);
      try {
        if (approver !== undefined && approver.user.id === archive.vault.user.id)
          throw new AppError('SECOND_PERSON_MISSING', { params: { reason: 'self' }, hint: 'hint.agreement.self' });
        const rotation = await prepareRotation({
          opened: archive.vault,
          clock,
          random,
          ...(approver === undefined ? {} : { approver }),
        });
        let epoch = archive.vault.epoch;
        await context.transaction((change) => {
          change.onRollback(() => rotation.abandon());
          change.note({
            data: { nextEpoch: rotation.epoch, ...(witness === undefined ? {} : { witness: witness.login }) },
          });
          // Still in this command's turn: nothing can be written between the copy and the swap.
          change.afterCommit(async () => {
            context.progress({ phase: 'copying', done: 0, total: 0 });
            const copy = join(archive.directory, `.archive.db-${random.uuid()}.${process.pid}-0.tmp`);
            await archive.anchors.write();
            archive.database.swapForRekeyed(copy, archive.vault.databaseKey, rotation.databaseKey);
            const renewed = await rotation.finish();
            ({ epoch } = renewed);
            renewed.close();
            // The connections are closed and the keys gone: what is open now can only end.
            context.end('asked');
          });
        });
        return { epoch };
      } finally {
        approver?.close();
      }
    },
  },
};
