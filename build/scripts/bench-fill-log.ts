import { CHAIN_START, nextChain, signedMessage } from '../../electron/audit/chain.ts';
import { entryBytes, parseEntry } from '../../electron/audit/entry.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openVault, PRODUCTION_KDF } from '../../electron/vault/vault.ts';
import type { Connection, Login } from './bench-plain.ts';

/** What a keeper's day mostly consists of, with how often of a hundred. */
const ACTS = [
  ['card.view', 40],
  ['search.find', 30],
  ['paper.view', 12],
  ['card.change', 10],
  ['paper.file', 5],
  ['loan.lend', 3],
] as const;
const TYPES = ACTS.flatMap(([type, share]) => Array.from({ length: share }, () => type));

/** Adds entries until the log has `wanted`: canonical, chained and signed with the keeper's own key, like those that the program writes. */
export async function appendEntries(
  login: Login,
  connection: Connection,
  wanted: number,
  cards: number,
): Promise<void> {
  const vault = await openVault({ ...login, clock: systemClock, random: systemRandom, kdf: PRODUCTION_KDF });
  try {
    const last = connection.prepare('SELECT seq, bytes, chain FROM audit_log ORDER BY seq DESC LIMIT 1').get() as
      | { seq: number; bytes: Buffer; chain: Buffer }
      | undefined;
    const model = last === undefined ? undefined : parseEntry(last.bytes);
    if (last === undefined || model === undefined) throw new Error('The log of the practice archive has no end');
    const insert = connection.prepare('INSERT INTO audit_log (seq, bytes, chain, sig) VALUES (?, ?, ?, ?)');
    const index = connection.prepare(
      'INSERT INTO audit_index (seq, type, actor, obj, outcome, at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    const { signer, user } = vault;
    let chain = last.chain.length === 32 ? last.chain : CHAIN_START;
    const actor = user.login;
    for (let seq = last.seq + 1; seq < wanted; seq += 1) {
      const type = TYPES[(seq * 7919) % TYPES.length] ?? 'card.view';
      const obj =
        type === 'search.find' ? 'search' : `customer:E${String(1 + ((seq * 104_729) % cards)).padStart(6, '0')}`;
      const bytes = entryBytes({
        ...model,
        seq,
        actor,
        role: user.role,
        key: signer.keyId,
        type,
        obj,
        outcome: 'ok',
        why: '',
        data: type === 'search.find' ? { hits: seq % 400, characters: 3 } : { fields: 'telephone', revision: seq % 9 },
      });
      chain = nextChain(chain, bytes);
      insert.run(seq, bytes, chain, signer.sign(signedMessage(chain)));
      index.run(seq, type, actor, obj, 'ok', model.ts);
    }
  } finally {
    vault.close();
  }
}
