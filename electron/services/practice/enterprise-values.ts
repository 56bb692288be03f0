import {
  makeTaiwanBusinessNumber,
  makeUnifiedSocialCreditCode,
  organisationCodeOf,
} from '../../../shared/domain/check-characters.ts';
import type { FieldValue, ListItem, Money } from '../../../shared/domain/form-fields.ts';
import { addDays, addYears } from '../../../shared/util/days.ts';
import type { StoredValues } from '../customer-record.ts';
import type { Draw } from './draw.ts';
import { drawAddress, drawLandline, drawMobile, drawPerson, drawPersonOf, foreignList, isAbroad } from './people.ts';
import type { PracticeCalendar } from './practice-calendar.ts';
import type { Place } from './vocabulary/places-vocabulary.ts';
import type { Trade } from './vocabulary/trade-vocabulary.ts';
import { type Script, wordsOf } from './words.ts';

/** What every record of a practice archive is made in view of. */
export interface PracticeWorld {
  readonly seed: number;
  readonly calendar: PracticeCalendar;
  /** Names of those who look after customers. */
  readonly salespeople: readonly string[];
  /** Few papers to each customer: for archives that are made to be large. */
  readonly thin: boolean;
}

export interface PracticeEnterprise {
  readonly values: StoredValues;
  readonly short: string;
  readonly trade: Trade;
  readonly script: Script;
  readonly place: Place;
  readonly directExport: boolean;
  readonly creditLimit: number;
  readonly currency: string;
}

const CURRENCIES: Readonly<Record<string, string>> = {
  cn: 'CNY',
  tw: 'TWD',
  hk: 'HKD',
  mo: 'HKD',
  jp: 'JPY',
  de: 'EUR',
  pl: 'EUR',
  gb: 'GBP',
};

export const moneyOf = (amount: number, currency: string): Money => ({ amount: String(amount), currency });
export const filled = (text: string, product: string): string => text.replace('{product}', product);

interface Naming {
  readonly registered: string;
  readonly short: string;
  readonly foreign: string;
  readonly legalForm: string;
}

function drawName(draw: Draw, place: Place, trade: Trade, script: Script): Naming {
  const { sentences } = wordsOf(script);
  const rare = draw.chance(0.06);
  const brand = rare
    ? draw.pick(sentences.brandRare)
    : draw.pick(sentences.brandFirst) +
      draw.pick(sentences.brandSecond) +
      (draw.chance(0.2) ? draw.pick(sentences.brandSecond) : '');
  const line = draw.pick(trade.nameWords);
  const initials = `${String.fromCharCode(65 + draw.below(26))}${draw.pick(['an', 'en', 'in', 'ong', 'ang'])}${draw.pick(['da', 'fu', 'hua', 'li', 'sheng', 'tai', 'xin'])}`;
  const foreign = `${initials} ${trade.english} Co., Ltd.`;
  if (isAbroad(place)) {
    const { people } = wordsOf('hant');
    const name = draw.pick(foreignList(people.companyNames, place));
    const registered = draw
      .pick(foreignList(people.companies, place))
      .replace('{name}', name)
      .replace('{line}', trade.english);
    const romanised = /\p{Script=Han}/u.test(registered) ? foreign : registered;
    return { registered, short: name, foreign: romanised, legalForm: 'other' };
  }
  const small = draw.chance(0.16);
  const taiwan = place.country === 'tw';
  const form = draw.pick(
    taiwan
      ? small
        ? sentences.formsSmallTaiwan
        : sentences.formsTaiwan
      : small
        ? sentences.formsSmallMainland
        : sentences.formsMainland,
  );
  const jointStock = form.includes('股份');
  const inner = place.country === 'cn' && draw.chance(0.12);
  const front = taiwan && draw.chance(0.75) ? '' : place.short;
  const registered = inner ? `${brand}${line}（${place.short}）${form}` : `${front}${brand}${line}${form}`;
  const legalForm = small
    ? 'selfEmployed'
    : jointStock
      ? 'jointStock'
      : draw.chance(0.1)
        ? 'sinoForeignJointVenture'
        : 'limitedLiability';
  return { registered, short: brand + line.slice(0, 2), foreign, legalForm };
}

function contactsOf(draw: Draw, place: Place, script: Script, representative: string): ListItem[] {
  const { people } = wordsOf(script);
  return Array.from({ length: draw.between(1, 3) }, (_, at): ListItem => {
    const name = at === 0 && draw.chance(0.3) ? representative : drawPersonOf(draw, place, script);
    const roles = draw.some(
      ['decisionMaker', 'influencer', 'user', 'buyer', 'payer', 'gatekeeper'],
      draw.between(1, 2),
    );
    return {
      name,
      department: draw.pick(people.departments),
      position: draw.pick(people.positions),
      purchaseRoles: roles,
      influence: draw.pick(['high', 'medium', 'low']),
      attitude: draw.pick(['supportive', 'supportive', 'neutral', 'unknown', 'opposed']),
      mobile: drawMobile(draw, place),
      ...(draw.chance(0.5) ? { phone: `${drawLandline(draw, place)} #${draw.between(11, 89)}` } : {}),
      ...(draw.chance(0.3) ? { birthDate: `${draw.between(1960, 1996)}-0${draw.between(1, 9)}` } : {}),
      ...(draw.chance(0.25) ? { temperament: draw.pick(people.temperaments), hobbies: draw.pick(people.hobbies) } : {}),
    };
  });
}

function competitorsOf(draw: Draw, trade: Trade, script: Script, world: PracticeWorld): ListItem[] {
  const { sentences } = wordsOf(script);
  return Array.from({ length: draw.between(1, 2) }, (): ListItem => {
    const product = draw.pick(trade.products);
    return {
      competitorName: draw.pick(sentences.competitors),
      product,
      productUsage: filled(draw.pick(sentences.competitorUsage), product),
      satisfaction: draw.pick(['satisfied', 'acceptable', 'dissatisfied', 'unknown']),
      satisfactionNote: draw.pick(sentences.competitorNote),
      salespersonName: drawPerson(draw, script).name,
      sellingStyle: draw.pick(sentences.sellingStyle),
      relationship: draw.pick(sentences.competitorRelation),
      shareOfPurchases: draw.between(5, 60),
      priceLevel: draw.pick(['higher', 'same', 'lower']),
      observedOn: world.calendar.dayInYears(draw),
      observer: draw.pick(world.salespeople),
    };
  });
}

function projectsOf(draw: Draw, trade: Trade, script: Script, world: PracticeWorld, currency: string): ListItem[] {
  const { sentences } = wordsOf(script);
  const product = draw.pick(trade.products);
  return [
    {
      projectName: draw.pick(sentences.projectNames),
      purchasePlan: filled(draw.pick(sentences.projectPlan), product),
      problemToSolve: draw.pick(sentences.projectProblem),
      decisionMakers: drawPerson(draw, script).name,
      purchaseTimetable: `${world.calendar.year}-${draw.pick(['03', '06', '09', '12'])}`,
      budget: moneyOf(draw.between(5, 300) * 10_000, currency),
      purchaseProcess: draw.pick(sentences.projectProcess),
      stage: draw.pick(['interest', 'initiated', 'tender', 'evaluation', 'signed']),
      probability: draw.between(2, 19) * 5,
      // One in six has no next step, one in four is past its day: X2 lists them as stalled.
      ...(draw.chance(0.83)
        ? {
            nextStep: draw.pick(sentences.projectSteps),
            nextStepOn: addDays(world.calendar.today, draw.between(-15, 45)),
          }
        : {}),
      expectedSigning: addDays(world.calendar.today, draw.between(20, 240)),
    },
  ];
}

function registrationOf(draw: Draw, place: Place): StoredValues {
  if (place.country === 'cn') {
    const code = makeUnifiedSocialCreditCode(draw.next, place.division);
    return { unifiedSocialCreditCode: code, organisationCode: organisationCodeOf(code) ?? '' };
  }
  if (place.country === 'tw') return { taiwanBusinessNumber: makeTaiwanBusinessNumber(draw.next) };
  return { overseasRegistrationNumber: `${place.country.toUpperCase()}-${draw.digits(8)}` };
}

/** §1.6: grade, limit and terms that fit each other; D gets no credit. */
function creditOf(draw: Draw, currency: string, world: PracticeWorld): { values: StoredValues; limit: number } {
  const grade = draw.weighted([
    ['a', 2],
    ['b', 4],
    ['c', 3],
    ['d', 2],
  ]);
  const scale = currency === 'TWD' ? 4 : currency === 'JPY' ? 20 : 1;
  const steps: Readonly<Record<string, number>> = {
    a: draw.between(20, 100),
    b: draw.between(8, 40),
    c: draw.between(1, 10),
    d: 0,
  };
  const limit = (steps[grade] ?? 0) * 50_000 * scale;
  const terms =
    limit > 0
      ? ['monthly', 'monthly', 'bill', 'letterOfCredit']
      : ['cashOnDelivery', 'paymentBeforeShipment', 'cashAndCarry'];
  const days: Readonly<Record<string, number>> = { a: 60, b: 45, c: 30 };
  const values: StoredValues = {
    settlementMethod: draw.pick(terms),
    creditGrade: grade,
    creditLimit: moneyOf(limit, currency),
  };
  if (limit > 0)
    Object.assign(values, {
      creditPeriodDays: days[grade] ?? 30,
      statementDay: draw.pick([5, 10, 20, 25]),
      creditLimitApproval: `XE-${world.calendar.year}-${draw.digits(4)}`,
      creditLimitValidUntil: `${world.calendar.year + draw.between(0, 1)}-12-31`,
    });
  return { values, limit };
}

function dealingsOf(draw: Draw, trade: Trade, currency: string, world: PracticeWorld, owes: boolean): StoredValues {
  const { year } = world.calendar;
  const base = draw.between(6, 300) * 10_000;
  const sales = [year - 2, year - 1, year].map(
    (period): ListItem => ({
      period: String(period),
      product: draw.pick(trade.products),
      amount: moneyOf(Math.round((base * draw.between(70, 140)) / 100), currency),
    }),
  );
  return {
    firstTransactionOn: String(year - draw.between(2, 11)),
    salesHistory: sales,
    lastOrderOn: world.calendar.dayInYears(draw),
    ...(owes ? { balanceOwed: moneyOf(Math.round(base / draw.between(4, 9)), currency) } : {}),
    transportMethod: draw.pick(['road', 'road', 'sea', 'express', 'selfCollection']),
  };
}

/** A card with every field that the paper form asks for; a spread of completeness is made by leaving fields out. */
export function enterpriseValues(draw: Draw, world: PracticeWorld, place: Place, script: Script): PracticeEnterprise {
  const { trades, sentences } = wordsOf(script);
  const trade = draw.pick(trades);
  const naming = drawName(draw, place, trade, script);
  const overseas = place.country !== 'cn' && place.country !== 'tw';
  const currency = CURRENCIES[place.country] ?? 'USD';
  const representative = drawPersonOf(draw, place, script);
  const directExport = overseas ? draw.chance(0.9) : draw.chance(0.07);
  const registeredAddress = drawAddress(draw, place, script);
  const capital = draw.pick([10, 50, 100, 200, 500, 1_000, 2_000, 5_000]) * 10_000;
  const founded = world.calendar.year - draw.between(3, 38);
  const credit = creditOf(draw, currency, world);
  const product = draw.pick(trade.products);
  const domain = `${naming.foreign
    .replace(/[^A-Za-z]/g, '')
    .slice(0, 12)
    .toLowerCase()}.example`;
  const bank = draw.pick(sentences.banks[place.country === 'cn' || place.country === 'tw' ? place.country : 'other']);
  const values: StoredValues = {
    registeredName: naming.registered,
    shortName: naming.short,
    ...(directExport || draw.chance(0.15) ? { foreignName: naming.foreign } : {}),
    ...registrationOf(draw, place),
    legalForm: naming.legalForm,
    legalRepresentative: representative,
    foundedOn: `${founded}-${String(draw.between(1, 12)).padStart(2, '0')}`,
    registeredCapital: moneyOf(capital, currency),
    ...(draw.chance(0.6) ? { paidInCapital: moneyOf(capital, currency) } : {}),
    businessScope: trade.scope,
    ...(draw.chance(0.12)
      ? {
          formerNames: [
            {
              name: naming.registered.replace(naming.short.slice(0, 2), draw.pick(sentences.brandRare)),
              until: String(founded + 2),
            },
          ],
        }
      : {}),
    ...(draw.chance(0.3)
      ? {
          shareholders: [
            { name: representative, share: 60 },
            { name: drawPersonOf(draw, place, script), share: 40 },
          ],
        }
      : {}),
    country: place.country,
    region: place.region,
    registeredAddress,
    businessAddress: draw.chance(0.8) ? registeredAddress : drawAddress(draw, place, script),
    ...(place.postcode === '' ? {} : { postcode: place.postcode }),
    telephone: drawLandline(draw, place),
    ...(draw.chance(0.5) ? { fax: drawLandline(draw, place) } : {}),
    email: `sales@${domain}`,
    ...(draw.chance(0.4) ? { website: `www.${domain}` } : {}),
    salesArea: place.short,
    routeOrder: draw.between(1, 60) * 10,
    responsibleSalesperson: draw.pick(world.salespeople),
    contacts: contactsOf(draw, place, script, representative),
    industry: trade.industry,
    customerNature: overseas
      ? 'importerExporter'
      : draw.pick(['manufacturer', 'wholesaler', 'retailer', 'distributor', 'chain', 'agent', 'endUser']),
    directExport,
    employees: draw.pick([6, 12, 25, 40, 80, 150, 320, 600]),
    annualTurnover: moneyOf(capital * draw.between(2, 9), currency),
    turnoverYear: world.calendar.year - 1,
    mainProducts: draw.some(trade.products, 3).join('、'),
    marketsServed: draw.pick(sentences.marketsServed),
    managementPolicy: draw.pick(sentences.managementPolicies),
    seasons: draw.pick(sentences.seasons),
    salesCapability: draw.pick(['excellent', 'good', 'good', 'fair']),
    bankAccounts: [
      { bankName: `${bank}${place.short}分行`, accountName: naming.registered, accountNumber: draw.digits(16) },
    ],
    ...credit.values,
    ...(directExport
      ? {
          securities: [
            {
              kind: draw.pick(['creditInsurance', 'deposit', 'guarantee', 'mortgage']),
              amount: moneyOf(Math.max(100_000, credit.limit / 2), currency),
              expiresOn: addYears(world.calendar.today, 1),
            },
          ],
        }
      : {}),
    peerOpinion: draw.pick(sentences.peerOpinions),
    ...dealingsOf(draw, trade, currency, world, credit.limit > 0),
    competitors: competitorsOf(draw, trade, script, world),
    projects: projectsOf(draw, trade, script, world, currency),
    overallEvaluation: draw.pick(['excellent', 'good', 'good', 'fair', 'poor']),
    evaluationNote: draw.pick(sentences.evaluationNotes),
    customerGrade: draw.pick(['a', 'b', 'b', 'c', 'c']),
    remarks: filled(draw.pick(sentences.remarks), product),
  };
  // 填表人 is whose visit the card comes from; exporters' papers are guarded more closely (§7.8).
  values['filledInBy'] = values['responsibleSalesperson'] ?? null;
  if (directExport) values['securityLevel'] = 'coreTradeSecret';
  return { values, short: naming.short, trade, script, place, directExport, creditLimit: credit.limit, currency };
}

/** Values that stay on the poorest card. */
const KEPT = new Set(['registeredName', 'name', 'country', 'directExport', 'creditGrade', 'creditLimit']);

/** The same card as a keeper finds it who was told little: `share` of the fields is empty. */
export function leaveOut(draw: Draw, values: StoredValues, share: number): StoredValues {
  if (share === 0) return values;
  const left: Record<string, FieldValue> = {};
  for (const [key, value] of Object.entries(values)) if (KEPT.has(key) || !draw.chance(share)) left[key] = value;
  return left;
}
