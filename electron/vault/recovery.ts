/** What the printed recovery key can do besides opening: readmit a keeper or supervisor; and being replaced. */
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import { makeFolder } from '../platform/durable-files.ts';
import type { Random } from '../platform/random.ts';
import { signerFromSeed } from '../platform/signer.ts';
import { createAttemptCounter } from './attempts.ts';
import { type KdfParameters, PRODUCTION_KDF } from './kdf.ts';
import { activeUsers, backupRecipients, requireMac } from './keyring.ts';
import { changeKeyring, signersFor } from './keyring-change.ts';
import { normaliseLogin } from './login.ts';
import type { OpenVault, VaultAccess, VaultUser } from './open-vault.ts';
import { toVaultUser } from './open-vault.ts';
import { createRecoveryKey, parseRecoveryKey, publicHalf, recoverySigner } from './recovery-key.ts';
import { requireGoodSecret } from './secret-rules.ts';
import { sealSlot } from './slot.ts';
import { stageSlot } from './slot-files.ts';
import { openVault, openVaultWithRecoveryKey, readVault, VAULT_KEY_ROLES } from './unlock.ts';
import { createUserKeys, publicKeysOf } from './user-keys.ts';
import type { PeopleChange } from './users.ts';
import { vaultPaths } from './vault-files.ts';

/**
 * Gives a keeper or supervisor a new identity, slot and secret with the recovery key alone, and opens the vault as that
 * person. Resets the attempt counter (R26). Works on a restored vault, which has no slots (R58).
 * @throws AppError RECOVERY_KEY_WRONG, NOT_FOUND (no such keeper or supervisor), INPUT_INVALID, CONFLICT (a rotation cut
 *   short has to be settled first: `openVaultWithRecoveryKey`, `settleRotation`), VAULT_*
 */
export async function readmitKeeper(input: {
  readonly directory: string;
  readonly recoveryKey: string;
  /** Absent: the first keeper who is admitted. */
  readonly login?: string;
  readonly secret: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly kdf?: KdfParameters;
}): Promise<OpenVault> {
  const { directory, secret, clock, random, kdf = PRODUCTION_KDF } = input;
  const access = await openVaultWithRecoveryKey(input);
  let login: string;
  try {
    const { keyring } = await readVault(directory);
    const wanted = input.login === undefined ? undefined : normaliseLogin(input.login);
    const user =
      wanted === undefined
        ? activeUsers(keyring.content, 'keeper')[0]
        : keyring.content.users.find((candidate) => candidate.login === wanted);
    if (user === undefined || !VAULT_KEY_ROLES.includes(user.role)) throw new AppError('NOT_FOUND');
    login = user.login;
    requireGoodSecret(secret, 'secret', { vaultWords: [access.name, user.login, user.displayName] });
    const keys = await createUserKeys(random, access.fingerprint);
    const slot = await sealSlot({ vaultId: access.vaultId, userId: user.id, secret, keys, kdf, random, clock });
    const entry = { ...(await publicKeysOf(keys)), slot: slot.sha256 };
    const own = signerFromSeed(keys.seed);
    const recovery = recoverySigner(await parseRecoveryKey(input.recoveryKey), access.vaultId);
    keys.seed.fill(0);
    await makeFolder(vaultPaths(directory).slots);
    await stageSlot(directory, user.id, slot);
    await changeKeyring({
      access,
      clock,
      signers: [
        { who: user.id, signer: own },
        { who: 'recovery', signer: recovery },
      ],
      change: (_base, current) => ({
        // Built on what is in force: the recovery key must not carry along a change somebody else waits to have approved.
        ...current,
        users: current.users.map((other) => (other.id === user.id ? { ...other, validUntil: null, ...entry } : other)),
      }),
    });
    own.close();
    recovery.close();
    await createAttemptCounter(directory, clock);
  } finally {
    access.close();
  }
  return openVault({ directory, login, secret, clock, random, kdf });
}

/**
 * Makes a new recovery key: the old sheet opens the present files no longer. Old backups stay readable by the old sheet,
 * and whoever copied the old envelope keeps the vault key until the next rotation: `rotateVaultKey` is due.
 */
export async function replaceRecoveryKey(
  change: PeopleChange,
): Promise<{ readonly recoveryKey: string; readonly inForce: boolean }> {
  const { opened, clock } = change;
  const recoveryKey = await createRecoveryKey();
  const recovery = await publicHalf(recoveryKey, opened.vaultId);
  const signers = signersFor(opened, change.approver);
  const { isEnough: inForce } = await changeKeyring({ access: opened, clock, signers, change: () => ({ recovery }) });
  return { recoveryKey, inForce };
}

/**
 * The same up to the last step, which `forceHeldChange` takes once the log entry is durable (R34). `isEnough` false: a supervisor has to
 * sign as well.
 */
export async function holdRecoveryKey(
  change: PeopleChange,
): Promise<{ readonly recoveryKey: string; readonly isEnough: boolean; readonly sha256: string }> {
  const { opened, clock } = change;
  const recoveryKey = await createRecoveryKey();
  const recovery = await publicHalf(recoveryKey, opened.vaultId);
  const signers = signersFor(opened, change.approver);
  const outcome = await changeKeyring({ access: opened, clock, signers, hold: true, change: () => ({ recovery }) });
  return { recoveryKey, ...outcome };
}

/**
 * True if a typed key is the present recovery key of the vault: a way to confirm the sheet later, by typing all of it.
 * @throws AppError RECOVERY_KEY_WRONG for a typing error
 */
export async function isRecoveryKeyOf(access: VaultAccess, typed: string): Promise<boolean> {
  const { keyring } = await readVault(access.directory);
  requireMac(keyring, access.checkKey);
  const { recipient } = await publicHalf(await parseRecoveryKey(typed), access.vaultId);
  return recipient === keyring.content.recovery.recipient;
}

/** Age recipients of a backup: the recovery key and the supervisors, never the keeper (§1.5). No secret is needed. */
export async function backupRecipientsOf(access: VaultAccess): Promise<string[]> {
  const { keyring } = await readVault(access.directory);
  requireMac(keyring, access.checkKey);
  return backupRecipients(keyring.content);
}

/** What can be said of a vault before anybody unlocks it: for the sign-in screen. Not proved by any key. */
export async function vaultSummary(directory: string): Promise<{
  readonly vaultId: string;
  readonly name: string;
  readonly created: string;
  readonly recoveryPassed: boolean;
  readonly users: readonly VaultUser[];
}> {
  const { json, keyring } = await readVault(directory);
  const { name, users } = keyring.content;
  const recoveryPassed = json.recoveryPassed !== null;
  return { vaultId: json.vault, name, created: json.created, recoveryPassed, users: users.map(toVaultUser) };
}
