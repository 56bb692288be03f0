import { DEFAULT_PATTERNS, formatNumber } from '../../../shared/domain/numbering.ts';
import { type RevisionSource, revisionOrder } from '../../../shared/domain/revision.ts';
import { addDays, addMonths } from '../../../shared/util/days.ts';
import { markAgreementUsed } from '../../store/agreements.ts';
import { takeSequence } from '../../store/number-sequence.ts';
import {
  findCampaign,
  insertCampaign,
  insertInquiry,
  insertRevisionRow,
  type RevisionScope,
  scopeCandidates,
  setRevisionOutcome,
  updateCampaign,
} from '../../store/revisions.ts';
import type { Writer } from '../../store/sql.ts';
import { flagRecentChanges } from '../../store/watch-flags.ts';
import { writeAgreement } from '../agreements.ts';
import { signOffStatement } from '../revision-close.ts';
import { type Draw, drawFrom } from './draw.ts';
import type { PracticeWorld } from './enterprise-values.ts';
import { wordsOf } from './words.ts';

export interface RevisionFrame {
  readonly world: PracticeWorld;
  readonly keeper: string;
  readonly supervisor: { readonly name: string; readonly staffId: number };
}

/** Days before today on which the closed campaign began and ended, and on which the one under way began. */
const CLOSED = { began: 118, ended: 76 } as const;
const BEGAN = 17;
const DUE_AFTER = 30;

const SOURCES: readonly RevisionSource[] = [
  'telephone',
  'telephone',
  'visit',
  'salesperson',
  'publicRegister',
  'letter',
];

interface Card {
  readonly id: number;
  readonly number: string;
  readonly tier: 'key' | 'special' | 'general';
  readonly reviewDue: string;
  readonly reviewedOn: string;
  readonly createdOn: string;
  readonly contact: string;
  readonly place: string;
  readonly revision: number;
}

/** A large archive is revised by its key customers; a small one whole. */
const scopeOf = (world: PracticeWorld): RevisionScope => ({
  kinds: ['enterprise', 'individual'],
  tiers: world.thin ? ['key'] : ['key', 'special', 'general'],
  dueBy: null,
});

function campaign(sql: Writer, frame: RevisionFrame, title: string, startedOn: string, dueOn: string) {
  const year = Number(startedOn.slice(0, 4));
  const number = formatNumber(DEFAULT_PATTERNS.revision, takeSequence(sql, `revision-${year}`), year);
  const id = insertCampaign(sql, {
    number,
    title,
    scope: JSON.stringify(scopeOf(frame.world)),
    due_on: dueOn,
    started_at: `${startedOn}T01:10:00.000Z`,
    started_by: frame.keeper,
    active: null,
    paused_at: null,
    discarded_at: null,
    closed_at: null,
    closed_by: null,
    signed_by: '',
    signed_role: '',
    agreement: '',
    remark: '',
  });
  return { id, number };
}

interface Ending {
  readonly outcome: 'confirmed' | 'corrected' | 'flagged';
  readonly flag: string;
  readonly day: string;
}

/** Who was asked, once or, when nobody was reached at first, twice; and how the card ended. */
function settle(sql: Writer, frame: RevisionFrame, draw: Draw, row: { id: number; card: Card }, ending: Ending): void {
  const { sentences } = wordsOf('hant');
  const at = frame.world.calendar.officeInstant(draw, ending.day);
  const ask = (reached: boolean, answer: string) =>
    insertInquiry(sql, {
      row_id: row.id,
      asked_on: ending.day,
      source: draw.pick(SOURCES),
      asked: row.card.contact === '' ? draw.pick(sentences.revisionAsked) : row.card.contact,
      reached: reached ? 1 : 0,
      answer,
      at,
      by: frame.keeper,
    });
  if (ending.flag === 'notReachable' || draw.chance(0.12)) ask(false, '');
  if (ending.flag !== 'notReachable')
    ask(true, draw.pick(ending.outcome === 'confirmed' ? sentences.revisionConfirmed : sentences.revisionChanged));
  setRevisionOutcome(sql, {
    id: row.id,
    outcome: ending.outcome,
    flag: ending.flag,
    note: '',
    settled_at: at,
    settled_by: frame.keeper,
    settled_revision: row.card.revision,
    before: null,
  });
}

function freeze(sql: Writer, campaignId: number, cards: readonly Card[], on: string): { id: number; card: Card }[] {
  const byId = new Map(cards.map((card) => [card.id, card]));
  return revisionOrder(cards, on).flatMap(({ id }, index) => {
    const card = byId.get(id);
    if (card === undefined) return [];
    const row = insertRevisionRow(sql, {
      campaign_id: campaignId,
      position: index + 1,
      customer_id: card.id,
      tier: card.tier,
      review_due: card.reviewDue,
      place: card.place,
      card_revision: card.revision,
    });
    return [{ id: row, card }];
  });
}

/** A closed campaign with its sign-off and one under way (M2), and flags of changes worth watching (M1). */
export function writeRevisions(
  sql: Writer,
  frame: RevisionFrame,
): { campaigns: number; revised: number; watched: number } {
  const { world } = frame;
  const { today } = world.calendar;
  const cards = [...scopeCandidates(sql, scopeOf(world))].map(
    (row): Card => ({
      id: row.id,
      number: row.number,
      tier: row.tier,
      reviewDue: row.review_due,
      reviewedOn: row.reviewed_on,
      createdOn: row.created_at.slice(0, 10),
      contact: row.contact,
      place: row.place,
      revision: row.revision,
    }),
  );
  const revised = writeClosed(sql, frame, cards) + writeRunning(sql, frame, cards);
  const watched = flagRecentChanges(sql, {
    since: addDays(today, -60),
    open: 3,
    settledBy: frame.keeper,
    note: wordsOf('hant').sentences.watchSettled[0] ?? '',
  });
  return { campaigns: 2, revised, watched };
}

function writeClosed(sql: Writer, frame: RevisionFrame, cards: readonly Card[]): number {
  const draw = drawFrom(frame.world.seed, 6, 1);
  const { today } = frame.world.calendar;
  const began = addDays(today, -CLOSED.began);
  const ended = addDays(today, -CLOSED.ended);
  const there = cards.filter(({ createdOn }) => createdOn < began);
  if (there.length === 0) return 0;
  const { id, number } = campaign(
    sql,
    frame,
    wordsOf('hant').sentences.revisionTitles[0] ?? '',
    began,
    addMonths(began, 1),
  );
  // How stale each card was then is not known any more; that it was due is enough.
  const then = there.map((card) => ({ ...card, reviewDue: addDays(began, draw.between(-50, 20)), revision: 1 }));
  for (const row of freeze(sql, id, then, began)) {
    const outcome = draw.weighted<Ending['outcome']>([
      ['confirmed', 74],
      ['corrected', 17],
      ['flagged', 9],
    ]);
    const flag = outcome === 'flagged' ? draw.pick(['notReachable', 'notReachable', 'doubtful', 'ceased']) : '';
    settle(sql, frame, draw, row, {
      outcome,
      flag,
      day: addDays(began, draw.between(0, CLOSED.began - CLOSED.ended - 1)),
    });
  }
  const row = findCampaign(sql, number);
  if (row === undefined) return 0;
  const closedAt = `${ended}T08:40:00.000Z`;
  const agreement = writeAgreement(sql, {
    statement: signOffStatement(sql, row),
    manner: 'paper',
    person: { login: 'supervisor', name: frame.supervisor.name, role: 'supervisor', staffId: frame.supervisor.staffId },
    givenAt: `${ended}T08:00:00.000Z`,
    signedOn: ended,
    paperId: null,
    recordedBy: frame.keeper,
    note: '',
  });
  markAgreementUsed(sql, agreement.id, closedAt, `revision:${number}`);
  updateCampaign(sql, {
    ...row,
    closed_at: closedAt,
    closed_by: frame.keeper,
    signed_by: frame.supervisor.name,
    signed_role: 'supervisor',
    agreement: agreement.number,
  });
  return there.length;
}

/** Under way: what was reviewed since it began has been settled, a few could not be reached, the rest is open. */
function writeRunning(sql: Writer, frame: RevisionFrame, cards: readonly Card[]): number {
  const draw = drawFrom(frame.world.seed, 6, 2);
  const { today } = frame.world.calendar;
  const began = addDays(today, -BEGAN);
  const there = cards.filter(({ createdOn }) => createdOn < began);
  if (there.length === 0) return 0;
  const { id, number } = campaign(
    sql,
    frame,
    wordsOf('hant').sentences.revisionTitles[1] ?? '',
    began,
    addDays(began, DUE_AFTER),
  );
  const then = there.map((card) =>
    card.reviewedOn >= began ? { ...card, reviewDue: addDays(began, draw.between(-30, 20)) } : card,
  );
  for (const row of freeze(sql, id, then, began)) {
    const late = draw.chance(0.06);
    if (row.card.reviewedOn >= began)
      settle(sql, frame, draw, row, { outcome: 'confirmed', flag: '', day: row.card.reviewedOn });
    else if (late)
      settle(sql, frame, draw, row, {
        outcome: 'flagged',
        flag: 'notReachable',
        day: addDays(began, draw.between(1, BEGAN - 1)),
      });
  }
  const row = findCampaign(sql, number);
  if (row !== undefined) updateCampaign(sql, { ...row, active: 1 });
  return there.length;
}
