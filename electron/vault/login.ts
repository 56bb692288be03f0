import { AppError } from '../../shared/errors/app-error.ts';

const LOGIN = /^[\p{L}\p{N}._-]{1,64}$/u;

/** A login as it is compared: NFKC, without surrounding spaces, lower case. */
export function normaliseLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase();
}

/** A login somebody may choose. @throws AppError INPUT_INVALID naming `path` */
export function requireLogin(login: string, path: string): string {
  const normalised = normaliseLogin(login);
  if (!LOGIN.test(normalised)) throw new AppError('INPUT_INVALID', { fields: [{ path, message: 'validation.login' }] });
  return normalised;
}

/** A name to show: NFC, 1 to `maximum` characters, no control or direction marks. @throws AppError INPUT_INVALID naming `path` */
export function requireName(name: string, path: string, maximum: number): string {
  const normalised = name.normalize('NFC').trim();
  const isFine =
    normalised.length >= 1 && normalised.length <= maximum && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(normalised);
  if (!isFine)
    throw new AppError('INPUT_INVALID', { fields: [{ path, message: 'validation.name', params: { maximum } }] });
  return normalised;
}
