import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import { CODES_ON_A_CARD, codesFrom, RANDOM_BYTES_FOR_A_CARD } from '../../shared/domain/code-card.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { readInfo } from '../store/archive-records.ts';
import { listCodeCards, putCodeCard, removeCodeCard } from '../store/code-cards.ts';
import { listUsers, normaliseLogin } from '../vault/vault.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { RECOVERY_USED } from './open-archive.ts';
import { printCommon } from './print-common.ts';
import { codeHash, proveWithCode, proveWithoutCode } from './prove-person.ts';
import { recordText } from './record-texts.ts';
import { dayOf } from './today.ts';

/** Cards of one-time codes (feature 87): made, replaced and ended. Where a code is asked for: `prove-person.ts`. */

/** The person of the card proves themselves: own secret, and the next code of a card that they have. */
async function proveHolder(context: CommandContext, person: ParsedInputOf<'codeCards.end'>) {
  const proven = await proveWithCode(context, person);
  proven.close();
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
    codes: JSON.stringify(codes.map((code) => codeHash(archive.vault.vaultId, login, code))),
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
    { signal, secret: true },
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
      // Nobody else can end the lost card of an only supervisor: the archive was opened with the recovery sheet for it.
      const recovered = (readInfo(context.sql, RECOVERY_USED) ?? '') !== '';
      if (recovered) (await proveWithoutCode(context, input)).close();
      else await proveHolder(context, input);
      if (!removeCodeCard(context.sql, login))
        throw new AppError('NOT_FOUND', { params: { what: 'user', number: login } });
      return {};
    },
  },
};
