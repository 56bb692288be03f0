import { isPurposeGiven, lookupEnd, mayLookUp } from '../../shared/domain/lookup-rules.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { endLookup, insertLookup, listLookups, lookupRecords } from '../store/archive-records.ts';
import { findAttachment } from '../store/attachments.ts';
import { findPaper, findPaperById } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import { verifySecret } from '../vault/vault.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { rememberPublicKey } from './open-archive.ts';
import { beginLookup, handOver, returnToDesk } from './session.ts';
import { readSettings } from './settings.ts';

/** Locked lookup (L1–L3): the keeper hands the screen over; a manager reads, changes nothing, takes nothing away. */

function closeLookup(context: CommandContext, how: string): void {
  const { lookup } = context.session;
  if (lookup !== null) endLookup(context.sql, lookup.id, context.clock.now().toISOString(), how);
}

/** A scan is shown in the register by the code of its paper. */
function numberShown(sql: Reader, kind: string, number: string): string {
  if (kind === 'paper') return findPaper(sql, number)?.code ?? number;
  if (kind !== 'scan') return number;
  const paperId = findAttachment(sql, number)?.paper_id ?? null;
  return (paperId === null ? undefined : findPaperById(sql, paperId)?.code) ?? number;
}

export const lookupHandlers: HandlersOf<
  'lookup.handOver' | 'lookup.signIn' | 'lookup.end' | 'lookup.backToDesk' | 'lookup.register'
> = {
  'lookup.handOver': {
    phase: 'command',
    run(context) {
      context.note({ object: 'session' });
      context.afterCommit(() => handOver(context));
      return {};
    },
  },
  'lookup.signIn': {
    phase: 'command',
    async run(context, { login, secret, purpose }) {
      const { archive, clock, sql } = context;
      context.note({ object: `user:${login}` });
      if (!isPurposeGiven(purpose))
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'purpose', message: 'validation.purposeTooShort' }] });
      const proven = await verifySecret({
        directory: archive.directory,
        login,
        secret,
        clock,
        random: context.random,
        kdf: context.kdf,
      });
      const { user } = proven;
      if (!mayLookUp(user.role)) {
        proven.close();
        throw new AppError('ROLE_REFUSED', { params: { role: user.role } });
      }
      // What this person reads is signed with the own key: the log must be provable by it, also after they have left.
      rememberPublicKey(sql, proven.signer);
      const startedAt = clock.now();
      const monotonic = clock.monotonicMs();
      const expiresMonotonicMs = lookupEnd(monotonic, readSettings(sql).lookupMinutes);
      const expiresAt = new Date(startedAt.getTime() + expiresMonotonicMs - monotonic).toISOString();
      const id = insertLookup(sql, {
        login: user.login,
        display_name: user.displayName,
        role: user.role,
        purpose,
        started_at: startedAt.toISOString(),
        ended_at: null,
        ended: '',
        searches: 0,
      });
      // Signing in anew gives no new thirty searches.
      const searches = archive.lookupSearches.get(user.login) ?? [];
      archive.lookupSearches.set(user.login, searches);
      // The purpose is what a lookup is for: it stands in the entry (R36), the register shows it to the keeper.
      context.note({ why: purpose, data: { role: user.role, lookup: id } });
      context.afterCommit(() =>
        beginLookup(
          context,
          { login: user.login, displayName: user.displayName, role: user.role, signer: proven.signer },
          {
            id,
            purpose,
            startedAt: startedAt.toISOString(),
            expiresAt,
            expiresMonotonicMs,
            searches,
            records: new Set(),
          },
        ),
      );
      return { displayName: user.displayName, role: user.role, expiresAt };
    },
  },
  'lookup.end': {
    phase: 'command',
    run(context) {
      closeLookup(context, 'reader');
      context.note({
        object: `user:${context.actor.login}`,
        data: { records: context.session.lookup?.records.size ?? 0 },
      });
      context.afterCommit(() => handOver(context));
      return {};
    },
  },
  'lookup.backToDesk': {
    phase: 'command',
    async run(context, { secret }) {
      const { archive } = context;
      const { login } = archive.deskActor;
      context.note({ object: `user:${login}` });
      const proven = await verifySecret({
        directory: archive.directory,
        login,
        secret,
        clock: context.clock,
        random: context.random,
        kdf: context.kdf,
      });
      proven.close();
      closeLookup(context, 'keeper');
      context.afterCommit(() => returnToDesk(context));
      return {};
    },
  },
  'lookup.register': {
    phase: 'query',
    run({ sql }, { offset, limit }) {
      const { rows, total } = listLookups(sql, offset, limit);
      return {
        total,
        lookups: rows.map((row) => ({
          id: row.id,
          user: row.login,
          displayName: row.display_name,
          role: row.role,
          purpose: row.purpose,
          startedAt: row.started_at,
          endedAt: row.ended_at,
          ended: row.ended,
          searches: row.searches,
          records: lookupRecords(sql, row.id).map((record) => ({
            ...record,
            number: numberShown(sql, record.kind, record.number),
          })),
        })),
      };
    },
  },
};
