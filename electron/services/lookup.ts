import type { OutputOf } from '../../shared/contract/contract.ts';
import { isPurposeGiven, lookupEnd, mayLookUp } from '../../shared/domain/lookup-rules.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { endLookup, insertLookup, listLookups, lookupRecords } from '../store/archive-records.ts';
import { findAttachment } from '../store/attachments.ts';
import { findCustomer } from '../store/customers.ts';
import { findPaper, findPaperById } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import type { CommandContext, HandlersOf, QueryContext } from './context.ts';
import { rememberPublicKey } from './open-archive.ts';
import { proveWithCode } from './prove-person.ts';
import { beginInspection, beginLookup, handOver, returnToDesk } from './session.ts';
import { readSettings } from './settings.ts';
import { instantsOf } from './today.ts';

/** Locked lookup (L1–L3): the keeper hands the screen over; a manager reads, changes nothing, takes nothing away. */

/** How a lookup ended, for the register: `lookup.ended.<how>`. */
function howItEnds({ session, clock }: CommandContext): string {
  if (session.ending !== null) return session.ending === 'idle' ? 'idle' : 'lock';
  return session.lookup !== null && clock.monotonicMs() >= session.lookup.expiresMonotonicMs ? 'expired' : 'reader';
}

function closeLookup(context: CommandContext, how: string): void {
  const { lookup } = context.session;
  if (lookup === null) return;
  endLookup(context.sql, lookup.id, context.clock.now().toISOString(), how);
  context.note({ data: { lookup: lookup.id, ended: how, records: lookup.records.size } });
}

/** Entries of what is read in the room. */
const VIEWS = ['card.view', 'dossier.view', 'paper.view', 'scan.view'] as const;

/** Attempts to sign in, or to read, that were refused, the newest first, from the log itself: nobody can take one out of it. */
const REFUSALS_SHOWN = 50;
function refusedAttempts(
  { archive }: Pick<QueryContext, 'archive'>,
  within: ReturnType<typeof instantsOf>,
): OutputOf<'lookup.register'>['refused'] {
  const list = (type: string, outcome: 'refused' | 'failed') =>
    archive.audit.list({ type, outcome, limit: REFUSALS_SHOWN, ...within }).entries;
  // Who sat in the room and wanted a card that names others is as much a refused lookup as who never got in.
  const entries = [
    ...list('lookup.signIn', 'refused'),
    ...list('lookup.signIn', 'failed'),
    ...VIEWS.flatMap((type) => list(type, 'refused')),
  ];
  return entries
    .sort((a, b) => b.seq - a.seq)
    .slice(0, REFUSALS_SHOWN)
    .map(({ seq, ts, type, actor, obj, why, data }) => {
      const { code } = JSON.parse(data) as { code?: string };
      const who =
        type === 'lookup.signIn'
          ? { login: obj.replace(/^user:/, ''), purpose: why }
          : { login: actor, purpose: obj.replace(/^customer:/, '') };
      return { seq, at: ts, ...who, code: code ?? 'INTERNAL' };
    });
}

/** What was read, by number and name; a scan by the code and title of its paper. */
function recordShown(sql: Reader, kind: string, number: string): { readonly number: string; readonly title: string } {
  if (kind !== 'paper' && kind !== 'scan') return { number, title: findCustomer(sql, number)?.name ?? '' };
  const paperId = kind === 'scan' ? (findAttachment(sql, number)?.paper_id ?? null) : null;
  const paper = kind === 'paper' ? findPaper(sql, number) : paperId === null ? undefined : findPaperById(sql, paperId);
  return { number: paper?.code ?? number, title: paper?.title ?? '' };
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
    async run(context, { login, secret, code, purpose }) {
      const { archive, clock, sql } = context;
      // The purpose is what a lookup is for: it stands in the entry (R36), the register shows it to the keeper.
      context.note({ object: `user:${login}`, why: purpose });
      if (!isPurposeGiven(purpose))
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'purpose', message: 'validation.purposeTooShort' }] });
      const proven = await proveWithCode(context, { login, secret, code });
      const { user } = proven;
      proven.strike(sql);
      const actor = { login: user.login, displayName: user.displayName, role: user.role, signer: proven.signer };
      if (user.role === 'auditor') {
        // No lookup: the auditor reads the log at the desk, under the own name, and no card (rule R).
        rememberPublicKey(sql, proven.signer);
        context.note({ by: actor, data: { role: user.role } });
        context.afterCommit(() => beginInspection(context, actor));
        return { displayName: user.displayName, role: user.role, expiresAt: null };
      }
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
        keeper: archive.deskActor.displayName,
      });
      // Signing in anew gives no new thirty searches.
      const searches = archive.lookupSearches.get(user.login) ?? [];
      archive.lookupSearches.set(user.login, searches);
      // Signed by who reads: the purpose is theirs.
      context.note({ by: actor, data: { role: user.role, lookup: id } });
      context.afterCommit(() =>
        beginLookup(context, actor, {
          id,
          purpose,
          startedAt: startedAt.toISOString(),
          expiresAt,
          expiresMonotonicMs,
          searches,
          records: new Set(),
        }),
      );
      return { displayName: user.displayName, role: user.role, expiresAt };
    },
  },
  'lookup.end': {
    phase: 'command',
    run(context) {
      context.note({ object: `user:${context.actor.login}` });
      closeLookup(context, howItEnds(context));
      context.afterCommit(() => handOver(context));
      return {};
    },
  },
  'lookup.backToDesk': {
    phase: 'command',
    async run(context, { secret, code }) {
      const { archive, sql } = context;
      const { login } = archive.deskActor;
      context.note({ object: `user:${login}` });
      const proven = await proveWithCode(context, { login, secret, code });
      proven.close();
      proven.strike(sql);
      closeLookup(context, 'keeper');
      context.afterCommit(() => returnToDesk(context));
      return {};
    },
  },
  'lookup.register': {
    phase: 'query',
    run({ sql, archive }, { id, from, to, offset, limit }) {
      const within = instantsOf({ from, to });
      const { rows, total } = listLookups(sql, { ...within, id }, offset, limit);
      return {
        total,
        refused: refusedAttempts({ archive }, within),
        lookups: rows.map((row) => ({
          id: row.id,
          user: row.login,
          displayName: row.display_name,
          role: row.role,
          purpose: row.purpose,
          keeper: row.keeper,
          startedAt: row.started_at,
          endedAt: row.ended_at,
          ended: row.ended,
          searches: row.searches,
          records: lookupRecords(sql, row.id).map((record) => ({
            ...record,
            ...recordShown(sql, record.kind, record.number),
          })),
        })),
      };
    },
  },
};
