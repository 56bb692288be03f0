import type { Agreement } from '../../shared/contract/agreements.ts';
import type { DisposalList, DisposalThingShown } from '../../shared/contract/disposals.ts';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import { dossierClassOf } from '../../shared/domain/dossier-classes.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import { normaliseReferenceCode } from '../../shared/domain/reference-code.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addDays, addMonths } from '../../shared/util/days.ts';
import { findCustomerById } from '../store/customers.ts';
import {
  type DisposalListRow,
  type DisposalThing,
  deleteAttachment,
  destroyPaper,
  endDisposalList,
  findDisposalList,
  findThing,
  insertDisposalList,
  insertExtension,
  itemsOfList,
  listDisposalLists,
  markVolumeDestroyed,
} from '../store/disposals.ts';
import { takeSequence } from '../store/number-sequence.ts';
import { insertPaperAct, papersOfVolume } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import { findVolume } from '../store/volumes.ts';
import { canonicalJson } from '../vault/canonical-json.ts';
import { sha256Hex } from '../vault/hash.ts';
import { destroySealed } from '../vault/sealed-files.ts';
import { agreementStandingOf, consumeAgreement, withdrawAgreements } from './agreements.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { inTurns } from './in-turns.ts';
import { recountDossier } from './paper-record.ts';
import { type Appraised, createAppraisal, endingBy } from './retention.ts';
import { todayOf } from './today.ts';

/** Disposal (Y2, §7.9): what is due, and lists that two more people agree to before anything is destroyed. */

/** Lines that a person reads one by one; longer lists are agreed to by their fingerprint and counts too. */
const READ_ONE_BY_ONE = 200;

function shownThing({ thing, span, blockers }: Appraised): DisposalThingShown {
  return {
    kind: thing.volume_id === null ? 'paper' : 'volume',
    code: thing.code,
    title: thing.title,
    year: thing.year,
    class: dossierClassOf(thing.class) ?? 1,
    retention: thing.retention,
    startsOn: span.startsOn,
    endsOn: span.endsOn,
    extendedUntil: thing.extended_until,
    papers: thing.papers,
    pages: thing.pages,
    listed: thing.listed,
    blockers: [...blockers],
  };
}

function shownList(sql: Reader, row: DisposalListRow): DisposalList {
  const items = itemsOfList(sql, row.id);
  return {
    number: row.number,
    state: row.state,
    draftedAt: row.drafted_at,
    draftedBy: row.drafted_by,
    remark: row.remark,
    items: items.length,
    pages: items.reduce((sum, item) => sum + item.pages, 0),
    approvedBy: row.approved_by,
    witnessedBy: row.witnessed_by,
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    endedReason: row.ended_reason,
  };
}

/** A disposal list by its number. @throws AppError NOT_FOUND */
export function getDisposalList(sql: Reader, number: string): DisposalListRow {
  const row = findDisposalList(sql, number.normalize('NFKC').trim().toUpperCase());
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'disposal', number } });
  return row;
}

/** What may be destroyed, by its code. @throws AppError NOT_FOUND */
export function getThing(sql: Reader, code: string): DisposalThing {
  const thing = findThing(sql, normaliseReferenceCode(code)) ?? findThing(sql, code.trim());
  if (thing === undefined) throw new AppError('NOT_FOUND', { params: { what: 'disposalThing', number: code } });
  return thing;
}

/** What both people agree to: every line of the list, and the fingerprint of all of them. */
function statementOf(
  sql: Reader,
  row: DisposalListRow,
  kind: 'disposalApproval' | 'disposalWitness',
): AgreementStatement {
  const items = itemsOfList(sql, row.id);
  const lines = items.map((item) => [
    item.code,
    item.title,
    item.year,
    item.retention,
    item.ends_on,
    item.papers,
    item.pages,
  ]);
  return {
    kind,
    subject: `disposal:${row.number}`,
    purpose: row.remark === '' ? row.number : row.remark,
    lines: [
      { field: 'disposalList', value: row.number },
      { field: 'disposalCount', value: String(items.length) },
      { field: 'disposalPages', value: String(items.reduce((sum, item) => sum + item.pages, 0)) },
      ...items
        .slice(0, READ_ONE_BY_ONE)
        .map((item) => ({ field: 'disposalItem', value: `${item.code} ${item.title} (${item.ends_on})` })),
      { field: 'disposalFingerprint', value: sha256Hex(canonicalJson(lines)) },
    ],
  };
}

/** The things of a list as they stand now; a destroyed one as the list has it. */
function thingsOf(sql: Reader, row: DisposalListRow, today: string): Appraised[] {
  const appraise = createAppraisal(sql, today);
  return itemsOfList(sql, row.id).map((item): Appraised => {
    const thing = row.state === 'draft' ? findThing(sql, item.code) : undefined;
    if (thing !== undefined) return appraise(thing);
    return {
      thing: { ...item, extended_until: null, listed: row.state === 'draft' ? row.number : null },
      span: { startsOn: item.starts_on, endsOn: item.ends_on },
      blockers: [],
    };
  });
}

function mustBeDraft(row: DisposalListRow): void {
  if (row.state !== 'draft')
    throw new AppError('CONFLICT', { params: { what: 'disposal', number: row.number }, hint: 'hint.disposalEnded' });
}

function refuseBlocked(things: readonly Appraised[], path: string): void {
  const blocked = things.flatMap(({ thing, blockers }, index) =>
    blockers.slice(0, 1).map(({ reason, detail }) => ({
      path: `${path}.${index}`,
      message: `validation.disposal.${reason}`,
      params: { code: thing.code, detail },
    })),
  );
  if (blocked.length > 0) throw new AppError('INPUT_INVALID', { fields: blocked });
}

/** Everything of one thing: rows marked, keys gone. @returns ids of sealed files to be overwritten */
function destroyThing(context: CommandContext, thing: DisposalThing, list: DisposalListRow, at: string): string[] {
  const { sql, actor } = context;
  const papers =
    thing.volume_id === null ? [thing.paper_id ?? 0] : papersOfVolume(sql, thing.volume_id).map(({ id }) => id);
  const files = papers.flatMap((id) => {
    insertPaperAct(sql, { paper_id: id, at, by: actor.displayName, act: 'destroyed', reason: '', detail: list.number });
    return destroyPaper(sql, id, list.id, at);
  });
  if (thing.volume_id === null) return files;
  const volume = findVolume(sql, thing.volume_id);
  markVolumeDestroyed(sql, thing.volume_id, list.id, at);
  if (volume === undefined) return files;
  deleteAttachment(sql, volume.attachment_id);
  return [...files, volume.attachment_id];
}

export const disposalHandlers: HandlersOf<
  | 'disposals.due'
  | 'disposals.extend'
  | 'disposals.list'
  | 'disposals.get'
  | 'disposals.draft'
  | 'disposals.cancel'
  | 'disposals.destroy'
> = {
  'disposals.due': {
    phase: 'query',
    async run({ sql, clock, signal }, { months, offset, limit }) {
      const today = todayOf(clock);
      const by = months === 0 ? today : addDays(addMonths(today, months), 1);
      const due = await inTurns(endingBy(sql, today, by), signal);
      return { things: due.slice(offset, offset + limit).map(shownThing), total: due.length };
    },
  },
  'disposals.extend': {
    phase: 'command',
    run(context, { code, until, reason }) {
      const { sql, clock, actor } = context;
      const thing = getThing(sql, code);
      context.note({ object: `disposal:${thing.code}`, why: reason, data: { until } });
      const today = todayOf(clock);
      if (until <= today)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'until', message: 'validation.dayInFuture' }] });
      if (thing.listed !== null)
        throw new AppError('CONFLICT', { params: { what: 'disposal', number: thing.listed }, hint: 'hint.onDraft' });
      insertExtension(sql, {
        volume_id: thing.volume_id,
        paper_id: thing.paper_id,
        until,
        reason,
        at: clock.now().toISOString(),
        by: actor.displayName,
      });
      return shownThing(createAppraisal(sql, today)(getThing(sql, thing.code)));
    },
  },
  'disposals.list': {
    phase: 'query',
    run({ sql }, { offset, limit }) {
      const { rows, total } = listDisposalLists(sql, offset, limit);
      return { lists: rows.map((row) => shownList(sql, row)), total };
    },
  },
  'disposals.get': {
    phase: 'query',
    run({ sql, clock }, { number }) {
      const row = getDisposalList(sql, number);
      const consent = (kind: 'disposalApproval' | 'disposalWitness', first?: Agreement | null) => {
        const statement = statementOf(sql, row, kind);
        return {
          statement: { ...statement, lines: [...statement.lines] },
          ...agreementStandingOf(sql, statement, clock.now(), first ?? undefined),
        };
      };
      const approval = consent('disposalApproval');
      return {
        list: shownList(sql, row),
        things: thingsOf(sql, row, todayOf(clock)).map(shownThing),
        approval,
        // Whoever approved does not stand by as well: another person is asked for.
        witness: consent('disposalWitness', approval.agreement),
      };
    },
  },
  'disposals.draft': {
    phase: 'command',
    run(context, { codes, remark }) {
      const { sql, clock, actor } = context;
      const today = todayOf(clock);
      const appraise = createAppraisal(sql, today);
      const things = [...new Set(codes)].map((code) => appraise(getThing(sql, code)));
      context.note({ object: 'disposal', data: { items: things.length } });
      refuseBlocked(things, 'codes');
      const listed = things.find(({ thing }) => thing.listed !== null);
      if (listed !== undefined)
        throw new AppError('CONFLICT', {
          params: { what: 'disposal', number: listed.thing.listed ?? '' },
          hint: 'hint.onDraft',
        });
      const year = Number(today.slice(0, 4));
      const number = formatNumber(DEFAULT_PATTERNS.disposal, takeSequence(sql, `disposal-${year}`), year);
      insertDisposalList(
        sql,
        { number, drafted_at: clock.now().toISOString(), drafted_by: actor.displayName, remark: remark.trim() },
        things.map(({ thing, span }) => ({
          volume_id: thing.volume_id,
          paper_id: thing.paper_id,
          code: thing.code,
          title: thing.title,
          year: thing.year,
          class: thing.class,
          retention: thing.retention,
          starts_on: span.startsOn ?? '',
          ends_on: span.endsOn ?? '',
          papers: thing.papers,
          pages: thing.pages,
        })),
      );
      context.note({ object: `disposal:${number}` });
      return shownList(sql, getDisposalList(sql, number));
    },
  },
  'disposals.cancel': {
    phase: 'command',
    run(context, { number, reason }) {
      const { sql, clock, actor } = context;
      const row = getDisposalList(sql, number);
      context.note({ object: `disposal:${row.number}`, why: reason });
      mustBeDraft(row);
      for (const kind of ['disposalApproval', 'disposalWitness'] as const)
        withdrawAgreements(context, kind, `disposal:${row.number}`, reason);
      endDisposalList(sql, row.id, {
        state: 'cancelled',
        approved_by: '',
        approval: '',
        witnessed_by: '',
        witness: '',
        ended_at: clock.now().toISOString(),
        ended_by: actor.displayName,
        ended_reason: reason,
      });
      return shownList(sql, getDisposalList(sql, row.number));
    },
  },
  'disposals.destroy': {
    phase: 'command',
    run(context, { number, remark }) {
      const { sql, clock, actor, archive } = context;
      const row = getDisposalList(sql, number);
      context.note({ object: `disposal:${row.number}` });
      mustBeDraft(row);
      const things = thingsOf(sql, row, todayOf(clock));
      refuseBlocked(things, 'things');
      const approval = consumeAgreement(context, statementOf(sql, row, 'disposalApproval'), `disposal:${row.number}`);
      const witness = consumeAgreement(
        context,
        statementOf(sql, row, 'disposalWitness'),
        `disposal:${row.number}`,
        approval,
      );
      const at = clock.now().toISOString();
      const customers = new Set<number>();
      const files: string[] = [];
      for (const { thing } of things) {
        for (const paper of thing.volume_id === null ? [] : papersOfVolume(sql, thing.volume_id))
          customers.add(paper.customer_id);
        files.push(...destroyThing(context, thing, row, at));
      }
      for (const id of customers) {
        const customer = findCustomerById(sql, id);
        if (customer !== undefined) recountDossier(sql, customer, todayOf(clock));
      }
      endDisposalList(sql, row.id, {
        state: 'destroyed',
        approved_by: approval.name,
        approval: approval.number,
        witnessed_by: witness.name,
        witness: witness.number,
        ended_at: at,
        ended_by: actor.displayName,
        ended_reason: remark.trim(),
      });
      // The keys are gone with the transaction; then the files, one by one.
      context.afterCommit(async () => {
        for (const id of files) await destroySealed(archive.directory, id, context.random);
      });
      const volumes = things.filter(({ thing }) => thing.volume_id !== null).length;
      const papers = things.reduce((sum, { thing }) => sum + thing.papers, 0);
      context.note({ data: { volumes, papers, files: files.length } });
      return { list: shownList(sql, getDisposalList(sql, row.number)), volumes, papers, files: files.length };
    },
  },
};
