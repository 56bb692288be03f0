import { setImmediate as turn } from 'node:timers/promises';
import { type CreditPolicy, policyProblems, termsOf, type Veto } from '../../shared/domain/credit/policy.ts';
import { exposureMark, type ScoreSheet, scoreOf, suggestedLimit } from '../../shared/domain/credit/score.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  type AssessmentRow,
  type AssessmentView,
  assessmentsOf,
  decideAssessment,
  findAssessment,
  insertAssessment,
  insertVersion,
  listAssessments,
  listStandings,
  listVersions,
  supersedeAssessments,
} from '../store/credit.ts';
import { activeCustomerIds, type CustomerRow, findCustomerById } from '../store/customers.ts';
import { takeSequence } from '../store/number-sequence.ts';
import type { Reader, Writer } from '../store/sql.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import {
  creditFacts,
  exposureOf,
  readPolicy,
  recountAllStandings,
  recountStandings,
  standingsAmiss,
} from './credit-facts.ts';
import { valuesOf } from './customer-record.ts';
import { changeCard, getCustomer } from './customers.ts';
import { inTurns } from './in-turns.ts';
import { todayOf } from './today.ts';

/** Credit grades and how far limits are used (G1, G2, G4). */

/** The next number of a kind of credit paper, by the year: `XP-2026-0001`. */
export function takeNumberOf(
  sql: Writer,
  kind: 'scoreSheet' | 'creditApplication' | 'repaymentPlan' | 'extension',
  today: string,
) {
  const year = Number(today.slice(0, 4));
  return formatNumber(DEFAULT_PATTERNS[kind], takeSequence(sql, `${kind}-${year}`), year);
}

const shownAssessment = (row: AssessmentView) => ({
  number: row.number,
  customer: row.customer_number,
  customerName: row.customer_name,
  policyVersion: row.policy_version,
  at: row.at,
  by: row.by,
  score: row.score,
  grade: row.grade as 'a',
  gradeBefore: row.grade_before,
  state: row.state,
  decidedAt: row.decided_at,
  decidedBy: row.decided_by,
  reason: row.reason,
});
const sheetOf = (row: AssessmentRow): ScoreSheet => JSON.parse(row.sheet) as ScoreSheet;
const shownSheet = (sheet: ScoreSheet) => ({
  ...sheet,
  items: sheet.items.map((item) => ({ ...item })),
  vetoes: sheet.vetoes.map((veto) => ({ ...veto })),
});
const shownPolicy = (policy: CreditPolicy) => ({
  ...policy,
  items: policy.items.map((item) => ({ ...item, bands: item.bands.map((band) => ({ ...band })) })),
  vetoes: policy.vetoes.map((veto) => ({ ...veto })),
  grades: policy.grades.map((terms) => ({ ...terms, settlement: terms.settlement as '' })),
});

function assess(sql: Reader, customer: CustomerRow, today: string, byHand: readonly Veto[]) {
  const { version, policy } = readPolicy(sql);
  const facts = creditFacts(sql, customer, today);
  const holding = [...new Set([...facts.vetoes, ...byHand])];
  const sheet = scoreOf(policy, facts.measures, holding);
  return {
    version,
    policy,
    facts,
    holding,
    sheet,
    suggested: suggestedLimit(termsOf(policy, sheet.grade), facts.monthlySales),
  };
}

/** Keeps the sheet; a grade that differs from the card's becomes a proposal. */
export function keepAssessment(
  sql: Writer,
  customer: CustomerRow,
  given: { readonly at: string; readonly by: string; readonly today: string; readonly vetoes: readonly Veto[] },
): { number: string; proposed: boolean } {
  const { sheet, version } = assess(sql, customer, given.today, given.vetoes);
  const before = customer.credit_grade;
  const proposed = sheet.grade !== before;
  supersedeAssessments(sql, customer.id, given.at);
  const number = takeNumberOf(sql, 'scoreSheet', given.today);
  insertAssessment(sql, {
    number,
    customer_id: customer.id,
    policy_version: version,
    at: given.at,
    by: given.by,
    score: sheet.score,
    grade: sheet.grade,
    grade_before: before,
    sheet: JSON.stringify(sheet),
    state: proposed ? 'proposed' : 'accepted',
    decided_at: proposed ? null : given.at,
    decided_by: proposed ? '' : given.by,
    reason: '',
  });
  return { number, proposed };
}

const CUSTOMERS_PER_TURN = 50;
async function proposeAll(context: CommandContext, vetoes: readonly Veto[]) {
  const { sql, clock, actor } = context;
  const today = todayOf(clock);
  const ids = activeCustomerIds(sql);
  let proposed = 0;
  for (const [index, id] of ids.entries()) {
    const customer = findCustomerById(sql, id);
    if (customer === undefined) continue;
    // Of those whose grade stands nothing is kept: a sheet for each customer at each run would say nothing new.
    const { sheet } = assess(sql, customer, today, vetoes);
    if (sheet.grade !== customer.credit_grade) {
      keepAssessment(sql, customer, { at: clock.now().toISOString(), by: actor.displayName, today, vetoes });
      proposed += 1;
    }
    if (index % CUSTOMERS_PER_TURN !== 0) continue;
    context.progress({ phase: 'assessing', done: index, total: ids.length });
    await turn();
    context.signal.throwIfAborted();
  }
  return { assessed: ids.length, proposed, number: null };
}

/** So many are looked through in some tenths of a second. */
const STANDINGS_TOLD_OF = 2_000;

export const creditHandlers: HandlersOf<
  | 'credit.policy'
  | 'credit.savePolicy'
  | 'credit.standing'
  | 'credit.list'
  | 'credit.assess'
  | 'credit.propose'
  | 'credit.proposals'
  | 'credit.decide'
  | 'credit.sheets'
  | 'credit.recount'
> = {
  'credit.policy': {
    phase: 'query',
    run({ sql }, { version: wanted }) {
      const { version, policy } = readPolicy(sql, wanted);
      if (wanted !== undefined && wanted !== version)
        throw new AppError('NOT_FOUND', { params: { what: 'creditPolicy', number: wanted } });
      return { version, policy: shownPolicy(policy), versions: listVersions(sql, 'credit_policy') };
    },
  },
  'credit.savePolicy': {
    phase: 'command',
    async run(context, { policy, reason }) {
      const { sql, clock, actor, signal } = context;
      const problems = policyProblems(policy);
      if (problems.length > 0)
        throw new AppError('INPUT_INVALID', {
          fields: problems.map((problem) => ({
            path: `policy.${problem.path}`,
            message: `validation.credit.${problem.reason}`,
          })),
        });
      const version = readPolicy(sql).version + 1;
      const at = clock.now().toISOString();
      insertVersion(sql, 'credit_policy', {
        version,
        definition: JSON.stringify(policy),
        reason,
        at,
        by: actor.displayName,
      });
      await inTurns(recountAllStandings(sql, todayOf(clock)), signal);
      context.note({ object: `creditPolicy:${version}`, why: reason });
      return { version };
    },
  },
  'credit.standing': {
    phase: 'query',
    run({ sql, clock }, { number }) {
      const customer = getCustomer(sql, number);
      const today = todayOf(clock);
      const values = valuesOf(customer);
      const { policy } = readPolicy(sql);
      const facts = creditFacts(sql, customer, today);
      const exposure = exposureOf(sql, customer, today);
      const until = values['creditLimitValidUntil'];
      const validUntil = typeof until === 'string' && until !== '' ? until : null;
      const approval = values['creditLimitApproval'];
      const sheets = assessmentsOf(sql, customer.id, 20);
      const shown = (state: AssessmentRow['state']) => {
        const row = sheets.find((sheet) => sheet.state === state);
        return row === undefined ? null : shownAssessment(row);
      };
      const graded = customer.credit_grade !== '';
      const terms = termsOf(policy, customer.credit_grade);
      return {
        number: customer.number,
        name: customer.name,
        grade: customer.credit_grade,
        terms: graded ? { ...terms, settlement: terms.settlement as '' } : null,
        ...exposure,
        uncounted: [...exposure.uncounted],
        limitApproval: typeof approval === 'string' ? approval : '',
        limitValidUntil: validUntil,
        limitExpired: exposure.limit > 0 && validUntil !== null && validUntil < today,
        ...exposureMark(exposure.exposure, exposure.limit, policy),
        warnAt: policy.warnAt,
        blockAt: policy.blockAt,
        suggestedLimit: suggestedLimit(terms, facts.monthlySales),
        assessment: shown('accepted'),
        proposal: shown('proposed'),
      };
    },
  },
  'credit.list': {
    phase: 'query',
    run({ sql }, { mark, offset, limit }) {
      const { rows, total } = listStandings(sql, mark === 'all' ? undefined : mark, offset, limit);
      return {
        rows: rows.map((row) => ({
          number: row.number,
          name: row.name,
          grade: row.credit_grade,
          currency: row.currency,
          limit: row.credit_limit,
          exposure: row.exposure,
          perMille: row.per_mille,
          mark: row.mark,
          limitValidUntil: row.valid_until,
          uncounted: row.uncounted === '' ? [] : row.uncounted.split(' '),
        })),
        total,
        warn: listStandings(sql, 'warn', 0, 1).total,
        block: listStandings(sql, 'block', 0, 1).total,
      };
    },
  },
  'credit.assess': {
    phase: 'query',
    run({ sql, clock }, { number, vetoes }) {
      const { version, sheet, holding, facts, suggested } = assess(
        sql,
        getCustomer(sql, number),
        todayOf(clock),
        vetoes,
      );
      return {
        policyVersion: version,
        sheet: shownSheet(sheet),
        holding,
        currency: facts.currency,
        monthlySales: facts.monthlySales,
        suggestedLimit: suggested,
      };
    },
  },
  'credit.propose': {
    phase: 'command',
    async run(context, { number, vetoes }) {
      const { sql, clock, actor } = context;
      if (number === undefined) {
        const all = await proposeAll(context, vetoes);
        context.note({ object: 'customers', data: { assessed: all.assessed, proposed: all.proposed } });
        return all;
      }
      const customer = getCustomer(sql, number);
      const at = clock.now().toISOString();
      const kept = keepAssessment(sql, customer, { at, by: actor.displayName, today: todayOf(clock), vetoes });
      context.note({ object: `customer:${customer.number}`, data: { sheet: kept.number } });
      return { assessed: 1, proposed: kept.proposed ? 1 : 0, number: kept.number };
    },
  },
  'credit.proposals': {
    phase: 'query',
    run({ sql }, { offset, limit }) {
      const { rows, total } = listAssessments(sql, 'proposed', offset, limit);
      return { rows: rows.map(shownAssessment), total };
    },
  },
  'credit.decide': {
    phase: 'command',
    run(context, { number, accept, reason }) {
      const { sql, clock, actor } = context;
      const row = findAssessment(sql, number);
      if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'scoreSheet', number } });
      context.note({
        object: `customer:${row.customer_number}`,
        why: reason,
        data: { sheet: number, accepted: accept ? 1 : 0 },
      });
      if (row.state !== 'proposed') throw new AppError('CONFLICT', { params: { what: 'scoreSheet', number } });
      if (!accept && reason.trim() === '')
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'reason', message: 'validation.required' }] });
      decideAssessment(sql, row.id, {
        state: accept ? 'accepted' : 'dismissed',
        at: clock.now().toISOString(),
        by: actor.displayName,
        reason,
      });
      if (accept)
        changeCard(context, getCustomer(sql, row.customer_number), {
          values: { creditGrade: row.grade },
          evidence: number,
        });
      return {};
    },
  },
  'credit.sheets': {
    phase: 'query',
    run({ sql }, { number }) {
      const rows = assessmentsOf(sql, getCustomer(sql, number).id);
      return { sheets: rows.map((row) => ({ ...shownAssessment(row), sheet: shownSheet(sheetOf(row)) })) };
    },
  },
  'credit.recount': {
    phase: 'job',
    async run(context) {
      const { sql, clock, signal, progress } = context;
      const { total } = listStandings(sql, undefined, 0, 1);
      const told = (done: number) => {
        if (done % STANDINGS_TOLD_OF === 0) progress({ phase: 'assessing', done, total });
      };
      const { customers, amiss } = await inTurns(standingsAmiss(sql, todayOf(clock), told), signal);
      context.note({ object: 'customers', data: { customers } });
      // Only these are written, and from what stands now: whatever changed meanwhile has drawn its own standings.
      await context.transaction((change) => inTurns(recountStandings(change.sql, amiss, todayOf(clock)), signal));
      return { customers };
    },
  },
};
