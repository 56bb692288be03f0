import type { Agreement } from '../../shared/contract/agreements.ts';
import {
  AGREEMENT_RULES,
  type AgreementRefusal,
  type AgreementStanding,
  type AgreementStatement,
  agreementRefusals,
  agreementState,
  agreementValidUntil,
  announcedSpan,
  standingOf,
  statementContent,
} from '../../shared/domain/agreements.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  type AgreementView,
  agreementsOf,
  findAgreement,
  insertAgreement,
  listAgreements,
  markAgreementUsed,
  markAgreementWithdrawn,
} from '../store/agreements.ts';
import { takeSequence } from '../store/number-sequence.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { findStaff } from '../store/staff.ts';
import { canonicalJson } from '../vault/canonical-json.ts';
import { sha256Hex } from '../vault/hash.ts';
import { listUsers } from '../vault/vault.ts';
import type { Actor, CommandContext, HandlersOf, JobContext } from './context.ts';
import { rememberPublicKey } from './open-archive.ts';
import { getPaper } from './paper-record.ts';
import { provePerson } from './prove-person.ts';
import { todayOf } from './today.ts';

/**
 * The one mechanism by which another person agrees (同意). How a service uses it:
 *
 * 1. Name the matter in `shared/domain/agreements.ts` (a line of `AGREEMENT_RULES`: roles, validity, whether paper will do) and its
 *    words: `agreementKind.<kind>`, `agreementField.<field>` in shared/i18n (agreements.json).
 * 2. Write ONE function that builds the `AgreementStatement` from the records: everything that matters, nothing that changes by
 *    itself. Offer it by a query of your own (output `agreementStatement` of the contract), best with `agreementStandingOf`.
 * 3. On the screen: `<AgreementDialog statement={…} onAgreed={…} onClose={…} />` of renderer/ui/agreement. It shows the lines, asks
 *    for the person and the secret or the signed paper, and calls `agreements.give` or `agreements.record`.
 * 4. In the command that acts: build the statement again from what is about to be done and call
 *    `consumeAgreement(context, statement, 'copy:FF-2026-0001')`. It throws SECOND_PERSON_MISSING if nobody agreed to exactly this, or
 *    the agreement is used, withdrawn or lapsed; else it is used up in your transaction and named in your log entry.
 */

/** SHA-256 (hex) of the statement's canonical JSON: what is agreed to. */
export function statementHash(statement: AgreementStatement): string {
  return sha256Hex(canonicalJson(statementContent(statement)));
}

const facts = (row: AgreementView) => ({
  givenAt: row.given_at,
  usableFrom: row.usable_from,
  validUntil: row.valid_until,
  usedAt: row.used_at,
  withdrawnAt: row.withdrawn_at,
});

function statementOf(row: AgreementView): AgreementStatement {
  const content = JSON.parse(row.statement) as ReturnType<typeof statementContent>;
  return {
    kind: content.kind,
    subject: content.subject,
    purpose: content.purpose,
    lines: content.lines.map(([field = '', value = '']) => ({ field, value })),
  };
}

/** An agreement as screens and answers show it at the instant `now`. */
export function shownAgreement(row: AgreementView, now: string): Agreement {
  return {
    number: row.number,
    statement: { ...statementOf(row), lines: [...statementOf(row).lines] },
    sha256: row.sha256,
    manner: row.usable_from === null ? row.manner : 'announced',
    name: row.name,
    login: row.login,
    role: row.role as Role,
    givenAt: row.given_at,
    usableFrom: row.usable_from,
    validUntil: row.valid_until,
    signedOn: row.signed_on,
    paperCode: row.paper_code,
    recordedBy: row.recorded_by,
    note: row.note,
    usedAt: row.used_at,
    usedFor: row.used_for,
    withdrawnAt: row.withdrawn_at,
    withdrawnReason: row.withdrawn_reason,
    state: agreementState(facts(row), now),
  };
}

/** Whoever has agreed already, where a matter asks for two people: the same one counts once. */
type FirstPerson = Pick<Agreement, 'login' | 'name'> | undefined;

const isSame = (row: AgreementView, first: FirstPerson) =>
  first !== undefined &&
  (first.login === null ? row.login === null && row.name === first.name : row.login === first.login);

function standing(sql: Reader, statement: AgreementStatement, now: string, first?: FirstPerson) {
  const rows = agreementsOf(sql, statement.kind, statement.subject)
    .filter((row) => !isSame(row, first))
    .map((row) => ({ ...facts(row), ...row }));
  return standingOf(rows, statementHash(statement), now);
}

/**
 * How a matter stands: has somebody agreed to exactly this statement, and can it still be used? For queries.
 * @param first who has agreed to the other half of a matter for two people, and does not count again
 */
export function agreementStandingOf(
  sql: Reader,
  statement: AgreementStatement,
  now: Date,
  first?: FirstPerson,
): { standing: AgreementStanding; agreement: Agreement | null } {
  const at = now.toISOString();
  const { standing: how, agreement } = standing(sql, statement, at, first);
  return { standing: how, agreement: agreement === undefined ? null : shownAgreement(agreement, at) };
}

/**
 * Uses up the agreement to exactly this statement, inside the caller's transaction; once.
 * @param usedFor what it was used for, as in the log: `copy:FF-2026-0001`
 * @param first who has agreed to the other half of a matter for two people, and does not count again
 * @returns who agreed, to be named in what the caller writes
 * @throws AppError SECOND_PERSON_MISSING { reason: none, changed, used, withdrawn, expired, same }
 */
export function consumeAgreement(
  context: CommandContext,
  statement: AgreementStatement,
  usedFor: string,
  first?: FirstPerson,
): Agreement {
  const { sql, clock } = context;
  const now = clock.now().toISOString();
  const { standing: how, agreement } = standing(sql, statement, now, first);
  if (how !== 'valid' || agreement === undefined) {
    const same = first !== undefined && standing(sql, statement, now).standing === 'valid';
    const reason = same ? 'same' : how;
    throw new AppError('SECOND_PERSON_MISSING', { params: { reason }, hint: `hint.agreement.${reason}` });
  }
  markAgreementUsed(sql, agreement.id, now, usedFor);
  context.note({ data: { agreement: agreement.number, agreed: agreement.sha256 } });
  return shownAgreement({ ...agreement, used_at: now, used_for: usedFor }, now);
}

/** Takes back what was agreed to about a matter that is given up, inside the caller's transaction. */
export function withdrawAgreements(
  { sql, clock }: CommandContext,
  kind: AgreementStatement['kind'],
  subject: string,
  reason: string,
): void {
  const now = clock.now().toISOString();
  for (const row of agreementsOf(sql, kind, subject))
    if (row.used_at === null && row.withdrawn_at === null) markAgreementWithdrawn(sql, row.id, now, reason);
}

/** Writes an agreement. Also for the practice archive, which has its own clock. */
export function writeAgreement(
  sql: Writer,
  given: {
    readonly statement: AgreementStatement;
    /** Announced: by whoever acts, usable after an hour (security §15). */
    readonly manner: 'secret' | 'paper' | 'announced';
    readonly person: {
      readonly login: string | null;
      readonly name: string;
      readonly role: Role;
      readonly staffId: number | null;
    };
    readonly givenAt: string;
    readonly signedOn: string | null;
    readonly paperId: number | null;
    readonly recordedBy: string;
    readonly note: string;
  },
): { readonly id: number; readonly number: string; readonly row: AgreementView } {
  const { statement, person } = given;
  const year = Number(given.givenAt.slice(0, 4));
  const number = formatNumber(DEFAULT_PATTERNS.agreement, takeSequence(sql, `agreement-${year}`), year);
  const canonical = canonicalJson(statementContent(statement));
  const announced = given.manner === 'announced';
  const { usableFrom, validUntil } = announced
    ? announcedSpan(given.givenAt)
    : { usableFrom: null, validUntil: agreementValidUntil(statement.kind, given.givenAt) };
  const row = {
    number,
    kind: statement.kind,
    subject: statement.subject,
    statement: canonical.toString('utf8'),
    sha256: sha256Hex(canonical),
    manner: given.manner === 'paper' ? ('paper' as const) : ('secret' as const),
    login: person.login,
    staff_id: person.staffId,
    name: person.name,
    role: person.role,
    given_at: given.givenAt,
    usable_from: usableFrom,
    valid_until: validUntil,
    signed_on: given.signedOn,
    paper_id: given.paperId,
    recorded_by: given.recordedBy,
    note: given.note,
  };
  const id = insertAgreement(sql, row);
  const fresh = { id, used_at: null, used_for: '', withdrawn_at: null, withdrawn_reason: '', paper_code: null };
  return { id, number, row: { ...row, ...fresh } };
}

function refuse(reason: AgreementRefusal, role: Role): never {
  if (reason === 'role') throw new AppError('ROLE_REFUSED', { params: { role }, hint: 'hint.agreement.role' });
  if (reason === 'self')
    throw new AppError('SECOND_PERSON_MISSING', { params: { reason }, hint: 'hint.agreement.self' });
  const path = reason === 'paperNotTaken' ? 'statement' : 'signedOn';
  throw new AppError('INPUT_INVALID', { fields: [{ path, message: `validation.agreement.${reason}` }] });
}

function requireMayAgree(
  context: JobContext,
  statement: AgreementStatement,
  person: { readonly login: string | null; readonly role: Role },
  signedOn: string | null,
): void {
  const desk = context.archive.deskActor;
  const [reason] = agreementRefusals(statement.kind, person, desk, signedOn, todayOf(context.clock));
  if (reason !== undefined) refuse(reason, person.role);
}

function saved(sql: Reader, number: string, now: string): Agreement {
  const row = findAgreement(sql, number);
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'agreement', number } });
  return shownAgreement(row, now);
}

export const agreementHandlers: HandlersOf<
  'agreements.people' | 'agreements.give' | 'agreements.record' | 'agreements.withdraw' | 'agreements.list'
> = {
  'agreements.people': {
    phase: 'query',
    async run({ archive, clock }, { kind }) {
      const { roles, paper, paperDays, validHours } = AGREEMENT_RULES[kind];
      const now = clock.now().toISOString();
      const users = await listUsers({ directory: archive.directory, opened: archive.vault });
      const people = users
        .filter((user) => roles.includes(user.role) && user.login !== archive.deskActor.login)
        .filter((user) => user.validUntil === null || user.validUntil > now)
        .map(({ login, displayName, role }) => ({ login, displayName, role }));
      return { roles: [...roles], people, paper, paperDays, validHours };
    },
  },
  'agreements.give': {
    phase: 'job',
    async run(context, { statement, ...person }) {
      const { archive, clock } = context;
      context.note({ object: statement.subject, data: { kind: statement.kind, agreed: statementHash(statement) } });
      const proven = await provePerson(context, person);
      try {
        const { user, signer } = proven;
        requireMayAgree(context, statement, user, null);
        const by: Actor = { login: user.login, displayName: user.displayName, role: user.role, signer };
        return await context.transaction((change) => {
          // The entry carries the signature of whoever agrees: it must be provable by their key, also after they have left.
          rememberPublicKey(change.sql, signer);
          proven.strike(change.sql);
          const now = clock.now().toISOString();
          const { number } = writeAgreement(change.sql, {
            statement,
            manner: 'secret',
            person: { login: user.login, name: user.displayName, role: user.role, staffId: null },
            givenAt: now,
            signedOn: null,
            paperId: null,
            recordedBy: archive.deskActor.displayName,
            note: '',
          });
          change.note({ by, data: { agreement: number, desk: archive.deskActor.login } });
          return saved(change.sql, number, now);
        });
      } finally {
        proven.close();
      }
    },
  },
  'agreements.record': {
    phase: 'job',
    async run(context, { statement, staffId, role, signedOn, paperCode, note }) {
      const { archive, clock, sql } = context;
      context.note({
        object: statement.subject,
        data: { kind: statement.kind, agreed: statementHash(statement), signer: `staff:${staffId}`, role },
      });
      const signer = findStaff(sql, staffId, todayOf(clock));
      if (signer === undefined) throw new AppError('NOT_FOUND', { params: { what: 'staff', number: staffId } });
      const users = await listUsers({ directory: archive.directory, opened: archive.vault });
      const user = signer.login === null ? undefined : users.find((one) => one.login === signer.login);
      // Somebody who signs in has the role they were admitted in, whatever the form says.
      if (user !== undefined && user.role !== role) refuse('role', user.role);
      requireMayAgree(context, statement, { login: signer.login, role }, signedOn);
      return await context.transaction((change) => {
        const now = clock.now().toISOString();
        const paper = paperCode === undefined || paperCode.trim() === '' ? undefined : getPaper(change.sql, paperCode);
        const { number } = writeAgreement(change.sql, {
          statement,
          manner: 'paper',
          person: { login: user?.login ?? null, name: signer.name, role, staffId },
          givenAt: now,
          signedOn,
          paperId: paper?.id ?? null,
          recordedBy: archive.deskActor.displayName,
          note,
        });
        change.note({ data: { agreement: number, ...(paper === undefined ? {} : { paper: paper.code }) } });
        return saved(change.sql, number, now);
      });
    },
  },
  'agreements.withdraw': {
    phase: 'command',
    run(context, { number, reason }) {
      const { sql, clock } = context;
      const now = clock.now().toISOString();
      const found = saved(sql, number.normalize('NFKC').trim().toUpperCase(), now);
      context.note({ object: found.statement.subject, why: reason, data: { agreement: found.number } });
      const row = findAgreement(sql, found.number);
      if (row === undefined || row.used_at !== null || row.withdrawn_at !== null)
        throw new AppError('CONFLICT', { params: { what: 'agreement', number: found.number } });
      markAgreementWithdrawn(sql, row.id, now, reason);
      return saved(sql, found.number, now);
    },
  },
  'agreements.list': {
    phase: 'query',
    run({ sql, clock }, { kind, subject, offset, limit }) {
      const now = clock.now().toISOString();
      const { rows, total } = listAgreements(sql, { kind: kind ?? null, subject: subject ?? null }, offset, limit);
      return { agreements: rows.map((row) => shownAgreement(row, now)), total };
    },
  },
};
