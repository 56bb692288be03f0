import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { writeInfo } from '../store/archive-records.ts';
import { noLogMoves } from '../store/log-apart.ts';
import { forceHeldChange, holdRecoveryKey, prepareRotation, vaultPaths, withdrawChange } from '../vault/vault.ts';
import { requireAnnounced } from './announced-acts.ts';
import type { HandlersOf } from './context.ts';
import { acceptKeyring, RECOVERY_USED } from './open-archive.ts';
import { proveAgain, provePerson, requireSupervisor } from './prove-person.ts';

/** A new vault key (R08): when somebody who held it leaves, or on suspicion. Afterwards the archive is locked. */

export const keyRotationHandlers: HandlersOf<'keys.rotate' | 'keys.reissueRecovery'> = {
  'keys.rotate': {
    phase: 'job',
    async run(context, { secret, witness }) {
      const { archive, clock, random } = context;
      context.note({ object: `vault:${archive.vault.vaultId}`, data: { epoch: archive.vault.epoch } });
      // R25: own secret, fresh. A rotation is signed by a supervisor as well once there is one (§6).
      await proveAgain(context, secret);
      const announced = await requireAnnounced(context, { act: 'rotateKey' });
      const approver = witness === undefined ? undefined : await provePerson(context, witness);
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
          announced.use(change);
          approver?.strike(change.sql);
          change.note({
            data: { nextEpoch: rotation.epoch, ...(witness === undefined ? { alone: 1 } : { witness: witness.login }) },
          });
          // Still in this command's turn: nothing can be written between the copy and the swap.
          change.afterCommit(async () => {
            context.progress({ phase: 'copying', done: 0, total: 0 });
            const copy = join(archive.directory, `.archive.db-${random.uuid()}.${process.pid}-0.tmp`);
            await archive.anchors.write();
            await noLogMoves(vaultPaths(archive.directory).database);
            archive.database.swapForRekeyed(copy, archive.vault.databaseKey, rotation.databaseKey);
            const renewed = await rotation.finish();
            ({ epoch } = renewed);
            renewed.close();
            // The connections are closed and the keys gone: what is open now can only end.
            context.end('rekeyed');
          });
        });
        return { epoch };
      } finally {
        approver?.close();
      }
    },
  },
  'keys.reissueRecovery': {
    phase: 'job',
    async run(context, { secret, witness }) {
      const { archive, clock, random, kdf } = context;
      context.note({ object: `vault:${archive.vault.vaultId}`, data: { epoch: archive.vault.epoch } });
      await proveAgain(context, secret);
      const announced = await requireAnnounced(context, { act: 'reissueRecovery' });
      const approver = witness === undefined ? undefined : await provePerson(context, witness);
      try {
        if (approver !== undefined) requireSupervisor(approver);
        context.note({ data: approver === undefined ? { alone: 1 } : { approvedBy: approver.user.login } });
        const recoveryKey = await context.transaction(async (change) => {
          announced.use(change);
          const held = await holdRecoveryKey({
            opened: archive.vault,
            clock,
            random,
            kdf,
            ...(approver === undefined ? {} : { approver }),
          });
          change.onRollback(() => withdrawChange(archive.vault));
          approver?.strike(change.sql);
          if (!held.isEnough) throw new AppError('SECOND_PERSON_MISSING', { hint: 'hint.supervisorSigns' });
          acceptKeyring(change.sql, held.sha256);
          writeInfo(change.sql, RECOVERY_USED, '');
          change.afterCommit(() => forceHeldChange(archive.vault, held.sha256));
          return held.recoveryKey;
        });
        // Until two of its groups are typed back the desk reminds of it, and the sheet can be printed (R10: it is on no disk).
        archive.recoveryKey = recoveryKey;
        return { recoveryKey };
      } finally {
        approver?.close();
      }
    },
  },
};
