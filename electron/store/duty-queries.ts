import type { DutyQuery } from './duties.ts';
import { countedCards, countedRows } from './kept-counts.ts';
import type { Reader } from './sql.ts';

/** What waits in cards, dossiers and loans, as duties (M1). */

/** B2: what is out, by the day it should be back. */
export const openLoans: DutyQuery = {
  from: 'loan',
  index: 'loan_open_due',
  // A form that waits for its signature is a duty of its own; of a loan with an open case the case is the work (B3). Both are few, and
  // read once along their own index.
  where: `loan.returned_at IS NULL
    AND loan.form_id NOT IN (SELECT id FROM loan_form WHERE written_at > '' AND signed_at IS NULL AND put_back_at IS NULL)
    AND loan.id NOT IN (SELECT loan_id FROM breach WHERE state = 'open' AND loan_id IS NOT NULL)`,
  record: 'loan.id',
  day: 'loan.due',
  joins: 'JOIN paper ON paper.id = loan.paper_id JOIN staff ON staff.id = loan.borrower_id',
  subject: 'loan.number',
  title: 'paper.title',
  params: "json_object('borrower', staff.name, 'code', paper.code)",
};

/** I2: issued copies that somebody holds, by the day they have to be back. */
export const copiesHeld: DutyQuery = {
  from: 'issued_copy',
  index: 'issued_copy_due',
  where: "issued_copy.closed_at IS NULL AND issued_copy.state <> 'made'",
  record: 'issued_copy.id',
  day: 'issued_copy.recover_by',
  joins: `JOIN staff ON staff.id = issued_copy.recipient_id JOIN copy_request ON copy_request.id = issued_copy.request_id`,
  subject: 'issued_copy.number',
  title: 'staff.name',
  params: "json_object('number', issued_copy.number, 'purpose', copy_request.purpose)",
  variant: 'issued_copy.state',
};

/** I1: requests that have no copy yet. */
export const copyRequestsOpen: DutyQuery = {
  from: 'copy_request',
  index: 'copy_request_open',
  where: 'copy_request.open = 1',
  record: 'copy_request.id',
  day: null,
  joins: 'JOIN staff ON staff.id = copy_request.recipient_id',
  subject: 'copy_request.number',
  title: 'staff.name',
  params: "json_object('number', copy_request.number, 'purpose', copy_request.purpose)",
};

/** C4: visited and not filled in since; `:lateness` is `+24 hours`. */
export const visitedNotFilledIn: DutyQuery = {
  from: 'customer',
  index: 'customer_unfilled',
  where: "customer.visited_at > customer.updated_at AND customer.status <> 'sealed'",
  record: 'customer.id',
  day: "date(customer.visited_at, :lateness, 'localtime')",
  dayOf: {
    instant: 'customer.visited_at',
    begins: (day) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${day}, 'utc', :earlier)`,
  },
  subject: 'customer.number',
  title: 'customer.name',
  params: "json_object('number', customer.number, 'visited', date(customer.visited_at, 'localtime'))",
};

/** M1: cards past their review that no running revision covers. */
export const staleCards: DutyQuery = {
  from: 'customer',
  index: 'customer_review_due',
  where: `customer.status <> 'sealed' AND customer.review_due < :today AND NOT EXISTS (SELECT 1 FROM revision_row
    WHERE revision_row.customer_id = customer.id AND revision_row.campaign_id = :campaign)`,
  record: 'customer.id',
  day: 'customer.review_due',
  subject: 'customer.number',
  title: 'customer.name',
  params: "json_object('number', customer.number)",
  kept(sql, { today, from, to, params }) {
    // Only a frame that reaches until today holds all of them.
    if (from !== null || (to !== null && to < today)) return undefined;
    const { cards } = countedCards(sql, { sealed: false, dueBefore: today });
    const covered = coveredStale(sql, Number(params['campaign']), today, cards);
    return covered === undefined ? undefined : { total: cards - covered, overdue: cards - covered };
  },
};

/** How many stale cards a revision covers; undefined where it covers so many that counting the others is sooner done. */
function coveredStale(sql: Reader, campaign: number, today: string, stale: number): number | undefined {
  if (campaign === 0) return 0;
  const rows = sql.get<{ n: number }>(
    'SELECT count(*) AS n FROM (SELECT 1 FROM revision_row WHERE campaign_id = ? LIMIT ?)',
    campaign,
    stale + 1,
  );
  if ((rows?.n ?? 0) > stale) return undefined;
  return sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM revision_row CROSS JOIN customer ON customer.id = revision_row.customer_id
     WHERE revision_row.campaign_id = ? AND customer.status <> 'sealed' AND customer.review_due < ?`,
    campaign,
    today,
  )?.n;
}

/** The licence of the customer runs out, by its card. */
export const licencesExpiring: DutyQuery = {
  from: 'customer',
  index: 'customer_licence_until',
  where: "customer.licence_until IS NOT NULL AND customer.status <> 'sealed'",
  record: 'customer.id',
  day: 'customer.licence_until',
  subject: 'customer.number',
  title: 'customer.name',
  params: "json_object('number', customer.number)",
};

/** G3: the approved credit limit runs out, by the card. */
export const creditLimitsExpiring: DutyQuery = {
  ...licencesExpiring,
  index: 'customer_credit_until',
  where: "customer.credit_until IS NOT NULL AND customer.status <> 'sealed'",
  day: 'customer.credit_until',
};

/** A paper's own validity; the licence counts once, by the card, where the card says it. */
export const papersExpiring: DutyQuery = {
  from: 'paper',
  index: 'paper_valid_until',
  where: `paper.valid_until IS NOT NULL AND paper.state IN ('inPlace', 'lent') AND (paper.type <> 'businessLicence' OR NOT EXISTS (
    SELECT 1 FROM customer WHERE customer.id = paper.customer_id AND customer.licence_until IS NOT NULL))`,
  record: 'paper.id',
  day: 'paper.valid_until',
  joins: 'JOIN customer ON customer.id = paper.customer_id',
  subject: 'paper.code',
  title: 'paper.title',
  params: "json_object('customer', customer.name)",
};

/** D7: dossiers that lack papers, the emptiest first. */
export const dossiersWithGaps: DutyQuery = {
  from: 'customer',
  index: 'customer_order_missing_papers',
  where: 'customer.missing_papers > 0',
  record: 'customer.id',
  day: null,
  subject: 'customer.number',
  title: 'customer.name',
  params: "json_object('number', customer.number, 'count', customer.missing_papers)",
  order: 'customer.missing_papers DESC, customer.id',
  kept: (sql) => ({ total: countedCards(sql, {}).lacking, overdue: 0 }),
};

/** C5: cards that lack required facts, the emptiest first. */
export const incompleteCards: DutyQuery = {
  from: 'customer',
  index: 'customer_completeness',
  where: "customer.completeness < 100 AND customer.status <> 'sealed'",
  record: 'customer.id',
  day: null,
  subject: 'customer.number',
  title: 'customer.name',
  params: "json_object('number', customer.number, 'percent', customer.completeness)",
  order: 'customer.completeness, customer.id',
  kept: (sql) => ({ total: countedCards(sql, { sealed: false, incomplete: true }).cards, overdue: 0 }),
};

/** M1: changes worth watching that nobody has looked at; two weeks should do. */
export const watchedChanges: DutyQuery = {
  from: 'watch_flag',
  index: 'watch_flag_open',
  where: 'watch_flag.settled_at IS NULL',
  record: 'watch_flag.id',
  day: "date(watch_flag.raised_on, '+14 days')",
  joins: 'JOIN customer ON customer.id = watch_flag.customer_id',
  subject: 'watch_flag.id',
  title: 'customer.name',
  params: "json_object('number', customer.number)",
  variant: 'watch_flag.kind',
};

const reportsWaiting: DutyQuery = {
  from: 'information_report',
  index: 'information_report_waiting',
  where:
    "information_report.acknowledge_by IS NOT NULL AND information_report.acknowledged_at IS NULL AND information_report.kind = 'urgent'",
  record: 'information_report.id',
  day: "date(information_report.acknowledge_by, 'localtime')",
  joins:
    'JOIN staff ON staff.id = information_report.reporter_id LEFT JOIN customer ON customer.id = information_report.customer_id',
  subject: 'information_report.number',
  title: 'coalesce(customer.name, information_report.number)',
  params: "json_object('reporter', staff.name, 'report', information_report.number)",
};

/** V3: urgent reports that nobody has acknowledged. */
export const urgentReports: DutyQuery = reportsWaiting;

/** V3: routine and periodic reports that nobody has acknowledged. */
export const otherReports: DutyQuery = {
  ...reportsWaiting,
  where: reportsWaiting.where.replace("kind = 'urgent'", "kind IN ('routine', 'periodic')"),
};

/** V3: reports that somebody who sells has not been told of yet. */
export const reportsToPassOn: DutyQuery = {
  from: 'report_passing',
  index: 'report_passing_waiting',
  where: "report_passing.state = 'waiting'",
  record: 'report_passing.id',
  day: 'report_passing.pass_by',
  joins: `JOIN information_report ON information_report.id = report_passing.report_id JOIN staff ON staff.id = report_passing.staff_id
    LEFT JOIN customer ON customer.id = information_report.customer_id`,
  subject: 'information_report.number',
  title: 'coalesce(customer.name, information_report.number)',
  params: "json_object('recipient', staff.name, 'report', information_report.number)",
};

/** G4: orders beyond the limit that nobody has answered for. */
export const ordersOverLimit: DutyQuery = {
  from: 'order_over_limit',
  index: 'order_over_limit_held',
  where: "order_over_limit.state = 'held'",
  record: 'order_over_limit.order_id',
  day: "date(order_over_limit.noticed_at, 'localtime')",
  joins: `JOIN customer_order ON customer_order.id = order_over_limit.order_id JOIN customer ON customer.id = customer_order.customer_id`,
  subject: 'customer_order.order_number',
  title: 'customer.name',
  params: "json_object('number', customer.number, 'order', customer_order.order_number)",
};

/** V2: facts from reports that wait for the card; within three days they should stand there. */
export const proposedFacts: DutyQuery = {
  from: 'proposed_fact',
  where: "proposed_fact.state = 'open'",
  record: 'proposed_fact.id',
  day: "date(proposed_fact.proposed_at, '+3 days', 'localtime')",
  joins: 'JOIN customer ON customer.id = proposed_fact.customer_id',
  subject: 'proposed_fact.id',
  title: 'customer.name',
  params: "json_object('number', customer.number, 'report', proposed_fact.source_number)",
};

/** C7: cards that a supervisor sent back; the keeper mends them within three days. */
export const cardsSentBack: DutyQuery = {
  from: 'card_review_state',
  index: 'card_review_state_waiting',
  where: "card_review_state.state = 'sentBack'",
  record: 'card_review_state.customer_id',
  day: "date(card_review_state.since, '+3 days', 'localtime')",
  joins: 'JOIN customer ON customer.id = card_review_state.customer_id',
  subject: 'customer.number',
  title: 'customer.name',
  params: "json_object('number', customer.number, 'count', card_review_state.open_remarks)",
};

/** C7: a supervisor's remarks that nobody has answered, on cards that were not sent back. */
export const openRemarks: DutyQuery = {
  ...cardsSentBack,
  index: 'card_review_state_remarks',
  where: "card_review_state.open_remarks > 0 AND card_review_state.state <> 'sentBack'",
  day: "date(card_review_state.since, '+7 days', 'localtime')",
};

/** G4: parts of repayment plans that are to be paid. */
export const instalmentsDue: DutyQuery = {
  from: 'instalment',
  index: 'instalment_open',
  where: 'instalment.running = 1 AND instalment.paid < instalment.amount',
  record: 'instalment.id',
  day: 'instalment.due',
  joins:
    'JOIN repayment_plan ON repayment_plan.id = instalment.plan_id JOIN customer ON customer.id = repayment_plan.customer_id',
  subject: "repayment_plan.number || '/' || instalment.line",
  title: 'customer.name',
  params: "json_object('number', customer.number, 'plan', repayment_plan.number, 'line', instalment.line)",
};

/** G4: customers whose exposure has reached their limit, the furthest beyond first. */
export const creditBlocked: DutyQuery = {
  from: 'credit_standing',
  index: 'credit_standing_marked',
  // Both conditions: the index holds the marked ones, and SQLite takes no equality for being among them.
  where: "credit_standing.mark IN ('warn', 'block') AND credit_standing.mark = 'block'",
  record: 'credit_standing.customer_id',
  day: null,
  joins: 'JOIN customer ON customer.id = credit_standing.customer_id',
  subject: 'customer.number',
  title: 'customer.name',
  params: "json_object('number', customer.number, 'percent', credit_standing.per_mille / 10)",
  order: 'credit_standing.per_mille DESC, credit_standing.customer_id DESC',
  kept: (sql) => ({ total: countedRows(sql, 'creditBlocked') ?? 0, overdue: 0 }),
};
