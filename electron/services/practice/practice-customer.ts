import type { CardKind, FieldValue } from '../../../shared/domain/form-fields.ts';
import type { VisitMethod, VisitPurpose, VisitResult } from '../../../shared/domain/visit.ts';
import { addDays, addMonths } from '../../../shared/util/days.ts';
import type { CustomerRow } from '../../store/customers.ts';
import type { StoredValues } from '../customer-record.ts';
import { type DealingsPlan, planDealings } from './dealings-plan.ts';
import { type DossierPlan, planDossier } from './dossier-plan.ts';
import { type Draw, drawFrom } from './draw.ts';
import { enterpriseValues, filled, leaveOut, moneyOf, type PracticeWorld } from './enterprise-values.ts';
import { individualValues } from './individual-values.ts';
import { drawLandline, drawMobile, drawPerson } from './people.ts';
import { withinOfficeHours } from './practice-calendar.ts';
import type { Place } from './vocabulary/places-vocabulary.ts';
import { type Script, wordsOf } from './words.ts';

export interface PlannedVisit {
  /** Position among the salespeople. */
  readonly salesperson: number;
  readonly visitedAt: string;
  readonly method: VisitMethod;
  readonly purpose: VisitPurpose;
  readonly result: VisitResult;
  readonly content: string;
}

export interface PlannedChange {
  readonly at: string;
  readonly field: string;
  readonly from: FieldValue;
  readonly to: FieldValue;
  readonly evidence: string;
}

/** Everything of one customer, before any of it is written. From the seed, the year and its position alone, but for what hangs on today. */
export interface PracticeCustomer {
  readonly kind: CardKind;
  readonly number: string;
  readonly sequence: number;
  readonly values: StoredValues;
  readonly status: CustomerRow['status'];
  readonly tier: CustomerRow['tier'];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly visitedAt: string | null;
  readonly reviewedOn: string;
  readonly evidence: string;
  readonly visits: readonly PlannedVisit[];
  /** Oldest first; the last one is of `updatedAt`. */
  readonly changes: readonly PlannedChange[];
  readonly dossier: DossierPlan;
  readonly dealings: DealingsPlan;
}

/** One customer in five is a person. */
export function kindOf(world: PracticeWorld, position: number): CardKind {
  return drawFrom(world.seed, 1, position).chance(0.2) ? 'individual' : 'enterprise';
}

function drawPlace(draw: Draw, kind: CardKind): { place: Place; script: Script } {
  const where = draw.weighted<'mainland' | 'taiwan' | 'overseas'>([
    ['mainland', 55],
    ['taiwan', 34],
    ['overseas', kind === 'enterprise' ? 11 : 0],
  ]);
  // A keeper in Taiwan may have written a mainland company in Traditional characters.
  const script: Script = where === 'mainland' && draw.chance(0.78) ? 'hans' : 'hant';
  return { place: draw.pick(wordsOf(script).places[where]), script };
}

/** How much of a card is empty: four in ten full, some poor. */
const drawEmptyShare = (draw: Draw) =>
  draw.weighted([
    [0, 4],
    [0.06, 3],
    [0.25, 2],
    [0.6, 1],
  ]);

/** Of two days or two instants. */
const laterOf = (a: string, b: string) => [a, b].sort().at(-1) ?? a;

interface Times {
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly visitedAt: string | null;
  readonly reviewedOn: string;
}

/** C4, M1, M2: most cards are fresh and punctual; one in twelve was filled in late, one in six has missed its review. */
function drawTimes(draw: Draw, world: PracticeWorld): Times {
  const { calendar } = world;
  const opened = calendar.dayInYears(draw);
  const createdAt = calendar.officeInstant(draw, opened);
  const stale = draw.chance(0.17);
  const reviewed = addDays(calendar.today, -(stale ? draw.between(63, 170) : draw.between(1, 55)));
  const reviewedOn = laterOf(reviewed, opened);
  const touched = calendar.officeInstant(draw, reviewedOn);
  const updatedAt = laterOf(touched, createdAt);
  const hours = draw.chance(0.08) ? draw.between(30, 96) : draw.between(1, 20);
  const visited = withinOfficeHours(new Date(Date.parse(updatedAt) - hours * 3_600_000).toISOString(), updatedAt);
  return { createdAt, updatedAt, visitedAt: draw.chance(0.65) ? visited : null, reviewedOn };
}

function drawVisits(
  draw: Draw,
  world: PracticeWorld,
  last: string | null,
  product: string,
  script: Script,
): PlannedVisit[] {
  if (last === null) return [];
  const { sentences } = wordsOf(script);
  const earlier = Array.from({ length: draw.below(world.thin ? 1 : 4) }, () =>
    world.calendar.officeInstant(draw, world.calendar.dayInYears(draw)),
  ).filter((at) => at < last);
  return [...earlier.sort(), last].map((visitedAt) => {
    const { method, purpose, text } = draw.pick(sentences.visitNotes);
    return {
      salesperson: draw.below(world.salespeople.length),
      visitedAt,
      method,
      purpose,
      result: draw.pick<VisitResult>(['closed', 'interested', 'toFollowUp', 'toFollowUp', 'declined']),
      content: filled(text, product),
    };
  });
}

/** What stood on the card before: a number, a person or a limit that has changed since (C6). */
function drawChanges(
  draw: Draw,
  world: PracticeWorld,
  values: StoredValues,
  times: Times,
  place: Place,
  script: Script,
): PlannedChange[] {
  if (times.updatedAt === times.createdAt || !draw.chance(world.thin ? 0.05 : 0.28)) return [];
  const { sentences } = wordsOf(script);
  const limit = values['creditLimit'];
  const former: Readonly<Record<string, () => FieldValue>> = {
    telephone: () => drawLandline(draw, place),
    mobile: () => drawMobile(draw, place),
    legalRepresentative: () => drawPerson(draw, script).name,
    responsibleSalesperson: () => draw.pick(world.salespeople),
    employees: () => draw.between(5, 90),
    creditLimit: () =>
      typeof limit === 'object' && limit !== null && 'amount' in limit
        ? moneyOf(Math.floor(Number(limit.amount) / 2), limit.currency)
        : null,
  };
  const fields = draw.some(
    Object.keys(former).filter((key) => values[key] !== undefined),
    draw.between(1, 2),
  );
  return fields.flatMap((field) => {
    const from = former[field]?.() ?? null;
    const to = values[field] ?? null;
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    return [{ at: times.updatedAt, field, from, to, evidence: draw.pick(sentences.evidences) }];
  });
}

/** Draws the customer at a position. `number` and `sequence` are given by the caller, in order of position (C1). */
export function practiceCustomer(
  world: PracticeWorld,
  position: number,
  given: { readonly kind: CardKind; readonly number: string; readonly sequence: number },
): PracticeCustomer {
  const draw = drawFrom(world.seed, 2, position);
  const { place, script } = drawPlace(draw, given.kind);
  const empty = drawEmptyShare(draw);
  const sentences = wordsOf(script).sentences;
  const enterprise = given.kind === 'enterprise' ? enterpriseValues(draw, world, place, script) : undefined;
  const individual = enterprise === undefined ? individualValues(draw, world, place, script) : undefined;
  const trade = enterprise?.trade ?? draw.pick(wordsOf(script).trades);
  const full = enterprise?.values ?? individual?.values ?? {};
  const values = leaveOut(draw, full, empty);
  const times = drawTimes(draw, world);
  const product = draw.pick(trade.products);
  const representative = full['legalRepresentative'] ?? full['name'];
  const dossier = planDossier(drawFrom(world.seed, 3, position), world, {
    kind: given.kind,
    number: given.number,
    script,
    country: place.country,
    values,
    representative: typeof representative === 'string' ? representative : '',
    product,
    hsCode: trade.hsCode,
    standard: trade.standard,
    directExport: enterprise?.directExport ?? false,
    creditLimit: enterprise?.creditLimit ?? individual?.creditLimit ?? 0,
    currency: enterprise?.currency ?? individual?.currency ?? 'CNY',
  });
  return {
    ...given,
    values,
    ...times,
    status: draw.weighted<CustomerRow['status']>([
      ['active', 88],
      ['inPreparation', 6],
      ['suspended', 4],
      ['sealed', 2],
    ]),
    tier: draw.weighted<CustomerRow['tier']>([
      ['general', 70],
      ['key', 20],
      ['special', 10],
    ]),
    evidence: draw.pick(sentences.evidences),
    visits: drawVisits(draw, world, times.visitedAt, product, script),
    changes: drawChanges(draw, world, values, times, place, script),
    dossier,
    // Goods are called as the company itself calls them, however the customer is written.
    dealings: planDealings(drawFrom(world.seed, 7, position), world, {
      values,
      trade: wordsOf('hant').trades[wordsOf(script).trades.indexOf(trade)] ?? trade,
      directExport: enterprise?.directExport ?? false,
      dossier,
      person: given.kind === 'individual',
    }),
  };
}

/** The day a card is due for review. */
export function reviewDue(customer: PracticeCustomer, months: number): string {
  return addMonths(customer.reviewedOn, months);
}
