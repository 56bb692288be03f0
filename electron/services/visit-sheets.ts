import type { Passing } from '../../shared/contract/passing-on.ts';
import type { InformationReport } from '../../shared/contract/reporting.ts';
import type { DailyReport, Visit } from '../../shared/contract/visits.ts';
import { type FieldValue, type FormName, fieldLabelKey } from '../../shared/domain/form-fields.ts';
import { type FieldDefinition, isFilled } from '../../shared/domain/forms/field.ts';
import { optionLabelKey, optionsOf } from '../../shared/domain/forms/option-sets.ts';
import { dailyReportFields, informationFields, visitFields } from '../../shared/domain/forms/visit-forms.ts';
import type { ReportKind } from '../../shared/domain/visit.ts';
import { visitCode } from '../../shared/domain/visit-brief.ts';
import { timeOfInstant } from '../../shared/util/days.ts';
import type { CardField, PrintCommon, SheetBlock, SheetForm } from '../print/print-data.ts';
import { printedValue } from './card-print.ts';
import { itemsOf } from './intelligence-record.ts';
import { filledText, type PaperLanguage, recordText } from './record-texts.ts';
import { dayOf, offsetOn } from './today.ts';

/** Sheets of visits and reports as they go on paper, filled in or blank (V1–V4). Everything here is words and values, no query. */

export type Sheet = Omit<SheetForm, keyof PrintCommon>;
type Values = Readonly<Record<string, FieldValue | undefined>>;

/** A text with its values put in. */
export function sheetText(
  language: PaperLanguage,
  key: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return filledText(language, key, values).replace(/\{\{\w+\}\}/g, '');
}

export const clock = (instant: string | null): string =>
  instant === null ? '' : timeOfInstant(instant, offsetOn(dayOf(new Date(instant))));
export const moment = (instant: string | null): string =>
  instant === null ? '' : `${dayOf(new Date(instant))} ${clock(instant)}`;

/** Fields of a form as label and value; blank ones with their label alone. Lists stand elsewhere. */
function formFields(
  language: PaperLanguage,
  form: FormName,
  fields: readonly FieldDefinition[],
  values: Values | null,
): CardField[] {
  return fields
    .filter((field) => field.type !== 'list' && (values === null || isFilled(values[field.key])))
    .map((field) => ({
      label: recordText(language, fieldLabelKey(form, field.key)),
      value: values === null ? boxesOf(language, field) : printedValue(language, field, values[field.key]),
      ...(isWide(field, values === null) ? { wide: true } : {}),
    }));
}

/** On a form for the pen choices stand in a line of their own, to be ticked. */
const isWide = (field: FieldDefinition, blank: boolean) =>
  field.type === 'longText' ||
  (!blank && (field.maxLength ?? 0) >= 1_000) ||
  (blank && field.options !== undefined && optionsOf(field.options).length > 3);

function boxesOf(language: PaperLanguage, field: FieldDefinition): string {
  if (field.type === 'boolean')
    return ['option.boolean.true', 'option.boolean.false'].map((key) => `□${recordText(language, key)}`).join('　');
  const set = field.options;
  if (set === undefined) return '';
  return optionsOf(set)
    .map((value) => `□${recordText(language, optionLabelKey(set, value))}`)
    .join('　');
}

function valuesOfVisit(visit: Visit): Values {
  return {
    ...(visit.details as Values),
    customer: `${visit.customer} ${visit.customerName}`,
    startedAt: clock(visit.visitedAt),
    endedAt: clock(visit.endedAt),
    method: visit.method,
    purpose: visit.purpose,
    content: visit.content,
    result: visit.result,
  };
}

function visitBlock(language: PaperLanguage, visit: Visit, index: number): SheetBlock {
  const values = valuesOfVisit(visit);
  const list = visitFields.find((field) => field.type === 'list');
  const orders = list === undefined ? [] : itemsOf(values[list.key]);
  return {
    title: `${index + 1}　${visit.customer} ${visit.customerName}`,
    mark: recordText(language, optionLabelKey('visitResult', visit.result)),
    fields: formFields(
      language,
      'visit',
      visitFields.filter((field) => field.key !== 'customer'),
      values,
    ),
    columns: 3,
    ...(orders.length === 0 || list === undefined
      ? {}
      : {
          tables: [
            {
              title: recordText(language, fieldLabelKey('visit', list.key)),
              columns: (list.itemFields ?? []).map((part) =>
                recordText(language, fieldLabelKey('visit', `${list.key}.${part.key}`)),
              ),
              rows: orders.map((order) =>
                (list.itemFields ?? []).map((part) => printedValue(language, part, order[part.key])),
              ),
            },
          ],
        }),
  };
}

/** A daily report, filled in (V1). */
export function dailyReportSheet(language: PaperLanguage, report: DailyReport): Sheet {
  const t = (key: string, values = {}) => sheetText(language, key, values);
  const head = formFields(language, 'dailyReport', dailyReportFields, report.values as Values);
  const summaryKeys = ['summary', 'problems', 'suggestions', 'nextDayPlan'];
  const inSummary = (key: string) => summaryKeys.includes(key);
  return {
    title: t('sheet.dailyReport'),
    number: report.number,
    note: t('sheet.dailyReport.note', { day: report.day, hour: clock(report.dueAt) }),
    code: report.number,
    blank: false,
    head: [
      { label: t('sheet.day'), value: report.day },
      { label: t('sheet.salesperson'), value: report.staff },
      { label: t('sheet.department'), value: report.department },
      { label: t('sheet.handedIn'), value: moment(report.handedInAt) },
      { label: t('sheet.state'), value: t(`dutyState.${report.state}`) },
      ...head.filter((_, at) => !inSummary(dailyFieldKey(report, at))),
    ],
    blocks: [
      ...report.lines.map((visit, index) => visitBlock(language, visit, index)),
      {
        title: t('sheet.summary'),
        columns: 1,
        fields: formFields(
          language,
          'dailyReport',
          dailyReportFields.filter((field) => inSummary(field.key)),
          report.values as Values,
        ),
      },
    ],
    signatures: [
      { label: t('sheet.signSalesperson'), name: report.staff, date: '' },
      { label: t('sheet.received'), name: report.receivedBy, date: moment(report.handedInAt) },
      {
        label: report.reviewComment === '' ? t('sheet.review') : `${t('sheet.review')}：${report.reviewComment}`,
        name: report.reviewedBy,
        date: moment(report.reviewedAt),
      },
    ],
  };
}

/** Key of the filled field at a place of the report's head, in the order in which they are printed. */
function dailyFieldKey(report: DailyReport, at: number): string {
  const filledKeys = dailyReportFields.filter((field) => isFilled((report.values as Values)[field.key]));
  return filledKeys[at]?.key ?? '';
}

export interface PaperCustomer {
  readonly number: string;
  readonly name: string;
  readonly contact: string;
  readonly phone: string;
  readonly address: string;
  readonly lastVisit: string;
}

/** What a salesperson writes by hand on a visit; the order of the paper is the order of the entry. */
const PEN_KEYS = visitFields.filter(
  (field) => !['customer', 'content', 'orders', 'opinion', 'stock', 'competitorInfo', 'resultNote'].includes(field.key),
);

/** V4: a form for one visit, with the customer's number, name and a code that finds the way back. */
export function visitFormSheet(language: PaperLanguage, customer: PaperCustomer, salesperson: string): Sheet {
  const t = (key: string) => sheetText(language, key);
  const label = (key: string) => recordText(language, fieldLabelKey('visit', key));
  return {
    title: t('sheet.visitForm'),
    number: `${customer.number}　${customer.name}`,
    note: t('sheet.visitForm.note'),
    code: visitCode(customer.number),
    blank: true,
    head: [
      { label: t('sheet.day'), value: '' },
      { label: t('sheet.salesperson'), value: salesperson },
      { label: t('sheet.contact'), value: customer.contact },
      { label: t('sheet.phone'), value: customer.phone },
      { label: t('sheet.lastVisit'), value: customer.lastVisit },
      { label: t('sheet.address'), value: customer.address },
    ],
    blocks: [
      { title: t('sheet.visits'), fields: formFields(language, 'visit', PEN_KEYS, null), columns: 3 },
      { title: label('content'), pen: 4 },
      { title: label('orders'), pen: 1 },
      { title: label('opinion'), pen: 1 },
      { title: label('stock'), pen: 1 },
      { title: label('competitorInfo'), pen: 1 },
      { title: t('sheet.changes'), pen: 2 },
    ],
    signatures: [],
  };
}

const BLANK_VISITS = 4;

/** A blank daily report for the road; of a person, or of anybody. */
export function blankDailyReportSheet(
  language: PaperLanguage,
  person: { readonly name: string; readonly department: string },
  hour: string,
): Sheet {
  const t = (key: string, values = {}) => sheetText(language, key, values);
  const field = (key: string, wide = false): CardField => ({
    label: recordText(language, fieldLabelKey('visit', key)),
    value: '',
    ...(wide ? { wide } : {}),
  });
  return {
    title: t('sheet.dailyReport'),
    number: '',
    note: t('sheet.dailyReport.blankNote', { hour }),
    code: '',
    blank: true,
    head: [
      { label: t('sheet.day'), value: '' },
      { label: t('sheet.salesperson'), value: person.name },
      { label: t('sheet.department'), value: person.department },
    ],
    blocks: [
      ...Array.from({ length: BLANK_VISITS }, (_, index) => ({
        title: t('sheet.visit', { n: index + 1 }),
        columns: 3 as const,
        fields: [
          field('customer'),
          field('personMet'),
          { label: `${field('startedAt').label}–${field('endedAt').label}`, value: '' },
          field('method'),
          field('purpose'),
          field('result'),
          field('content', true),
        ],
      })),
      { title: t('sheet.summary'), pen: 2 },
    ],
    signatures: [
      { label: t('sheet.signSalesperson'), name: '', date: '' },
      { label: t('sheet.received'), name: '', date: '' },
      { label: t('sheet.review'), name: '', date: '' },
    ],
  };
}

export interface ProcedureWords {
  readonly reporter: string;
  readonly acknowledger: string;
  readonly hours: number | null;
}

/** An information report (V3), filled in, or blank when `report` is null. */
export function informationSheet(
  language: PaperLanguage,
  kind: ReportKind,
  report: InformationReport | null,
  procedure: ProcedureWords,
  passings: readonly Passing[] = [],
): Sheet {
  const t = (key: string, values = {}) => sheetText(language, key, values);
  const fields = informationFields(kind);
  const told = passings.filter(({ state }) => state !== 'dropped');
  return {
    title: t(`sheet.information.${kind}`),
    number: report?.number ?? '',
    note: t('sheet.information.procedure', {
      reporter: procedure.reporter,
      acknowledge:
        procedure.hours === null
          ? t('sheet.information.noAcknowledgement')
          : t('sheet.information.within', { who: procedure.acknowledger, hours: procedure.hours }),
    }),
    code: report?.number ?? '',
    blank: report === null,
    head: [
      {
        label: t('sheet.customer'),
        value: report === null ? '' : [report.customer, report.customerName].filter(Boolean).join(' '),
      },
      { label: t('sheet.reporter'), value: report?.reporter ?? '' },
      { label: t('sheet.reportedAt'), value: moment(report?.reportedAt ?? null) },
      {
        label: t('sheet.channel'),
        value: report === null ? '' : recordText(language, optionLabelKey('reportChannel', report.channel)),
      },
      {
        label: t('sheet.subject'),
        value: report === null ? '' : recordText(language, optionLabelKey('reportSubject', report.subject)),
      },
    ],
    blocks: [
      {
        title: t('sheet.content'),
        columns: 2,
        fields: formFields(language, 'information', fields, report === null ? null : (report.values as Values)),
        ...(report === null ? { pen: 1 } : {}),
      },
      {
        title: t('sheet.acknowledgement'),
        fields: [
          { label: t('sheet.acknowledgedBy'), value: report?.acknowledgedBy ?? '' },
          { label: t('sheet.acknowledgedAt'), value: moment(report?.acknowledgedAt ?? null) },
          { label: t('sheet.instruction'), value: report?.acknowledgement ?? '', wide: true },
          { label: t('sheet.handling'), value: report?.handling ?? '', wide: true },
          { label: t('sheet.outcome'), value: report?.outcome ?? '', wide: true },
          { label: t('sheet.closedOn'), value: report?.closedOn ?? '' },
        ],
      },
      ...(told.length === 0
        ? []
        : [
            {
              title: t('sheet.passing'),
              tables: [
                {
                  columns: ['recipient', 'department', 'passedAt', 'channel', 'words', 'receipt'].map((key) =>
                    t(`sheet.passing.${key}`),
                  ),
                  rows: told.map((one) => [
                    one.staff,
                    one.department,
                    moment(one.passedAt),
                    one.channel === '' ? '' : recordText(language, optionLabelKey('reportChannel', one.channel)),
                    one.words,
                    '',
                  ]),
                },
              ],
            },
          ]),
    ],
    signatures: [
      { label: t('sheet.reporter'), name: report?.reporter ?? '', date: '' },
      { label: t('sheet.acknowledgedBy'), name: report?.acknowledgedBy ?? '', date: '' },
      { label: t('sheet.received'), name: report?.recordedBy ?? '', date: '' },
    ],
  };
}
