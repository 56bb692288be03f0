import type { OutputOf } from '../../shared/contract/contract.ts';
import type { FieldValue } from '../../shared/domain/form-fields.ts';
import { validateFields } from '../../shared/domain/forms/validate-card.ts';
import { competitorProfileFields } from '../../shared/domain/forms/visit-forms.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addDays } from '../../shared/util/days.ts';
import {
  type CompetitorTotals,
  competitorAliases,
  competitorTotals,
  customersInMatrix,
  entriesOfCompetitor,
  findCompetitor,
  findProject,
  listProjects,
  matrixRows,
  type ProjectAt,
  replaceAliases,
  saveCompetitor,
} from '../store/intelligence.ts';
import { matchOf } from '../store/search-text.ts';
import { visitsMentioning } from '../store/visits.ts';
import type { HandlersOf, QueryContext } from './context.ts';
import { nameForComparison, valuesOf } from './customer-record.ts';
import { changeCard, getCustomer } from './customers.ts';
import { inTurns } from './in-turns.ts';
import { itemsOf } from './intelligence-record.ts';
import { rememberedWhileUnchanged } from './remembered.ts';
import { todayOf } from './today.ts';
import { foundBy } from './visits.ts';

type ProjectRow = OutputOf<'projects.list'>['projects'][number];
type Matrix = OutputOf<'competitors.matrix'>;

const MENTIONS = 40;
/** Mentions in visits are looked for in the last year. */
const MENTIONED_DAYS = 366;

/** X2: no next step, or a next step whose day has passed, on a project that is still open. */
function stalled(project: ProjectAt, today: string): ProjectRow['stalled'] {
  if (project.stage === 'signed' || project.stage === 'cancelled') return null;
  if (project.next_step.trim() === '') return 'noStep';
  return project.next_step_on !== '' && project.next_step_on < today ? 'overdue' : null;
}

function shownProject(project: ProjectAt, today: string): ProjectRow {
  return {
    customer: project.customer_number,
    customerName: project.customer_name,
    tier: project.tier,
    position: project.position,
    name: project.name,
    stage: project.stage,
    nextStep: project.next_step,
    nextStepOn: project.next_step_on,
    expectedSigning: project.expected_signing,
    probability: project.probability,
    item: JSON.parse(project.item) as ProjectRow['item'],
    stalled: stalled(project, today),
  };
}

type Asked = Pick<QueryContext, 'sql' | 'archive' | 'signal'>;

/** Competitors by how many customers they are met at (X1). */
export const totalsOfCompetitors = ({ sql, archive, signal }: Asked): Promise<readonly CompetitorTotals[]> =>
  rememberedWhileUnchanged(archive).find(['competitorTotals'], () => inTurns(competitorTotals(sql), signal));

/** A competitor's page under any spelling of its name (X1). */
export async function competitorPage(
  { sql, archive, signal }: Asked,
  name: string,
  today: string,
): Promise<OutputOf<'competitors.get'>> {
  const folded = nameForComparison(name);
  const own = findCompetitor(sql, folded);
  const aliases = own === undefined ? [] : competitorAliases(sql, own.id);
  const names = [...new Set([own?.folded_name ?? folded, folded, ...aliases])];
  const remembered = rememberedWhileUnchanged(archive);
  const entries = await remembered.find(['competitorEntries', names], () =>
    inTurns(entriesOfCompetitor(sql, names), signal),
  );
  if (own === undefined && entries.length === 0)
    throw new AppError('NOT_FOUND', { params: { what: 'competitor', number: name } });
  const spellings = [...new Set([own?.name ?? name, ...entries.map((entry) => entry.name)])];
  const mentions = await remembered.find(['competitorMentions', spellings, today], () =>
    inTurns(visitsMentioning(sql, spellings, addDays(today, -MENTIONED_DAYS), MENTIONS), signal),
  );
  return {
    name: own?.name ?? entries[0]?.name ?? name,
    aliases: spellings.filter((spelling) => spelling !== own?.name && nameForComparison(spelling) !== own?.folded_name),
    profile: JSON.parse(own?.profile ?? '{}') as OutputOf<'competitors.get'>['profile'],
    updatedAt: own?.updated_at ?? null,
    updatedBy: own?.updated_by ?? '',
    entries: entries.map((entry) => ({
      customer: entry.customer_number,
      customerName: entry.customer_name,
      tier: entry.tier,
      item: JSON.parse(entry.item) as OutputOf<'competitors.get'>['entries'][number]['item'],
    })),
    mentions: mentions.map((visit) => ({
      visitId: visit.id,
      day: visit.day,
      customer: visit.customer_number,
      customerName: visit.customer_name,
      staff: visit.staff_name,
      text: String((JSON.parse(visit.details) as Record<string, unknown>)['competitorInfo'] ?? ''),
    })),
  };
}

/** Who is where, how satisfied, with what share: the competitors met most stand as columns (X1). */
export async function competitorMatrix(
  context: Asked,
  columns: number,
  offset: number,
  limit: number,
): Promise<Matrix> {
  const { sql, archive, signal } = context;
  const competitors = (await totalsOfCompetitors(context)).slice(0, columns);
  const ids = await rememberedWhileUnchanged(archive).find(['competitorMatrix'], () =>
    inTurns(customersInMatrix(sql), signal),
  );
  const { customers, entries } = matrixRows(sql, ids.slice(offset, offset + limit));
  return {
    competitors: competitors.map(({ name, customers: count }) => ({ name, customers: count })),
    rows: customers.map((customer) => {
      const own = entries.filter((entry) => entry.customer_id === customer.id);
      return {
        customer: customer.number,
        customerName: customer.name,
        tier: customer.tier,
        cells: competitors.map(({ gathered }) => {
          const entry = own.find((one) => one.gathered === gathered);
          return entry === undefined
            ? null
            : { satisfaction: entry.satisfaction, share: entry.share, observedOn: entry.observed_on };
        }),
        others: own.filter((entry) => !competitors.some(({ gathered }) => gathered === entry.gathered)).length,
      };
    }),
    total: ids.length,
  };
}

/** Competitors across customers (X1) and projects with stage and next step (X2). */
export const intelligenceHandlers: HandlersOf<
  | 'competitors.list'
  | 'competitors.get'
  | 'competitors.save'
  | 'competitors.matrix'
  | 'projects.list'
  | 'projects.advance'
> = {
  'competitors.list': {
    phase: 'query',
    async run(context, { text, offset, limit }) {
      const wanted = text.trim();
      const all = (await totalsOfCompetitors(context)).filter(
        (row) => wanted === '' || matchOf(row.name, wanted, true) !== undefined,
      );
      return {
        competitors: all.slice(offset, offset + limit).map((row) => ({
          name: row.name,
          customers: row.customers,
          keyCustomers: row.key_customers,
          satisfied: row.satisfied,
          acceptable: row.acceptable,
          dissatisfied: row.dissatisfied,
          averageShare: row.average_share === null ? null : Math.round(row.average_share),
          observedOn: row.observed_on,
        })),
        total: all.length,
      };
    },
  },
  'competitors.get': {
    phase: 'query',
    run: (context, { name }) => competitorPage(context, name, todayOf(context.clock)),
  },
  'competitors.save': {
    phase: 'command',
    run(context, { name, aliases, profile }) {
      const { sql, clock, actor } = context;
      const folded = nameForComparison(name);
      const own = findCompetitor(sql, folded);
      const values = (profile ?? JSON.parse(own?.profile ?? '{}')) as Record<string, FieldValue>;
      const { errors } = validateFields(competitorProfileFields, values);
      if (errors.length > 0)
        throw new AppError('INPUT_INVALID', {
          fields: errors.map((error) => ({ ...error, path: `profile.${error.path}` })),
        });
      const id = saveCompetitor(sql, {
        folded_name: own?.folded_name ?? folded,
        name,
        profile: JSON.stringify(values),
        updated_at: clock.now().toISOString(),
        updated_by: actor.displayName,
      });
      if (aliases !== undefined)
        replaceAliases(
          sql,
          id,
          [...new Set(aliases.map(nameForComparison))].filter(
            (alias) => alias !== '' && alias !== (own?.folded_name ?? folded),
          ),
        );
      context.note({ object: `competitor:${id}`, data: { fields: Object.keys(values) } });
      return {};
    },
  },
  'competitors.matrix': {
    phase: 'query',
    run: (context, { columns, offset, limit }) => competitorMatrix(context, columns, offset, limit),
  },
  'projects.list': {
    phase: 'query',
    run({ sql, clock }, { stage, show, text, offset, limit }) {
      const today = todayOf(clock);
      const { rows, total, stages } = listProjects(
        sql,
        { stage, show, today, found: foundBy(sql, text) },
        offset,
        limit,
      );
      return {
        projects: rows.map((row) => shownProject(row, today)),
        total,
        stages: Object.fromEntries(stages.map((row) => [row.stage, row.n])),
      };
    },
  },
  'projects.advance': {
    phase: 'command',
    run(context, input) {
      const { sql, clock } = context;
      const customer = getCustomer(sql, input.customer);
      context.note({ object: `customer:${customer.number}`, data: { project: input.position } });
      const projects = itemsOf(valuesOf(customer)['projects']);
      const project = projects[input.position];
      if (project === undefined || project['projectName'] !== input.name)
        throw new AppError('CONFLICT', {
          params: { what: 'customer', number: customer.number, by: customer.updated_by, revision: customer.revision },
        });
      const { stage, nextStep, nextStepOn, expectedSigning, outcome } = input;
      const changed = Object.fromEntries(
        Object.entries({ stage, nextStep, nextStepOn, expectedSigning, outcome }).filter(
          ([, value]) => value !== undefined,
        ),
      );
      const next = Object.fromEntries(
        Object.entries({ ...project, ...changed }).filter(([, value]) => value !== null && value !== ''),
      );
      context.note({ data: { fields: Object.keys(changed) } });
      changeCard(context, customer, {
        values: { projects: projects.map((one, at) => (at === input.position ? next : one)) as unknown as FieldValue },
        evidence: input.evidence,
      });
      const written = findProject(sql, customer.id, input.position);
      if (written === undefined) throw new AppError('INTERNAL');
      return shownProject(written, todayOf(clock));
    },
  },
};
