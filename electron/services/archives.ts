import { rm } from 'node:fs/promises';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  confirmsRecoveryKey,
  folderState,
  hasWeakSlot,
  holdSecret,
  openVault,
  parseRecoveryKey,
  proposeSecret,
  readmitKeeper,
  setRecoveryPassed,
  vaultSummary,
} from '../vault/vault.ts';
import type { ClosedContext, HandlersOf, OpenArchive } from './context.ts';
import { closeArchive, createArchive, openArchive } from './open-archive.ts';
import { fillPracticeArchive, PRACTICE_KEEPER } from './practice/fill-practice-archive.ts';
import { requireCode } from './prove-person.ts';
import { sessionState, signInAtDesk } from './session.ts';
import { requireGoodPlace } from './vault-place.ts';

const SUMMARY_STATES: Readonly<Record<string, 'newer' | 'damaged'>> = {
  FORMAT_NEWER: 'newer',
  VAULT_DAMAGED: 'damaged',
  VAULT_NOT_A_VAULT: 'damaged',
};

/**
 * The secret was right, and its slot was made when less work was asked for: it is made anew, with the same secret (R06, ASVS 11.2.2). Whatever
 * goes wrong keeps nobody out: the old slot is good until the new one is.
 */
async function strengthenSlot(
  context: ClosedContext,
  archive: OpenArchive,
  login: string,
  secret: string,
): Promise<void> {
  const { clock, random, kdf } = context;
  const { directory, database, deskActor } = archive;
  try {
    if (!(await hasWeakSlot({ directory, login, kdf }))) return;
    const held = await holdSecret({ directory, login, current: secret, next: secret, clock, random, kdf });
    try {
      database.begin();
      archive.audit.append(
        {
          actor: deskActor.login,
          role: deskActor.role,
          type: 'user.strengthenSlot',
          obj: `user:${deskActor.login}`,
          outcome: 'ok',
          data: { memoryKiB: kdf.memoryKiB, passes: kdf.passes },
        },
        deskActor.signer,
      );
      database.commit();
    } catch (thrown) {
      if (database.inTransaction) database.rollback();
      held.discard();
      throw thrown;
    }
    await held.adopt();
  } catch {
    // Next time.
  }
}

/** Creating, opening and practising with an archive. */
export const archiveHandlers: HandlersOf<
  | 'archive.status'
  | 'archive.create'
  | 'archive.practice'
  | 'archive.unlock'
  | 'archive.unlockWithRecoveryKey'
  | 'archive.suggestSecret'
  | 'archive.confirmRecoveryKey'
  | 'session.current'
> = {
  'archive.status': {
    phase: 'closed',
    async run(_context, { directory }) {
      const unnamed = { name: null, vaultId: null, practice: false };
      const state = await folderState(directory);
      if (state === 'absent' || state === 'empty') return { state: 'none', ...unnamed };
      if (state === 'incomplete') return { state: 'incomplete', ...unnamed };
      if (state === 'other') return { state: 'notEmpty', ...unnamed };
      try {
        const { name, vaultId } = await vaultSummary(directory);
        return { state: 'archive', name, vaultId, practice: false };
      } catch (thrown) {
        const error = AppError.from(thrown);
        const known = SUMMARY_STATES[error.code];
        if (known === undefined) throw error;
        return { state: known, ...unnamed };
      }
    },
  },
  'archive.create': {
    phase: 'closed',
    async run(context, { directory, name, keeper, evenHere, waitingHour }) {
      await requireGoodPlace(directory, evenHere);
      const wanted = { directory, name, keeper, practice: false, waitingHour };
      const { archive, recoveryKey } = await createArchive(context, wanted);
      signInAtDesk(context, archive);
      return { vault: directory, keeper: archive.deskActor.login, recoveryKey };
    },
  },
  'archive.practice': {
    phase: 'closed',
    async run(context, { directory, ...wanted }) {
      const { archive, recoveryKey } = await createArchive(context, {
        directory,
        name: PRACTICE_KEEPER.archiveName,
        keeper: PRACTICE_KEEPER,
        practice: true,
        waitingHour: false,
      });
      archive.recoveryKey = null;
      try {
        // Nobody is signed in before it is full: nothing else can open a transaction in between.
        const filled = await fillPracticeArchive(context, archive, wanted);
        signInAtDesk(context, archive);
        return { vault: directory, keeper: archive.deskActor.login, recoveryKey, ...filled, users: [...filled.users] };
      } catch (thrown) {
        // Cancelled or failed: nothing half done stays. The folder was absent or empty before.
        closeArchive(archive);
        await rm(directory, { recursive: true, force: true });
        throw thrown;
      }
    },
  },
  'archive.unlock': {
    phase: 'closed',
    async run(context, { directory, login, secret, code, keyFile }) {
      const { clock, random, kdf } = context;
      const archive = await openArchive(
        context,
        directory,
        'secret',
        () => openVault({ directory, login, secret, keyFile, clock, random, kdf }),
        // Secret and code: the database is open, and nobody is in yet.
        ({ vaultId, sql }) => requireCode({ directory, vaultId, clock, sql, login, code }),
      );
      await strengthenSlot(context, archive, login, secret);
      signInAtDesk(context, archive);
      return sessionState(context);
    },
  },
  'archive.unlockWithRecoveryKey': {
    phase: 'closed',
    async run(context, { directory, recoveryKey, newSecret }) {
      const { clock, random, kdf } = context;
      const { users } = await vaultSummary(directory);
      const keeper = users.find((user) => user.role === 'keeper');
      if (keeper === undefined) throw new AppError('NOT_FOUND', { params: { what: 'keeper' } });
      const archive = await openArchive(context, directory, 'recoveryKey', async () =>
        readmitKeeper({
          directory,
          recoveryKey: await parseRecoveryKey(recoveryKey),
          login: keeper.login,
          secret: newSecret,
          clock,
          random,
          kdf,
        }),
      );
      signInAtDesk(context, archive);
      return sessionState(context);
    },
  },
  'archive.suggestSecret': { phase: 'closed', run: ({ random }) => ({ secret: proposeSecret(random) }) },
  'archive.confirmRecoveryKey': {
    phase: 'command',
    async run(context, { groups }) {
      const { archive } = context;
      context.note({ object: `vault:${archive.vault.vaultId}` });
      if (archive.recoveryKey === null) return { confirmed: true };
      const confirmed = confirmsRecoveryKey(
        archive.recoveryKey,
        groups.map((group) => group.index),
        groups,
      );
      if (!confirmed) throw new AppError('RECOVERY_KEY_WRONG');
      await setRecoveryPassed({ directory: archive.directory, clock: context.clock });
      context.afterCommit(() => {
        archive.recoveryKey = null;
      });
      return { confirmed };
    },
  },
  'session.current': { phase: 'closed', run: (context) => sessionState(context) },
};
