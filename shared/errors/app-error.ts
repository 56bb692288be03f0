import { ERROR_CODES, type ErrorCode } from './error-codes.ts';

/** Values put into a message: numbers, names of fields, file names; never a secret, never file content. */
export type MessageParams = Readonly<Record<string, string | number>>;

/** One field that was refused: where it stands in the input, and why, as a message key with its parameters. */
export interface FieldError {
  /** Path in the input, `.` between levels, e.g. `fields.phone` or `rows.12.name`. */
  readonly path: string;
  /** Key in the message catalogues, e.g. `validation.required`. */
  readonly message: string;
  readonly params?: MessageParams;
}

/** What crosses every boundary when a call fails: plain data, no stack, no secret. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly params: MessageParams;
  readonly fields: readonly FieldError[];
  /** Key in the message catalogues of what to do next, e.g. `hint.freeSpace`. */
  readonly hint?: string;
}

/** The one error class. Thrown anywhere, crosses processes as `ErrorData`, becomes an `AppError` again on the other side. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly params: MessageParams;
  readonly fields: readonly FieldError[];
  readonly hint: string | undefined;

  constructor(
    code: ErrorCode,
    detail: { params?: MessageParams; fields?: readonly FieldError[]; hint?: string; cause?: unknown } = {},
  ) {
    super(code, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'AppError';
    this.code = code;
    this.params = detail.params ?? {};
    this.fields = detail.fields ?? [];
    this.hint = detail.hint;
  }

  toData(): ErrorData {
    return {
      code: this.code,
      params: this.params,
      fields: this.fields,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
    };
  }

  static fromData(data: ErrorData): AppError {
    return new AppError(data.code in ERROR_CODES ? data.code : 'INTERNAL', {
      params: data.params,
      fields: data.fields,
      ...(data.hint === undefined ? {} : { hint: data.hint }),
    });
  }

  /** Any thrown value as an `AppError`: full disk, read-only folder and the like are told apart by their system code. */
  static from(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown;
    const systemCode = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : '';
    if (['ENOSPC', 'SQLITE_FULL'].includes(systemCode) || isQuotaError(thrown))
      return new AppError('NO_SPACE', { cause: thrown, hint: 'hint.freeSpace' });
    if (['EROFS', 'EACCES', 'EPERM', 'SQLITE_READONLY', 'SQLITE_CANTOPEN'].includes(systemCode))
      return new AppError('READ_ONLY', { cause: thrown, hint: 'hint.writableFolder' });
    if (['SQLITE_CORRUPT', 'SQLITE_NOTADB'].includes(systemCode))
      return new AppError('VAULT_DAMAGED', { cause: thrown });
    if (['SQLITE_BUSY', 'SQLITE_LOCKED'].includes(systemCode)) return new AppError('VAULT_IN_USE', { cause: thrown });
    if (systemCode.startsWith('SQLITE_IOERR') || systemCode === 'EIO')
      return new AppError('INPUT_OUTPUT', { cause: thrown });
    return new AppError('INTERNAL', { cause: thrown });
  }
}

/** A quota used up, on Linux and on macOS: Node has no name for it and says `UNKNOWN`. */
const QUOTA_ERRNO: ReadonlySet<unknown> = new Set([-122, -69]);

function isQuotaError(thrown: unknown): boolean {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'code' in thrown &&
    thrown.code === 'UNKNOWN' &&
    'errno' in thrown &&
    QUOTA_ERRNO.has(thrown.errno)
  );
}
