import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import { CODES_ON_A_CARD, cleanCode, codesFrom, RANDOM_BYTES_FOR_A_CARD } from '../../shared/domain/code-card.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import { findCodeCard, listCodeCards, putCodeCard, removeCodeCard, strikeCode } from '../store/code-cards.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { sha256Hex } from '../vault/hash.ts';
import { codeGuard, listUsers, normaliseLogin, verifySecret } from '../vault/vault.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { printCommon } from './print-common.ts';
import { recordText } from './record-texts.ts';
import { dayOf } from './today.ts';

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
 * @throws AppError CODE_NEEDED { index }, CODE_WRONG { index }, CODE_CARD_USED_UP, SECRET_DELAYED, SECRET_DISABLED
 */
export async function requireCode(attempt: CodeAttempt): Promise<StrikeCode | undefined> {
  const { directory, vaultId, clock, sql, code } = attempt;
  const login = normaliseLogin(attempt.login);
  const card = findCodeCard(sql, login);
  if (card === undefined) return undefined;
  const codes = JSON.parse(card.codes) as readonly string[];
  const wanted = codes[card.used];
  if (wanted === undefined) throw new AppError('CODE_CARD_USED_UP');
  const index = card.used + 1;
  if (code === undefined || code.trim() === '') throw new AppError('CODE_NEEDED', { params: { index } });
  const guard = codeGuard({ directory, vaultId, clock });
  await guard.before(login);
  if (hashOf(vaultId, login, cleanCode(code)) !== wanted) {
    await guard.failed(login);
    throw new AppError('CODE_WRONG', { params: { index } });
  }
  await guard.succeeded(login).catch(() => undefined);
  return (writer) => strikeCode(writer, login, index);
}

/** Codes are random and single-use; the hash keeps them from being read out of the database. */
const hashOf = (vaultId: string, login: string, code: string) => sha256Hex(`code ${vaultId}\n${login}\n${code}`);

/** The person of the card proves themselves: own secret, and the next code of a card that they have. */
async function proveHolder(context: CommandContext, { login, secret, code }: ParsedInputOf<'codeCards.end'>) {
  const { archive, clock, random, kdf, sql } = context;
  const { directory, vault } = archive;
  const proven = await verifySecret({ directory, opened: vault, login, secret, clock, random, kdf });
  proven.close();
  await requireCode({ directory, vaultId: vault.vaultId, clock, sql, login, code });
  return proven.user;
}

async function makeCard(
  context: CommandContext,
  input: ParsedInputOf<'codeCards.make'>,
): Promise<OutputOf<'codeCards.make'>> {
  const { sql, archive, clock, random, printer, signal, shelf, actor } = context;
  const login = normaliseLogin(input.login);
  context.note({ object: `user:${login}` });
  const user = await proveHolder(context, input);
  const codes = codesFrom(random.bytes(RANDOM_BYTES_FOR_A_CARD));
  const at = clock.now();
  putCodeCard(sql, {
    login,
    made_at: at.toISOString(),
    made_by: actor.displayName,
    codes: JSON.stringify(codes.map((code) => hashOf(archive.vault.vaultId, login, code))),
  });
  context.note({ data: { codes: CODES_ON_A_CARD } });
  const base = printCommon(context);
  const words = (key: string) => recordText(base.language, key);
  const rows = codes.length / 3;
  const printed = await printer.printForm(
    'tableReport',
    {
      ...base,
      title: words('codeCard.title'),
      particulars: [
        { label: words('codeCard.holder'), value: `${user.displayName}（${login}）` },
        { label: words('codeCard.archive'), value: archive.name },
        { label: words('codeCard.madeOn'), value: dayOf(at) },
      ],
      columns: [0, 1, 2].flatMap(() => [
        { label: words('codeCard.number'), share: 0.4, align: 'end' as const },
        { label: words('codeCard.code') },
      ]),
      rows: Array.from({ length: rows }, (_, row) =>
        [0, 1, 2].flatMap((column) => {
          const index = column * rows + row;
          return [String(index + 1), codes[index] ?? ''];
        }),
      ),
      closing: words('codeCard.closing'),
    },
    { signal },
  );
  const name = `${login}-codes.pdf`;
  const document = shelf.put({ name, mediaType: 'application/pdf', bytes: printed.pdf });
  return { document, name, pages: printed.pages };
}

export const codeCardHandlers: HandlersOf<'codeCards.list' | 'codeCards.make' | 'codeCards.end'> = {
  'codeCards.list': {
    phase: 'query',
    async run({ sql, archive }) {
      const users = await listUsers({ directory: archive.directory, opened: archive.vault });
      return {
        cards: listCodeCards(sql).map(({ login, made_at, codes, used }) => ({
          login,
          displayName: users.find((user) => user.login === login)?.displayName ?? login,
          madeAt: made_at,
          left: (JSON.parse(codes) as readonly string[]).length - used,
        })),
      };
    },
  },
  'codeCards.make': { phase: 'command', run: makeCard },
  'codeCards.end': {
    phase: 'command',
    async run(context, input) {
      const login = normaliseLogin(input.login);
      context.note({ object: `user:${login}` });
      await proveHolder(context, input);
      if (!removeCodeCard(context.sql, login))
        throw new AppError('NOT_FOUND', { params: { what: 'user', number: login } });
      return {};
    },
  },
};
