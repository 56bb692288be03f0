import { type DocumentTypeKey, documentType } from '../../../shared/domain/document-types.ts';
import type { CardKind, FieldValue } from '../../../shared/domain/form-fields.ts';
import { INDEFINITE } from '../../../shared/domain/forms/field.ts';
import { missingPapers } from '../../../shared/domain/missing-papers.ts';
import type { SecurityLevel } from '../../../shared/domain/security-levels.ts';
import { addYears } from '../../../shared/util/days.ts';
import type { StoredValues } from '../customer-record.ts';
import type { Draw } from './draw.ts';
import { moneyOf, type PracticeWorld } from './enterprise-values.ts';
import { drawPerson } from './people.ts';
import { drawScan, type PlannedScan } from './planned-scan.ts';
import { type Script, wordsOf } from './words.ts';

export interface PlannedPaper {
  readonly type: DocumentTypeKey;
  readonly title: string;
  readonly documentNumber: string;
  readonly responsible: string;
  readonly date: string;
  readonly pages: number;
  readonly original: boolean;
  readonly copies: number;
  readonly security: SecurityLevel;
  readonly place: string;
  readonly note: string;
  readonly exportOrder: string | null;
  readonly validUntil: string | null;
  readonly extra: Readonly<Record<string, FieldValue>>;
  /** Position in the plan of the newer paper that took its place (D7). */
  readonly supersededBy: number | null;
  readonly scan: PlannedScan | null;
}

export interface DossierPlan {
  readonly papers: readonly PlannedPaper[];
  readonly exportOrders: readonly { readonly number: string; readonly date: string; readonly description: string }[];
  readonly waivers: readonly {
    readonly type: DocumentTypeKey;
    readonly state: 'mergedIntoLicence' | 'notApplicable';
    readonly reason: string;
    readonly at: string;
  }[];
  /** By the one rule of the domain (D4, D7). */
  readonly missing: number;
}

export interface DossierSubject {
  readonly kind: CardKind;
  readonly number: string;
  readonly script: Script;
  /** The country of the card: a licence and a tax registration look different elsewhere. */
  readonly country: string;
  readonly values: StoredValues;
  readonly representative: string;
  readonly product: string;
  readonly hsCode: string;
  readonly standard: string;
  readonly directExport: boolean;
  readonly creditLimit: number;
  readonly currency: string;
}

/** Draws a dossier of loose papers: complete ones, ones with gaps, and nearly empty ones. */
export function planDossier(draw: Draw, world: PracticeWorld, subject: DossierSubject): DossierPlan {
  const plan = new Plan(draw, world, subject);
  if (subject.kind === 'individual') plan.forPerson();
  else if (world.thin) plan.thin();
  else plan.forEnterprise();
  return plan.result();
}

type More = Partial<Omit<PlannedPaper, 'type' | 'extra'>> & { readonly extra?: Record<string, FieldValue> };

class Plan {
  readonly #draw: Draw;
  readonly #world: PracticeWorld;
  readonly #subject: DossierSubject;
  readonly #papers: PlannedPaper[] = [];
  readonly #orders: { number: string; date: string; description: string }[] = [];
  readonly #waivers: {
    type: DocumentTypeKey;
    state: 'mergedIntoLicence' | 'notApplicable';
    reason: string;
    at: string;
  }[] = [];
  /** Where this customer's binder stands. */
  readonly #place: string;

  constructor(draw: Draw, world: PracticeWorld, subject: DossierSubject) {
    this.#draw = draw;
    this.#world = world;
    this.#subject = subject;
    const binder = String(draw.between(1, 24)).padStart(2, '0');
    this.#place = `${draw.between(1, 6)} 號櫃 ${draw.between(1, 5)} 層 ${binder} 夾`;
  }

  #add(type: DocumentTypeKey, more: More = {}): number {
    const draw = this.#draw;
    const { script, product } = this.#subject;
    const words = wordsOf(script).papers[type];
    const date = more.date ?? this.#world.calendar.dayInYears(draw);
    const year = date.slice(0, 4);
    const fill = (text: string) =>
      text
        .replace('{product}', product)
        .replace('{year}', year)
        .replace('{order}', more.exportOrder ?? '')
        .replace('{who}', this.#subject.representative);
    const number = words.prefix === '' ? '' : `${words.prefix}-${year}-${draw.digits(4)}`;
    const planned = drawScan(draw, type, script);
    const unscanned = draw.between(1, type === 'contract' ? 12 : 4);
    const original = draw.chance(0.3);
    const paper: PlannedPaper = {
      type,
      title: fill(draw.pick(words.titles)),
      documentNumber: number,
      responsible: fill(draw.pick(words.responsible)),
      date,
      pages: planned === null ? unscanned : planned.pages + (planned.photo ? 1 : 0),
      original,
      copies: original
        ? 1
        : draw.weighted([
            [1, 6],
            [2, 2],
            [3, 1],
          ]),
      security: draw.weighted<SecurityLevel>([
        ['internal', 3],
        ['ordinaryTradeSecret', 6],
        [documentType(type).class === 1 ? 'public' : 'coreTradeSecret', 1],
      ]),
      place: draw.chance(0.93) ? this.#place : '',
      note: '',
      exportOrder: null,
      validUntil: null,
      extra: {},
      supersededBy: null,
      scan: planned,
      ...more,
    };
    return this.#papers.push(paper) - 1;
  }

  /** For large archives: what every dossier begins with, and now and then a contract. */
  thin(): void {
    const draw = this.#draw;
    this.#licence();
    this.#taxRegistration();
    if (draw.chance(0.5)) this.#contract();
    if (this.#subject.directExport && draw.chance(0.5)) this.#exportSet(draw.chance(0.5));
  }

  forPerson(): void {
    const draw = this.#draw;
    const count = draw.weighted([
      [0, 2],
      [1, 4],
      [2, 3],
      [4, 1],
    ]);
    if (this.#world.thin) return;
    for (let at = 0; at < count; at += 1)
      this.#add(
        draw.pick([
          'visitReport',
          'contract',
          'contract',
          'goodsReport',
          'otherTransaction',
          'returnApproval',
        ] as const),
      );
    if (this.#subject.creditLimit > 0 && draw.chance(0.8)) this.#creditApproval();
  }

  forEnterprise(): void {
    const draw = this.#draw;
    const keen = draw.chance(0.75);
    this.#licence();
    this.#taxRegistration();
    if (draw.chance(keen ? 0.9 : 0.4)) this.#powerOfAttorney();
    else if (draw.chance(0.3)) this.#waive('powerOfAttorney', 'notApplicable', '法定代表人親自簽約，無委托事項');
    this.#background(keen);
    if (draw.chance(0.85)) this.#contracts(keen);
    this.#debts(keen);
    if (draw.chance(0.7)) this.#transactions(keen);
    if (this.#subject.directExport) this.#exportPapers();
    if (draw.chance(0.18)) this.#returns(keen);
  }

  #licence(): void {
    const draw = this.#draw;
    if (draw.chance(0.05)) return;
    const { values, country } = this.#subject;
    const code = values['unifiedSocialCreditCode'] ?? values['taiwanBusinessNumber'] ?? '';
    const words = wordsOf(this.#subject.script).papers.businessLicence;
    const title = words.titles[country === 'tw' ? 2 : draw.below(2)] ?? '';
    const issuer = country === 'tw' ? words.responsible[2] : draw.pick(words.responsible.slice(0, 2));
    const made = (date: string): More => {
      const until = draw.chance(0.1) ? addYears(date, 3) : null;
      return {
        date,
        title,
        responsible: issuer ?? '',
        documentNumber: typeof code === 'string' ? code : '',
        security: 'internal',
        validUntil: until,
        extra: { licenceNumber: code, issuer: issuer ?? '', validUntil: until ?? INDEFINITE },
      };
    };
    const first = this.#world.calendar.dayInYears(draw);
    if (!draw.chance(0.08)) {
      this.#add('businessLicence', made(first));
      return;
    }
    const newer = this.#papers.length + 1;
    this.#add('businessLicence', { ...made(first), supersededBy: newer, note: '法定代表人變更，換發新照' });
    this.#add('businessLicence', made(this.#world.calendar.after(draw, first, 30, 300)));
  }

  #taxRegistration(): void {
    const draw = this.#draw;
    const { country } = this.#subject;
    // Since 2015 the mainland licence carries the tax number: the gap is closed by a note, not by a paper (D1).
    if (country === 'cn' && draw.chance(0.8))
      this.#waive('taxRegistration', 'mergedIntoLicence', '三證合一，併入營業執照');
    else if (country !== 'cn' && country !== 'tw')
      this.#waive('taxRegistration', 'notApplicable', '境外客戶，無此證件');
    else if (draw.chance(0.8)) this.#add('taxRegistration', { security: 'internal' });
  }

  #powerOfAttorney(): void {
    const draw = this.#draw;
    const { script, representative } = this.#subject;
    const agent = drawPerson(draw, script).name;
    const date = this.#world.calendar.dayInYears(draw);
    const until = addYears(date, draw.pick([1, 2, 3]));
    this.#add('powerOfAttorney', {
      date,
      validUntil: until,
      extra: { principal: representative, representative: agent, validUntil: until },
    });
  }

  #background(keen: boolean): void {
    const draw = this.#draw;
    const reports = keen ? draw.between(1, 2) : draw.below(2);
    for (let at = 0; at < reports; at += 1) {
      const date = this.#world.calendar.dayInYears(draw);
      this.#add('visitReport', { date, extra: { visitor: draw.pick(this.#world.salespeople), visitedOn: date } });
    }
    if (draw.chance(0.3)) this.#add('background');
    if (draw.chance(0.08))
      this.#add('marketStandard', { extra: { standardNumber: this.#subject.standard }, security: 'public' });
    if (draw.chance(0.12)) this.#add('productComparison', { extra: { product: this.#subject.product } });
  }

  #contract(): void {
    const draw = this.#draw;
    const date = this.#world.calendar.dayInYears(draw);
    const number = `HT-${date.slice(0, 4)}-${draw.digits(4)}`;
    this.#add('contract', {
      date,
      documentNumber: number,
      extra: {
        contractNumber: number,
        signedOn: date,
        amount: moneyOf(draw.between(3, 250) * 10_000, this.#subject.currency),
        termFrom: date,
        termTo: addYears(date, 1),
        signatories: this.#subject.representative,
      },
    });
  }

  #contracts(keen: boolean): void {
    const draw = this.#draw;
    if (draw.chance(keen ? 0.85 : 0.4)) this.#add('contractRegister');
    for (
      let left = draw.weighted([
        [1, 5],
        [2, 3],
        [3, 1],
        [4, 1],
      ]);
      left > 0;
      left -= 1
    )
      this.#contract();
  }

  #creditApproval(): void {
    const draw = this.#draw;
    const { year } = this.#world.calendar;
    const date = this.#world.calendar.dayInYears(draw);
    this.#add('creditLimitApproval', {
      date,
      extra: {
        approvedLimit: moneyOf(this.#subject.creditLimit, this.#subject.currency),
        effectiveFrom: date,
        effectiveTo: `${year}-12-31`,
      },
    });
  }

  #debts(keen: boolean): void {
    const draw = this.#draw;
    if (this.#subject.creditLimit <= 0) return;
    if (draw.chance(keen ? 0.92 : 0.5)) this.#creditApproval();
    if (draw.chance(keen ? 0.75 : 0.3)) this.#add('debtRegister');
    if (!draw.chance(0.15)) return;
    const owed = moneyOf(draw.between(2, 60) * 10_000, this.#subject.currency);
    const date = this.#world.calendar.dayInYears(draw);
    this.#add('repaymentAgreement', { date, extra: { signedOn: date, totalOwed: owed } });
    if (draw.chance(0.5))
      this.#add('extensionApproval', { date, extra: { originalDue: date, newDue: addYears(date, 1), amount: owed } });
    this.#add('repaymentPlan', { date, extra: { totalOwed: owed, baseDate: date, instalments: draw.between(3, 12) } });
  }

  #transactions(keen: boolean): void {
    const draw = this.#draw;
    if (draw.chance(keen ? 0.85 : 0.4)) this.#add('goodsRegister');
    for (let left = draw.between(0, 2); left > 0; left -= 1) this.#add('goodsReport');
    if (draw.chance(0.35)) this.#add('otherTransaction');
  }

  #exportPapers(): void {
    const draw = this.#draw;
    if (draw.chance(0.85)) this.#add('paymentMethod');
    if (draw.chance(0.75)) this.#add('creditSecurityRegistration');
    for (let left = draw.between(1, 3); left > 0; left -= 1) this.#exportSet(draw.chance(0.6));
  }

  /** D4: the four papers of an export order, or a set with a gap. */
  #exportSet(complete: boolean): void {
    const draw = this.#draw;
    const { calendar } = this.#world;
    const { sentences } = wordsOf(this.#subject.script);
    const { product, currency, hsCode, standard } = this.#subject;
    const date = calendar.dayInYears(draw);
    const number = `EX-${date.slice(0, 4)}-${draw.digits(5)}`;
    this.#orders.push({ number, date, description: draw.pick(sentences.exportGoods).replace('{product}', product) });
    const types = ['packingList', 'customsDeclaration', 'inspectionReport', 'commodityInspection'] as const;
    const kept = complete ? types : draw.some(types, draw.between(1, 3));
    const extras: Readonly<Record<(typeof types)[number], Record<string, FieldValue>>> = {
      packingList: {
        packages: draw.between(20, 600),
        grossWeight: draw.between(900, 18_000),
        containerAndSeal: `TGHU${draw.digits(7)}`,
      },
      customsDeclaration: { declaredOn: date, hsCode, value: moneyOf(draw.between(2, 90) * 10_000, currency) },
      inspectionReport: { lot: `L${draw.digits(6)}`, standard, result: '合格' },
      commodityInspection: { issuedOn: date, validUntil: addYears(date, 1) },
    };
    for (const type of kept)
      this.#add(type, { date: calendar.after(draw, date, 0, 20), exportOrder: number, extra: extras[type] });
  }

  #returns(keen: boolean): void {
    const draw = this.#draw;
    const date = this.#world.calendar.dayInYears(draw);
    const amount = moneyOf(draw.between(1, 80) * 1_000, this.#subject.currency);
    const caseNumber = `TP-${date.slice(0, 4)}-${draw.digits(4)}`;
    if (keen || draw.chance(0.5)) this.#add('returnRegister', { date });
    this.#add('returnApproval', { date, documentNumber: caseNumber, extra: { caseNumber, amount } });
    if (keen) this.#add('causeFinding', { date, extra: { caseNumber, lossAmount: amount } });
  }

  #waive(type: DocumentTypeKey, state: 'mergedIntoLicence' | 'notApplicable', reason: string): void {
    this.#waivers.push({ type, state, reason, at: this.#world.calendar.dayInYears(this.#draw) });
  }

  result(): DossierPlan {
    const { kind, directExport, creditLimit, values } = this.#subject;
    const missing = missingPapers({
      kind,
      directExport,
      papers: this.#papers.map((paper) => ({
        type: paper.type,
        exportOrder: paper.exportOrder,
        superseded: paper.supersededBy !== null,
        validUntil: paper.validUntil,
      })),
      exportOrders: this.#orders.map((order) => order.number),
      waivers: this.#waivers.map((waiver) => ({
        type: waiver.type,
        kind: waiver.state,
        reason: waiver.reason,
        signedBy: '-',
      })),
      creditGiven: creditLimit > 0 && values['creditLimit'] !== undefined,
      today: this.#world.calendar.today,
    }).length;
    return { papers: this.#papers, exportOrders: this.#orders, waivers: this.#waivers, missing };
  }
}
