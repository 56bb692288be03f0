import type { MessageParams } from '../../../shared/errors/app-error.ts';

/** Limits of R65 and R66. */
export const ATTACHMENT_LIMITS = {
  bytes: 200 * 1024 * 1024,
  megapixels: 100,
  pages: 10_000,
} as const;

export interface AttachmentWarning {
  /** Key of the message catalogues. */
  readonly message: string;
  readonly params?: MessageParams;
}

/** What the inside of a file tells: how many pages, and what a person should know about it. */
export interface Findings {
  readonly pages: number;
  readonly warnings: readonly AttachmentWarning[];
}

/** Why a file of a known type is no sound file of that type. Becomes an `AppError` that names the file. */
export class Unsound extends Error {
  readonly code: 'FILE_DAMAGED' | 'FILE_TOO_LARGE' | 'FILE_TYPE_NOT_ALLOWED';
  readonly params: MessageParams;

  constructor(
    code: 'FILE_DAMAGED' | 'FILE_TOO_LARGE' | 'FILE_TYPE_NOT_ALLOWED',
    reason: string,
    params: MessageParams = {},
  ) {
    super(reason);
    this.code = code;
    this.params = params;
  }
}

export function damaged(reason = 'exchange.file.damaged'): Unsound {
  return new Unsound('FILE_DAMAGED', reason);
}

/** @throws Unsound for no pixels, or more than 100 megapixels (R66). */
export function checkPixels(width: number, height: number): void {
  if (width < 1 || height < 1) throw damaged();
  if (width * height > ATTACHMENT_LIMITS.megapixels * 1_000_000) {
    throw new Unsound('FILE_TOO_LARGE', 'exchange.attachment.pixels', { limit: ATTACHMENT_LIMITS.megapixels });
  }
}
