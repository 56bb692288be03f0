/**
 * Making a vault. vault.json is written last: until then the folder holds incomplete.json, is recognised as incomplete and
 * never offered; after that the vault is complete. The log's first entry is written by the caller in between, because the
 * keeper's slot and the keyring hold its hash (security.md §5).
 */
import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import {
  fileError,
  makeFolder,
  removeDurably,
  removeLeftovers,
  replaceDurably,
  syncFolder,
} from '../platform/durable-files.ts';
import type { Random } from '../platform/random.ts';
import { type Signer, signerFromSeed } from '../platform/signer.ts';
import { createAttemptCounter } from './attempts.ts';
import { deriveKeys, zeroKeys } from './derive.ts';
import { type KdfParameters, PRODUCTION_KDF } from './kdf.ts';
import { type KeyringContent, parseKeyring, signKeyring, vaultKeyRecipients } from './keyring.ts';
import { requireLogin, requireName } from './login.ts';
import { type OpenVault, openVaultOf, provenUser, type VaultUser, vaultAccess } from './open-vault.ts';
import { createRecoveryKey, publicHalf } from './recovery-key.ts';
import { requireGoodSecret, type SecretBlocklist } from './secret-rules.ts';
import { sealSlot } from './slot.ts';
import { createUserKeys, publicKeysOf } from './user-keys.ts';
import {
  DATABASE_CIPHER,
  folderState,
  VAULT_FORMAT,
  type VaultJson,
  vaultPaths,
  writeVaultJson,
} from './vault-files.ts';
import { checkValueOf, wrapVaultKey } from './vault-key.ts';

/** What a new vault is made of. `program` is the version of this program. */
export interface NewVault {
  readonly directory: string;
  readonly name: string;
  readonly keeper: { readonly login: string; readonly displayName: string; readonly secret: string };
  readonly clock: Clock;
  readonly random: Random;
  readonly kdf?: KdfParameters;
  readonly program?: string;
  readonly isBlocked?: SecretBlocklist;
}

/** A vault being made: enough to create the encrypted database and log entry 0. Buffers are zeroed by `finish` or `discard`. */
export interface PreparedVault {
  readonly directory: string;
  readonly vaultId: string;
  readonly name: string;
  readonly epoch: 1;
  readonly created: string;
  readonly databaseKey: Buffer;
  readonly anchorKey: Buffer;
  readonly keeper: VaultUser;
  /** The keeper's key: signs log entry 0. */
  readonly signer: Signer;
  /** Seed of the vault's log key, 32 bytes: goes into the encrypted database. */
  readonly logSigningSeed: Buffer;
  readonly logSigner: Signer;
  /** Shown and printed once; on no disk (R10). */
  readonly recoveryKey: string;
  /** Writes slot, envelope, keyring, counter and at last vault.json. @param fingerprint SHA-256 leaf of log entry 0, hex */
  finish(input: { readonly fingerprint: string }): Promise<OpenVault>;
  /** Forgets the keys; the folder stays incomplete. */
  discard(): void;
}

/**
 * Step one: checks the input, takes the folder (made if absent) and makes all keys in memory.
 * @throws AppError VAULT_EXISTS for a folder that is not empty, INPUT_INVALID
 */
export async function prepareVault(input: NewVault): Promise<PreparedVault> {
  const { directory, clock, random, kdf = PRODUCTION_KDF } = input;
  const name = requireName(input.name, 'name', 120);
  const login = requireLogin(input.keeper.login, 'keeper.login');
  const displayName = requireName(input.keeper.displayName, 'keeper.displayName', 80);
  const vaultWords = [name, login, displayName];
  requireGoodSecret(input.keeper.secret, 'keeper.secret', {
    vaultWords,
    ...(input.isBlocked === undefined ? {} : { isBlocked: input.isBlocked }),
  });
  const state = await folderState(directory);
  if (state !== 'absent' && state !== 'empty')
    throw new AppError('VAULT_EXISTS', { params: { folder: basename(directory), state } });
  const created = clock.now().toISOString();
  const paths = vaultPaths(directory);
  await makeFolder(directory);
  await removeLeftovers(directory);
  await replaceDurably(paths.incomplete, `${JSON.stringify({ format: VAULT_FORMAT, started: created })}\n`);

  const vaultId = random.bytes(16).toString('hex');
  const vaultKey = random.bytes(32);
  const derived = deriveKeys(vaultKey, vaultId, 1);
  const logSigningSeed = random.bytes(32);
  const recoveryKey = await createRecoveryKey();
  const userKeys = await createUserKeys(random, '0'.repeat(64));
  const signer = signerFromSeed(userKeys.seed);
  const logSigner = signerFromSeed(logSigningSeed);
  const keeper: VaultUser = {
    id: `u-${random.bytes(4).toString('hex')}`,
    login,
    displayName,
    role: 'keeper',
    validFrom: created,
    validUntil: null,
  };
  const forget = () => {
    zeroKeys(derived);
    logSigningSeed.fill(0);
    logSigner.close();
    signer.close();
  };

  async function finish({ fingerprint }: { readonly fingerprint: string }): Promise<OpenVault> {
    const keys = { ...userKeys, fingerprint };
    const slot = await sealSlot({ vaultId, userId: keeper.id, secret: input.keeper.secret, keys, kdf, random, clock });
    const content: KeyringContent = {
      v: 1,
      vault: vaultId,
      name,
      fingerprint,
      serial: 1,
      epoch: 1,
      created,
      previous: null,
      checks: { full: checkValueOf(derived.checkKey, { vaultId, epoch: 1 }) },
      recovery: await publicHalf(recoveryKey, vaultId),
      users: [{ ...keeper, ...(await publicKeysOf(keys)), slot: slot.sha256 }],
    };
    const note = signKeyring(content, [{ who: keeper.id, signer }], derived.checkKey);
    const keyring = parseKeyring(note, vaultId);
    for (const folder of [paths.slots, paths.keys, paths.attachments]) await makeFolder(folder);
    await replaceDurably(paths.slot(keeper.id), slot.bytes);
    await replaceDurably(
      paths.envelope(1),
      await wrapVaultKey(vaultKey, { vaultId, epoch: 1 }, vaultKeyRecipients(content)),
    );
    await replaceDurably(paths.keyring, note);
    await createAttemptCounter(directory, clock);
    const json: VaultJson = {
      format: VAULT_FORMAT,
      vault: vaultId,
      created,
      cipher: DATABASE_CIPHER,
      program: input.program ?? '',
      recoveryPassed: null,
    };
    await writeVaultJson(directory, json);
    await removeDurably(paths.incomplete);
    const [user] = keyring.content.users;
    if (user === undefined) throw new AppError('INTERNAL');
    const opened = openVaultOf(vaultAccess({ directory, json, keyring, vaultKey }), provenUser(user, keys));
    forget();
    return opened;
  }

  return {
    directory,
    vaultId,
    name,
    epoch: 1,
    created,
    databaseKey: derived.databaseKey,
    anchorKey: derived.anchorKey,
    keeper,
    signer,
    logSigningSeed,
    logSigner,
    recoveryKey,
    finish,
    discard: () => {
      forget();
      vaultKey.fill(0);
      userKeys.seed.fill(0);
    },
  };
}

/**
 * Both steps in one.
 * @param writeGenesis makes the encrypted database and log entry 0 with the prepared keys; gives the hash of that entry.
 *   If it fails the folder stays incomplete and is never offered.
 */
export async function createVault(
  input: NewVault & { readonly writeGenesis: (prepared: PreparedVault) => Promise<string> },
): Promise<{ readonly recoveryKey: string; readonly opened: OpenVault }> {
  const prepared = await prepareVault(input);
  try {
    const fingerprint = await input.writeGenesis(prepared);
    return { recoveryKey: prepared.recoveryKey, opened: await prepared.finish({ fingerprint }) };
  } catch (thrown) {
    prepared.discard();
    throw thrown;
  }
}

/**
 * Puts an incomplete folder aside, so that its place can be used again; nothing is deleted.
 * @returns the new name
 * @throws AppError VAULT_EXISTS if the folder is anything but an incomplete vault
 */
export async function setIncompleteAside(directory: string, clock: Clock): Promise<string> {
  if ((await folderState(directory)) !== 'incomplete')
    throw new AppError('VAULT_EXISTS', { params: { folder: basename(directory) } });
  const stamp = clock.now().toISOString().replaceAll(/[:.]/g, '-');
  const aside = join(dirname(directory), `${basename(directory)}.incomplete-${stamp}`);
  try {
    await rename(directory, aside);
    await syncFolder(dirname(directory));
    return aside;
  } catch (thrown) {
    throw fileError(thrown);
  }
}
