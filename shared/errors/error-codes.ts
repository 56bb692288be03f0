/**
 * The closed list of error codes. Each has the exit status of the command line (cli.md).
 * The words for people are in the message catalogues under `error.<CODE>`.
 */
export const ERROR_CODES = {
  /** Input that does not parse, or breaks a rule; `fields` says where. */
  INPUT_INVALID: 1,
  NOT_FOUND: 1,
  /** The folder holds no archive: it is absent or empty. */
  ARCHIVE_ABSENT: 1,
  CONFLICT: 1,
  FILE_NOT_READABLE: 1,
  FILE_TOO_LARGE: 1,
  FILE_TYPE_NOT_ALLOWED: 1,
  FILE_DAMAGED: 1,
  ENCODING_UNKNOWN: 1,
  IMPORT_REFUSED: 1,
  /** Something was done with the records of an import: it is not taken back as a whole. */
  IMPORT_TOUCHED: 1,
  ORIGINAL_NEVER_LEAVES: 1,
  ITEM_ALREADY_LENT: 1,
  BORROWER_BLOCKED: 1,
  /** Nothing may be issued to this person in this role. */
  ISSUE_REFUSED: 1,
  VOLUME_FIXED: 1,
  NOTHING_TO_BIND: 1,
  PRINT_FAILED: 1,
  USAGE: 2,
  INTEGRITY: 3,
  VAULT_DAMAGED: 3,
  VAULT_NOT_A_VAULT: 3,
  AUDIT_UNAVAILABLE: 3,
  /** Something is known to be damaged: nothing is changed until it is put right (R49). */
  DAMAGE_UNSETTLED: 3,
  /** A backup is looked into: it is read, nothing is changed. */
  BACKUP_LOOKED_INTO: 4,
  ROLE_REFUSED: 4,
  NOT_SIGNED_IN: 4,
  LOCKED: 4,
  LOOKUP_ONLY: 4,
  LOOKUP_EXPIRED: 4,
  LOOKUP_LIMIT: 4,
  SECOND_PERSON_MISSING: 4,
  /** This person has a card of codes: the next code is asked for, too. */
  CODE_NEEDED: 4,
  CODE_CARD_USED_UP: 4,
  /** This person has a key file: it is asked for beside the secret. */
  KEY_FILE_NEEDED: 4,
  FRESH_SECRET_NEEDED: 4,
  SECRET_DELAYED: 4,
  SECRET_DISABLED: 4,
  CLOCK_DOUBT: 4,
  /** This program does not compute what is published: nothing is opened (R72). */
  SELF_TEST_FAILED: 3,
  VAULT_IN_USE: 5,
  VAULT_EXISTS: 5,
  NO_SPACE: 6,
  READ_ONLY: 6,
  INPUT_OUTPUT: 6,
  FORMAT_NEWER: 7,
  SECRET_WRONG: 8,
  CODE_WRONG: 8,
  RECOVERY_KEY_WRONG: 8,
  CANCELLED: 130,
  INTERNAL: 6,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Exit status of the command line for an error code (cli.md). */
export function exitStatusOf(code: ErrorCode): number {
  return ERROR_CODES[code];
}
