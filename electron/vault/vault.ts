/** What the rest of the program uses of the vault's keys; sealed files are in `sealed-files.ts`. */

export { type Signer, signerFromSeed, verifySignature } from '../platform/signer.ts';
export { type AttemptGuard, codeGuard, createAttemptCounter, delaySeconds } from './attempts.ts';
export {
  createVault,
  type NewVault,
  type PreparedVault,
  prepareVault,
  setIncompleteAside,
} from './create-vault.ts';
export { draftsKeyOf } from './derive.ts';
export { calibratedKdf, type KdfParameters, PRODUCTION_KDF } from './kdf.ts';
export { forgetKeyFile, keyFileName, newKeyFile, rememberKeyFile, writeKeyFile } from './key-file.ts';
export {
  approveChange,
  forceHeldChange,
  type Person,
  type ProposedChange,
  proposedChange,
  settleHeldChange,
  withdrawChange,
} from './keyring-change.ts';
export { normaliseLogin } from './login.ts';
export type { OpenVault, ProvenUser, VaultAccess, VaultUser } from './open-vault.ts';
export {
  backupRecipientsOf,
  holdRecoveryKey,
  isRecoveryKeyOf,
  readmitKeeper,
  replaceRecoveryKey,
  vaultSummary,
} from './recovery.ts';
export {
  confirmsRecoveryKey,
  groupsToConfirm,
  parseRecoveryKey,
  publicHalf,
  recoveryKeyGroups,
} from './recovery-key.ts';
export { type PreparedRotation, prepareRotation, settleRotation } from './rotation.ts';
export { proposeSecret } from './secret-proposal.ts';
export { MINIMUM_SECRET_LENGTH, secretProblem } from './secret-rules.ts';
export { openVault, openVaultWithRecoveryKey, verifySecret } from './unlock.ts';
export {
  addUser,
  changeSecret,
  clearAttempts,
  hasWeakSlot,
  holdNewUser,
  holdOfficeHandover,
  holdReadmission,
  holdSecret,
  holdValidity,
  keyFileOf,
  listUsers,
  type NewUser,
  type PeopleChange,
  readmitUser,
  setRecoveryPassed,
  setValidity,
} from './users.ts';
export { databaseSize, type FolderState, folderState, vaultPaths } from './vault-files.ts';
