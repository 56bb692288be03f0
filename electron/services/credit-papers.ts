import { termsOf } from '../../shared/domain/credit/policy.ts';
import { exposureMark, type ScoreSheet, usedPercent } from '../../shared/domain/credit/score.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { groupDigits } from '../../shared/util/group-digits.ts';
import { assessmentsOf, findAssessment } from '../store/credit.ts';
import type { CommandContext } from './context.ts';
import { getApplication, shownApplication } from './credit-applications.ts';
import { creditFacts, exposureOf, readPolicy } from './credit-facts.ts';
import { valuesOf } from './customer-record.ts';
import { getCustomer } from './customers.ts';
import { getExtension, shownExtension } from './extensions.ts';
import type { PaperWords } from './paper-words.ts';
import { getPlan, shownPlan } from './repayments.ts';
import { todayOf } from './today.ts';
import type { Sheet } from './visit-sheets.ts';

/** The papers of credit: approval form, score sheet, repayment plan, extension, terms slip. */
export class CreditPapers {
  readonly #context: CommandContext;
  readonly #words: PaperWords;
  readonly #today: string;

  constructor(context: CommandContext, words: PaperWords) {
    this.#context = context;
    this.#words = words;
    this.#today = todayOf(context.clock);
  }

  #sheet(form: string, number: string, note: string, more: Partial<Sheet>): Sheet {
    return {
      title: this.#words.title(form),
      number,
      note,
      code: number,
      blank: false,
      head: [],
      blocks: [],
      signatures: [],
      ...more,
    };
  }
  #signature = (key: string, name = '', date = '') => ({ label: this.#words.t(key), name, date });

  /** 客戶信用額度審批表 (G3): `XE-2026-0001`. */
  approval(number: string): Sheet {
    const form = shownApplication(getApplication(this.#context.sql, number));
    const money = (minor: number) => this.#words.money(minor, form.currency);
    const { facts } = form;
    const asked = (limit: number, days: number, settlement: string) => [
      money(limit),
      String(days),
      this.#words.option('settlementMethod', settlement),
    ];
    return this.#sheet('creditApproval', form.number, this.#words.t(`state.${form.state}`), {
      head: [
        this.#words.field('customer', `${form.customer} ${form.customerName}`, true),
        this.#words.field('appliedOn', form.appliedOn),
        this.#words.field('applicationKind', this.#words.t(`kind.${form.kind}`)),
        this.#words.field('applicant', [form.applicant, form.department].filter((part) => part !== '').join('　')),
        this.#words.field('grade', form.grade.toUpperCase()),
      ],
      blocks: [
        {
          title: this.#words.t('firm'),
          fields: [
            this.#words.field('founded', facts.founded),
            this.#words.field('capital', facts.registeredCapital),
            this.#words.field('representative', facts.legalRepresentative),
            this.#words.field('employees', facts.employees),
            this.#words.field('turnover', facts.turnover),
            this.#words.field('dealingSince', facts.dealingSince),
          ],
        },
        {
          title: this.#words.t('history'),
          fields: [
            ...facts.salesByYear.map(({ year, amount }) => ({
              label: this.#words.t('salesOf', { year }),
              value: money(amount),
            })),
            this.#words.field('monthlySales', money(facts.monthlySales)),
            this.#words.field('receivable', money(facts.receivable)),
            this.#words.field('overdue', money(facts.overdue)),
            this.#words.field('score', facts.score === null ? '' : `${facts.score / 100}　${facts.scoreSheet}`),
            this.#words.field('suggested', money(facts.suggestedLimit)),
          ],
        },
        {
          title: this.#words.t('asked'),
          tables: [
            {
              columns: ['', this.#words.t('limit'), this.#words.t('days'), this.#words.t('settlement')],
              rows: [
                [this.#words.t('before'), ...asked(form.limitBefore, form.daysBefore, form.settlementBefore)],
                [this.#words.t('wanted'), ...asked(form.limitAsked, form.daysAsked, form.settlementAsked)],
                [
                  this.#words.t('approved'),
                  ...(form.limitApproved === null
                    ? ['', '', '']
                    : asked(form.limitApproved, form.daysApproved ?? 0, form.settlementApproved ?? '')),
                ],
              ],
            },
          ],
          fields: [
            this.#words.field('validity', `${form.effectiveFrom} – ${form.effectiveTo}`),
            this.#words.field('reviewOn', form.reviewOn),
            this.#words.field('security', form.security, true),
            this.#words.field('exportTerms', form.exportTerms, true),
            this.#words.field('reason', form.reason, true),
            this.#words.field('papers', form.papers.join('、'), true),
            ...(form.decisionNote === '' ? [] : [this.#words.field('note', form.decisionNote, true)]),
            ...(form.agreement === '' ? [] : [this.#words.field('agreement', form.agreement)]),
          ],
        },
      ],
      signatures: [
        this.#signature('opinion.business'),
        this.#signature('opinion.finance'),
        this.#signature('opinion.approver', form.approvedBy, form.decidedAt?.slice(0, 10) ?? ''),
      ],
    });
  }

  /** G1: `XP-2026-0001`, or a customer's number for the newest one. */
  score(number: string): Sheet {
    const { sql } = this.#context;
    const row = findAssessment(sql, number) ?? assessmentsOf(sql, getCustomer(sql, number).id, 1)[0];
    if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'scoreSheet', number } });
    const sheet = JSON.parse(row.sheet) as ScoreSheet;
    return this.#sheet('scoreSheet', row.number, this.#words.t('byVersion', { version: row.policy_version }), {
      head: [
        this.#words.field('customer', `${row.customer_number} ${row.customer_name}`, true),
        this.#words.field('date', row.at.slice(0, 10)),
        this.#words.field('score', String(row.score / 100)),
        this.#words.field('gradeBefore', row.grade_before.toUpperCase()),
        this.#words.field('grade', row.grade.toUpperCase()),
      ],
      blocks: [
        {
          title: this.#words.t('scorecard'),
          tables: [
            {
              columns: [
                this.#words.t('measure'),
                this.#words.t('figure'),
                this.#words.t('weight'),
                this.#words.t('share'),
                this.#words.t('points'),
              ],
              rows: sheet.items.map((item) => [
                this.#words.t(`measures.${item.measure}`),
                item.value === null ? this.#words.t('noFigure') : groupDigits(String(item.value)),
                String(item.weight),
                `${item.share}%`,
                String(item.points / 100),
              ]),
            },
          ],
        },
        {
          title: this.#words.t('vetoes'),
          lines:
            sheet.vetoes.length === 0
              ? [{ text: this.#words.t('noVeto') }]
              : sheet.vetoes.map(({ veto, highest }) => ({
                  text: this.#words.t('capped', { veto: this.#words.t(`veto.${veto}`), grade: highest.toUpperCase() }),
                  urgent: true,
                })),
        },
      ],
      signatures: [
        this.#signature('assessedBy', row.by, row.at.slice(0, 10)),
        this.#signature('decidedBy', row.decided_by, row.decided_at?.slice(0, 10) ?? ''),
      ],
    });
  }

  /** 客戶還款計劃 (D3): `HK-2026-0001`. */
  plan(number: string): Sheet {
    const { sql } = this.#context;
    const plan = shownPlan(sql, getPlan(sql, number), this.#today);
    const money = (minor: number) => this.#words.money(minor, plan.currency);
    return this.#sheet('repaymentPlan', plan.number, this.#words.t(`planState.${plan.state}`), {
      head: [
        this.#words.field('customer', `${plan.customer} ${plan.customerName}`, true),
        this.#words.field('total', money(plan.total)),
        this.#words.field('paid', money(plan.paid)),
        this.#words.field('baseDate', plan.baseDate),
        this.#words.field('follower', plan.follower),
        this.#words.field('reason', plan.reason, true),
        ...(plan.follows === '' ? [] : [this.#words.field('follows', plan.follows)]),
        ...(plan.agreementPaper === '' ? [] : [this.#words.field('agreementPaper', plan.agreementPaper)]),
      ],
      blocks: [
        {
          title: this.#words.t('instalments'),
          tables: [
            {
              columns: [
                'sequence',
                'dueOn',
                'amount',
                'means',
                'person',
                'paid',
                'paidOn',
                'difference',
                'daysOverdue',
              ].map((key) => this.#words.t(key)),
              rows: plan.instalments.map((part) => [
                String(part.line),
                part.due,
                this.#words.amount(part.amount, plan.currency),
                part.means,
                part.responsible,
                part.paid === 0 ? '' : this.#words.amount(part.paid, plan.currency),
                part.paidOn ?? '',
                part.open === 0 ? '' : this.#words.amount(part.open, plan.currency),
                part.daysOverdue === 0 ? '' : String(part.daysOverdue),
              ]),
            },
          ],
        },
      ],
      signatures: [
        this.#signature('customerSigns', plan.signedBy, plan.signedOn ?? ''),
        this.#signature('ourSide', plan.follower),
      ],
    });
  }

  /** 延期還款審批單 (D3): `YQ-2026-0001`. */
  extension(number: string): Sheet {
    const form = shownExtension(getExtension(this.#context.sql, number));
    const amount = (minor: number) => this.#words.amount(minor, form.currency);
    return this.#sheet('extensionApproval', form.number, this.#words.t(`state.${form.state}`), {
      head: [
        this.#words.field('customer', `${form.customer} ${form.customerName}`, true),
        this.#words.field('appliedOn', form.askedOn),
        this.#words.field('total', this.#words.money(form.total, form.currency)),
        this.#words.field('plan', [form.plan, form.newPlan].filter((part) => part !== '').join(' → ')),
        this.#words.field('reason', form.reason, true),
        this.#words.field('proof', form.proof, true),
      ],
      blocks: [
        {
          title: this.#words.t('debts'),
          tables: [
            {
              columns: ['document', 'amount', 'dueOn', 'daysOverdue'].map((key) => this.#words.t(key)),
              rows: form.debts.map((debt) => [debt.number, amount(debt.amount), debt.due, String(debt.daysOverdue)]),
            },
          ],
        },
        {
          title: this.#words.t('newInstalments'),
          tables: [
            {
              columns: ['sequence', 'dueOn', 'amount', 'means', 'person'].map((key) => this.#words.t(key)),
              rows: form.instalments.map((part, index) => [
                String(index + 1),
                part.due,
                amount(part.amount),
                part.means,
                part.responsible,
              ]),
            },
          ],
          fields: [
            this.#words.field('penalty', form.penalty === 0 ? '' : this.#words.money(form.penalty, form.currency)),
            this.#words.field('interest', form.interest),
            this.#words.field('security', form.security, true),
            this.#words.field('assessment', form.assessment, true),
            this.#words.field('effect', form.effect, true),
          ],
        },
      ],
      signatures: [
        this.#signature('customerSigns', form.signedBy, form.signedOn ?? ''),
        this.#signature('opinion.business'),
        this.#signature('opinion.finance'),
        this.#signature('opinion.approver', form.approvedBy, form.decidedAt?.slice(0, 10) ?? ''),
      ],
    });
  }

  /** Wish 31: what a customer may have on credit, on one slip: grade, terms, limit and expiry, exposure. */
  slip(number: string): Sheet {
    const { sql } = this.#context;
    const customer = getCustomer(sql, number);
    const { policy } = readPolicy(sql);
    const terms = termsOf(policy, customer.credit_grade);
    const exposure = exposureOf(sql, customer, this.#today);
    const facts = creditFacts(sql, customer, this.#today);
    const values = valuesOf(customer);
    const money = (minor: number) => this.#words.money(minor, exposure.currency);
    const { perMille, mark } = exposureMark(exposure.exposure, exposure.limit, policy);
    const text = (key: string) => (typeof values[key] === 'string' ? String(values[key]) : '');
    return this.#sheet('termsSlip', customer.number, this.#words.t('asOfDay', { day: this.#today }), {
      head: [this.#words.field('customer', `${customer.number} ${customer.name}`, true)],
      blocks: [
        {
          title: this.#words.t('terms'),
          fields: [
            this.#words.field('grade', customer.credit_grade.toUpperCase()),
            this.#words.field('days', String(terms.days)),
            this.#words.field(
              'settlement',
              this.#words.option('settlementMethod', text('settlementMethod') || terms.settlement),
            ),
            this.#words.field('prepayment', `${terms.prepayment}%`),
            this.#words.field('approvalBy', terms.approval),
            this.#words.field('handling', terms.handling, true),
          ],
        },
        {
          title: this.#words.t('limitAndUse'),
          fields: [
            this.#words.field('limit', money(exposure.limit)),
            this.#words.field('approvalNumber', text('creditLimitApproval')),
            this.#words.field('validUntil', text('creditLimitValidUntil')),
            this.#words.field(
              'exposure',
              `${money(exposure.exposure)}${exposure.limit === 0 ? '' : `（${usedPercent(perMille)}%）`}`,
            ),
            this.#words.field('receivable', money(exposure.receivable)),
            this.#words.field('undelivered', money(exposure.undelivered)),
            this.#words.field('overdue', money(exposure.overdue)),
            this.#words.field('monthlySales', money(facts.monthlySales)),
          ],
          lines: [
            ...(mark === 'warn' || mark === 'block' ? [{ text: this.#words.t(`slip.${mark}`), urgent: true }] : []),
            ...(exposure.uncounted.length === 0
              ? []
              : [{ text: this.#words.t('uncounted', { currencies: exposure.uncounted.join('、') }), urgent: true }]),
          ],
        },
      ],
    });
  }
}
