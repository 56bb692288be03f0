import { cleanCode } from '../../shared/domain/code-card.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import { findCodeCard, strikeCode } from '../store/code-cards.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { sha256Hex } from '../vault/hash.ts';
import { codeGuard, normaliseLogin, type ProvenUser, verifySecret } from '../vault/vault.ts';
import type { QueryContext } from './context.ts';

/**
 * The second factor: whoever has a card of one-time codes is let in with secret and code. Wrong codes are counted like wrong secrets
 * (R26), and the codes are kept as hashes in the encrypted database: a copy of the files and the secret alone do not pass this door.
 */

export interface CodeAttempt {
  readonly directory: string;
  readonly vaultId: string;
  readonly clock: Clock;
  readonly sql: Reader;
  readonly login: string;
  readonly code: string | undefined;
}
/** Strikes the code off; for the transaction that lets the person in. */
export type StrikeCode = (sql: Writer) => void;

/**
 * Undefined for whoever has no card.
 * @throws AppError CODE_NEEDED, CODE_WRONG { index, login }, CODE_CARD_USED_UP, SECRET_DELAYED, SECRET_DISABLED
 */
export async function requireCode(attempt: CodeAttempt): Promise<StrikeCode | undefined> {
  const { directory, vaultId, clock, sql, code } = attempt;
  const login = normaliseLogin(attempt.login);
  const card = findCodeCard(sql, login);
  if (card === undefined) return undefined;
  const codes = JSON.parse(card.codes) as readonly string[];
  const wanted = codes[card.used];
  if (wanted === undefined) throw new AppError('CODE_CARD_USED_UP', { params: { login } });
  const index = card.used + 1;
  if (code === undefined || code.trim() === '') throw new AppError('CODE_NEEDED', { params: { index, login } });
  const guard = codeGuard({ directory, vaultId, clock });
  await guard.before(login);
  if (codeHash(vaultId, login, cleanCode(code)) !== wanted) {
    await guard.failed(login);
    throw new AppError('CODE_WRONG', { params: { index, login } });
  }
  await guard.succeeded(login).catch(() => undefined);
  return (writer) => strikeCode(writer, login, index);
}

/** Codes are random and single-use; the hash keeps them from being read out of the database. */
export const codeHash = (vaultId: string, login: string, code: string) =>
  sha256Hex(`code ${vaultId}\n${login}\n${code}`);

/** People who show at this machine who they are, while somebody's desk is open. */
export interface PersonHere {
  readonly login: string;
  readonly secret: string;
  /** The next code of the card, of whoever has one. */
  readonly code?: string | undefined;
}
export type ProvenHere = ProvenUser & {
  /** Strikes the code off the card: for the transaction of the act. */
  strike: StrikeCode;
};

const NOTHING: StrikeCode = () => undefined;

async function secretOf(context: QueryContext, login: string, secret: string): Promise<ProvenUser> {
  const { archive, clock, random, kdf } = context;
  return verifySecret({ directory: archive.directory, opened: archive.vault, login, secret, clock, random, kdf });
}

/** R25: whoever acts shows once more who they are. The secret alone: the card was asked for when they sat down. */
export async function proveAgain(context: QueryContext, secret: string): Promise<void> {
  (await secretOf(context, context.actor.login, secret)).close();
}

/**
 * Secret and, of whoever has a card, its next code.
 * @throws AppError CODE_NEEDED, CODE_WRONG { index, login }; as `verifySecret`
 */
export async function proveWithCode(context: QueryContext, { login, secret, code }: PersonHere): Promise<ProvenHere> {
  const { archive, clock, sql } = context;
  const proven = await secretOf(context, login, secret);
  try {
    const { directory, vault } = archive;
    const strike = await requireCode({ directory, vaultId: vault.vaultId, clock, sql, login, code });
    return { ...proven, close: () => proven.close(), strike: strike ?? NOTHING };
  } catch (thrown) {
    proven.close();
    throw thrown;
  }
}

/**
 * Another person who agrees, signs or takes over at this machine. They type their secret at somebody else's desk, under the eyes of
 * whoever keeps the archive (T3): the card is what makes a secret that was seen worth nothing. Whoever sits here has shown the card.
 */
export async function provePerson(context: QueryContext, person: PersonHere): Promise<ProvenHere> {
  if (normaliseLogin(person.login) !== context.actor.login) return proveWithCode(context, person);
  return proveWithoutCode(context, person);
}

/** The secret alone: of whoever sits here, and where the recovery sheet stands for a card that is lost. */
export async function proveWithoutCode(
  context: QueryContext,
  person: Pick<PersonHere, 'login' | 'secret'>,
): Promise<ProvenHere> {
  const proven = await secretOf(context, person.login, person.secret);
  return { ...proven, close: () => proven.close(), strike: NOTHING };
}

/** For an act that only a supervisor's own proof makes good. */
export function requireSupervisor({ user }: ProvenUser): void {
  if (user.role !== 'supervisor')
    throw new AppError('ROLE_REFUSED', { params: { role: user.role }, hint: 'hint.agreement.role' });
}
