import type { Agreement } from '../../shared/contract/agreements.ts';
import type { AnnouncedMatter } from '../../shared/contract/announced-acts.ts';
import {
  AGREEMENT_RULES,
  type AgreementStanding,
  type AgreementStatement,
  type Approval,
  announcedStatement,
  approvalOf,
} from '../../shared/domain/agreements.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { announcedActs } from '../store/agreements.ts';
import { readInfo } from '../store/archive-records.ts';
import type { Reader } from '../store/sql.ts';
import { listUsers, normaliseLogin } from '../vault/vault.ts';
import { agreementStandingOf, consumeAgreement, shownAgreement, statementHash, writeAgreement } from './agreements.ts';
import type { CommandContext, HandlersOf, QueryContext } from './context.ts';
import { RECOVERY_USED } from './open-archive.ts';
import { proveAgain } from './prove-person.ts';
import { recordText } from './record-texts.ts';
import { readSettings, writeSettings } from './settings.ts';

/**
 * What acts of R71 need besides the own secret. With a supervisor: that person. A keeper alone acts alone (§1.4), and may take a hurdle on:
 * such an act is announced with the own secret, stands on the desk for an hour, can be taken back, and is done after it (§15).
 */

/** Whether somebody else has to agree, the act has to be announced, or neither. */
export async function approvalNeeded({
  archive,
  clock,
  sql,
}: Pick<QueryContext, 'archive' | 'clock' | 'sql'>): Promise<Approval> {
  const now = clock.now().toISOString();
  const users = await listUsers({ directory: archive.directory, opened: archive.vault });
  return approvalOf({
    practice: archive.practice,
    supervised: users.some(
      ({ role, login, validUntil }) =>
        role === 'supervisor' && login !== archive.deskActor.login && (validUntil === null || validUntil > now),
    ),
    // A supervisor who sits here answers to nobody else, and could announce nothing.
    waits: archive.deskActor.role === 'keeper' && readSettings(sql).waitingHour,
  });
}

/** What is agreed to of an act: all of it by a supervisor, without what moves while work goes on when it is announced. */
export const statementFor = (approval: Approval, statement: AgreementStatement): AgreementStatement =>
  approval === 'waitingHour' ? announcedStatement(statement) : statement;

/** What needs agreement before something leaves the archive, and how that stands: for the queries of the screens. */
export async function approvalMatter(
  context: QueryContext,
  whole: AgreementStatement,
): Promise<{
  approval: Approval;
  statement: AgreementStatement & { lines: { field: string; value: string }[] };
  standing: AgreementStanding;
  agreement: Agreement | null;
}> {
  const approval = await approvalNeeded(context);
  const statement = statementFor(approval, whole);
  return {
    approval,
    statement: { ...statement, lines: [...statement.lines] },
    ...agreementStandingOf(context.sql, statement, context.clock.now()),
  };
}

/** @throws AppError SECOND_PERSON_MISSING { reason } with the hint that fits: a person to be asked, an act to be announced or waited for */
export function requireApproval(
  { sql, clock }: Pick<QueryContext, 'sql' | 'clock'>,
  approval: Approval,
  whole: AgreementStatement,
): void {
  if (approval === 'none') return;
  const { standing, agreement } = agreementStandingOf(sql, statementFor(approval, whole), clock.now());
  if (standing === 'valid') return;
  const hints = approval === 'supervisor' ? 'hint.agreement' : 'hint.announce';
  throw new AppError('SECOND_PERSON_MISSING', {
    params: { reason: standing, ...(agreement?.usableFrom == null ? {} : { from: agreement.usableFrom }) },
    hint: `${hints}.${standing}`,
  });
}

/** Uses the agreement up in the act's transaction; its entry says how one person could do it. */
export function consumeApproval(
  context: CommandContext,
  approval: Approval,
  whole: AgreementStatement,
  usedFor: string,
): void {
  if (approval !== 'supervisor') context.note({ data: { alone: 1 } });
  if (approval === 'none') return;
  requireApproval(context, approval, whole);
  const { usableFrom } = consumeAgreement(context, statementFor(approval, whole), usedFor);
  if (usableFrom !== null) context.note({ data: { announcedFor: usableFrom } });
}

const KINDS = {
  addUser: 'userChange',
  extendUser: 'userChange',
  readmitUser: 'userChange',
  rotateKey: 'keyChange',
  reissueRecovery: 'keyChange',
  waitingHourOff: 'waitingHourOff',
} as const satisfies Record<AnnouncedMatter['act'], AgreementStatement['kind']>;

/** A change of people or keys as it is announced. */
export function statementOfMatter(vaultId: string, matter: AnnouncedMatter): AgreementStatement {
  const kind = KINDS[matter.act];
  const login = 'login' in matter ? normaliseLogin(matter.login) : undefined;
  const line = (field: string, value: string) => ({ field, value });
  return {
    kind,
    subject: login === undefined ? `vault:${vaultId}` : `user:${login}`,
    purpose: recordText('zh-Hant', 'waitingHour.purpose'),
    lines: [
      line(kind === 'userChange' ? 'userAct' : kind === 'keyChange' ? 'keyAct' : 'waitingHour', matter.act),
      ...(login === undefined ? [] : [line('userLogin', login)]),
      ...(matter.act === 'addUser' ? [line('userRole', matter.role)] : []),
      ...(matter.act === 'extendUser' ? [line('userUntil', matter.validUntil ?? '–')] : []),
    ],
  };
}

/**
 * What a change of people or keys needs. What takes rights away never waits, nor the first supervisor, with whom waiting ends, nor a new
 * recovery key when the old sheet has been opened.
 */
export async function approvalForMatter(context: QueryContext, matter: AnnouncedMatter): Promise<Approval> {
  const approval = await approvalNeeded(context);
  if (approval !== 'waitingHour') return approval;
  const freely =
    (matter.act === 'addUser' && matter.role === 'supervisor') ||
    (matter.act === 'reissueRecovery' && (readInfo(context.sql, RECOVERY_USED) ?? '') !== '');
  return freely ? 'none' : 'waitingHour';
}

/**
 * Where a keeper alone has taken the waiting hour on, this change has been announced an hour ago.
 * @param matter undefined for what never waits
 * @returns `use`: uses the announcement up, inside the change's transaction
 * @throws AppError SECOND_PERSON_MISSING { reason }
 */
export async function requireAnnounced(
  context: QueryContext,
  matter: AnnouncedMatter | undefined,
): Promise<{ use(change: CommandContext): void }> {
  if (matter === undefined || (await approvalForMatter(context, matter)) !== 'waitingHour')
    return { use: () => undefined };
  const statement = statementOfMatter(context.archive.vault.vaultId, matter);
  requireApproval(context, 'waitingHour', statement);
  return { use: (change) => consumeApproval(change, 'waitingHour', statement, statement.subject) };
}

/** Acts that wait or may be done now, as the desk shows them. */
export const openAnnouncements = (sql: Reader, now: string): Agreement[] =>
  announcedActs(sql, now).map((row) => shownAgreement(row, now));

export const announcedActHandlers: HandlersOf<
  'agreements.matter' | 'agreements.announced' | 'agreements.announce' | 'agreements.setWaitingHour'
> = {
  'agreements.matter': {
    phase: 'query',
    async run(context, { matter }) {
      const statement = statementOfMatter(context.archive.vault.vaultId, matter);
      return { ...(await approvalMatter(context, statement)), approval: await approvalForMatter(context, matter) };
    },
  },
  'agreements.announced': {
    phase: 'query',
    run: ({ sql, clock }) => ({
      on: readSettings(sql).waitingHour,
      acts: openAnnouncements(sql, clock.now().toISOString()),
    }),
  },
  'agreements.announce': {
    phase: 'job',
    async run(context, { statement, secret }) {
      const { archive, clock, actor } = context;
      context.note({ object: statement.subject, data: { kind: statement.kind, agreed: statementHash(statement) } });
      await proveAgain(context, secret);
      if (AGREEMENT_RULES[statement.kind].waitingHour !== true || (await approvalNeeded(context)) !== 'waitingHour')
        throw new AppError('SECOND_PERSON_MISSING', { params: { reason: 'self' }, hint: 'hint.agreement.self' });
      return await context.transaction((change) => {
        const now = clock.now().toISOString();
        const { number, row } = writeAgreement(change.sql, {
          statement,
          manner: 'announced',
          person: { login: actor.login, name: actor.displayName, role: actor.role, staffId: null },
          givenAt: now,
          signedOn: null,
          paperId: null,
          recordedBy: archive.deskActor.displayName,
          note: '',
        });
        const announced = shownAgreement(row, now);
        change.note({ data: { agreement: number, usableFrom: announced.usableFrom ?? '' } });
        return announced;
      });
    },
  },
  'agreements.setWaitingHour': {
    phase: 'job',
    async run(context, { on, secret }) {
      const { archive } = context;
      context.note({ object: 'settings', data: { waitingHour: on ? 1 : 0 } });
      await proveAgain(context, secret);
      const approval = on ? 'none' : await approvalNeeded(context);
      const statement = statementOfMatter(archive.vault.vaultId, { act: 'waitingHourOff' });
      return await context.transaction((change) => {
        // With a supervisor it is of no effect, and goes without waiting.
        if (approval === 'waitingHour') consumeApproval(change, approval, statement, 'settings');
        writeSettings(change.sql, { ...readSettings(change.sql), waitingHour: on });
        return {};
      });
    },
  },
};
