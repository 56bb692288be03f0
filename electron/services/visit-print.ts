import type { OutputOf } from '../../shared/contract/contract.ts';
import { type CardKind, type FieldValue, fieldAt, fieldLabelKey } from '../../shared/domain/form-fields.ts';
import { optionLabelKey } from '../../shared/domain/forms/option-sets.ts';
import { competitorProfileFields } from '../../shared/domain/forms/visit-forms.ts';
import { REPORT_KINDS } from '../../shared/domain/visit.ts';
import { BRIEF_VALID_DAYS, customerOfVisitCode, visitCode } from '../../shared/domain/visit-brief.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { CardTable, PrintCommon, SheetBlock } from '../print/print-data.ts';
import type { PrintedForm } from '../print/printer.ts';
import { type CustomerRow, findCustomerById } from '../store/customers.ts';
import type { Reader } from '../store/sql.ts';
import { findStaff } from '../store/staff.ts';
import { customersOnRoute, visitsOfCustomer } from '../store/visits.ts';
import { briefOf, takeBrief } from './briefs.ts';
import { printedValue } from './card-print.ts';
import type { CommandContext } from './context.ts';
import { cardFor } from './customer-record.ts';
import { getCustomer } from './customers.ts';
import { dueOn, getReport, shownReport } from './daily-report-record.ts';
import { getInformation, procedureOf, shownInformation } from './information.ts';
import { competitorPage } from './intelligence.ts';
import { passingsShown } from './passing-on.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';
import { todayOf } from './today.ts';
import {
  blankDailyReportSheet,
  clock as clockOf,
  dailyReportSheet,
  informationSheet,
  type Sheet,
  sheetText,
  visitFormSheet,
} from './visit-sheets.ts';
import { calendarTable, matrixTable, projectTable, registerTable, type Table } from './visit-tables.ts';

/** Printed forms of visits, reports, competitors and projects. What `number` means stands with each. */
export const VISIT_FORMS = [
  'visitForm',
  'dailyReport',
  'informationReport',
  'visitBrief',
  'reportCalendar',
  'visitRegister',
  'competitorMatrix',
  'competitorPage',
  'projectList',
] as const;
export type VisitForm = (typeof VISIT_FORMS)[number];

const ROAD_FORMS = 20;
const BRIEF_TEXT = 90;

const cut = (text: string, most: number) =>
  text.length <= most
    ? text
    : `${Array.from(text)
        .slice(0, most - 1)
        .join('')}…`;
const staffOf = (sql: Reader, id: number, today: string) => {
  const staff = findStaff(sql, id, today);
  if (staff === undefined) throw new AppError('NOT_FOUND', { params: { what: 'staff', number: id } });
  return staff;
};
/** `staff:12` names a salesperson. */
const staffId = (number: string): number | undefined => {
  const match = /^staff:(\d{1,9})$/u.exec(number.trim());
  return match === null ? undefined : Number(match[1]);
};

/** V4: `E000001` is one customer's form; `staff:12` the salesperson's customers in route order. */
function roadForms(context: CommandContext, language: PaperLanguage, number: string): Sheet[] {
  const { sql, clock, actor } = context;
  const person = staffId(number);
  const name = person === undefined ? '' : staffOf(sql, person, todayOf(clock)).name;
  const customers =
    person === undefined
      ? [getCustomer(sql, customerOfVisitCode(number))]
      : customersOnRoute(sql, { id: person, name }, ROAD_FORMS).flatMap((id) => findCustomerById(sql, id) ?? []);
  if (customers.length === 0) throw new AppError('NOT_FOUND', { params: { what: 'customer', number } });
  return customers.map((customer) => {
    const { values } = cardFor(actor.role, customer);
    const text = (...keys: string[]) => keys.map((key) => values[key]).find((value) => typeof value === 'string') ?? '';
    const [last] = visitsOfCustomer(sql, customer.id, BRIEF_VALID_DAYS, 0, 1).rows;
    return visitFormSheet(
      language,
      {
        number: customer.number,
        name: customer.name,
        contact: customer.contact,
        phone: String(text('telephone', 'mobile', 'officePhone')),
        address: String(text('businessAddress', 'registeredAddress', 'postalAddress')),
        lastVisit: last === undefined ? '' : `${last.day} ${last.staff_name}`,
      },
      name,
    );
  });
}

/** `RB-2026-0001` filled in; `staff:12` or nothing blank. */
function dailySheet(context: CommandContext, language: PaperLanguage, number: string): Sheet {
  const { sql, clock } = context;
  const person = staffId(number);
  if (person === undefined && number !== '')
    return dailyReportSheet(language, shownReport(sql, getReport(sql, number), clock.now().toISOString()));
  const hour = clockOf(dueOn(sql, todayOf(clock)));
  return blankDailyReportSheet(
    language,
    person === undefined ? { name: '', department: '' } : staffOf(sql, person, todayOf(clock)),
    hour,
  );
}

/** `XB-2026-0001` filled in; `routine`, `urgent`, `periodic` blank. */
function informationPrint(context: CommandContext, language: PaperLanguage, number: string): Sheet {
  const { sql, clock } = context;
  const blankKind = REPORT_KINDS.find((kind) => kind === (number === '' ? 'urgent' : number));
  const report =
    blankKind === undefined ? shownInformation(getInformation(sql, number), clock.now().toISOString()) : null;
  const kind = report?.kind ?? blankKind ?? 'routine';
  const procedure = procedureOf(sql, kind);
  const words = {
    reporter: procedure.reporter || recordText(language, `report.reporter.${kind}`),
    acknowledger: procedure.acknowledger || recordText(language, `report.acknowledger.${kind}`),
    hours: procedure.acknowledgeHours,
  };
  const passings = report === null ? [] : passingsShown(sql, getInformation(sql, report.number));
  return informationSheet(language, kind, report, words, passings);
}

function itemTable(
  language: PaperLanguage,
  kind: CardKind,
  list: string,
  items: readonly Readonly<Record<string, FieldValue>>[],
  keys: readonly string[],
): CardTable {
  return {
    columns: keys.map((key) => recordText(language, fieldLabelKey(kind, `${list}.${key}`))),
    rows: items.map((item) =>
      keys.map((key) => {
        const part = fieldAt(kind, `${list}.${key}`);
        return part === undefined ? '' : cut(printedValue(language, part, item[key]), 60);
      }),
    ),
  };
}

/** C8: one page. `E000001#12` is taken by that salesperson and counts for the visit. */
function briefSheet(context: CommandContext, language: PaperLanguage, customer: CustomerRow): Sheet {
  const { sql, clock, actor } = context;
  const today = todayOf(clock);
  const brief = briefOf(sql, actor.role, customer, today, clock.now().toISOString());
  const t = (key: string, values = {}) => sheetText(language, key, values);
  const { kind } = brief;
  const facts = (list: OutputOf<'briefs.get'>['facts']) =>
    list.flatMap(({ field, value }) => {
      const definition = fieldAt(kind, field);
      return definition === undefined
        ? []
        : [
            {
              label: recordText(language, fieldLabelKey(kind, field)),
              value: cut(printedValue(language, definition, value as FieldValue), 60),
            },
          ];
    });
  const items = (list: readonly unknown[]) => list as readonly Readonly<Record<string, FieldValue>>[];
  const wide: SheetBlock[] = [];
  if (kind === 'enterprise' && brief.contacts.length > 0)
    wide.push({
      title: t('sheet.people'),
      tables: [
        itemTable(language, kind, 'contacts', items(brief.contacts), [
          'name',
          'position',
          'purchaseRoles',
          'attitude',
          'mobile',
        ]),
      ],
    });
  if (brief.competitors.length > 0)
    wide.push({
      title: t('sheet.competitors'),
      tables: [
        itemTable(language, kind, 'competitors', items(brief.competitors), [
          'competitorName',
          'productUsage',
          'satisfaction',
          'salespersonName',
          'relationship',
        ]),
      ],
    });
  if (brief.projects.length > 0)
    wide.push({
      title: t('sheet.projects'),
      tables: [
        itemTable(language, kind, 'projects', items(brief.projects), [
          'projectName',
          'stage',
          'decisionMakers',
          'budget',
          'nextStep',
          'nextStepOn',
        ]),
      ],
    });
  return {
    title: `${t('sheet.brief')}　${brief.name}`,
    number: `${brief.number}　${recordText(language, optionLabelKey('tier', brief.tier))}`,
    note: t('sheet.brief.note', { day: today }),
    code: visitCode(brief.number),
    blank: false,
    head: [],
    left: [
      { title: t('sheet.facts'), columns: 1, fields: facts(brief.facts).slice(0, 9) },
      { title: t('sheet.credit'), columns: 1, fields: facts(brief.credit) },
    ],
    right: [
      {
        title: t('sheet.matters'),
        lines:
          brief.matters.length === 0
            ? [{ text: t('sheet.noMatters') }]
            : brief.matters.slice(0, 7).map(({ kind: matter, urgent, params }) => ({
                text: t(`brief.matter.${matter}`, params).trim(),
                urgent,
              })),
      },
      {
        title: t('sheet.lastVisits'),
        lines:
          brief.visits.length === 0
            ? [{ text: t('sheet.noVisits') }]
            : brief.visits.map((visit) => ({
                text: `${visit.day} ${visit.staff}　${recordText(language, optionLabelKey('visitResult', visit.result))}：${cut(visit.content, BRIEF_TEXT)}`,
              })),
      },
    ],
    blocks: [...wide, { title: t('sheet.notes'), pen: 2 }],
    signatures: [],
  };
}

/** A competitor's page (X1); `number` is its name. */
async function competitorSheet(context: CommandContext, language: PaperLanguage, name: string): Promise<Sheet> {
  const page = await competitorPage(context, name, todayOf(context.clock));
  const t = (key: string) => sheetText(language, key);
  const keys = ['product', 'productUsage', 'satisfaction', 'salespersonName', 'sellingStyle', 'relationship'] as const;
  const entries = itemTable(
    language,
    'enterprise',
    'competitors',
    page.entries.map(({ item }) => item as Readonly<Record<string, FieldValue>>),
    keys,
  );
  return {
    title: page.name,
    number: '',
    note: t('kit.print.competitorPage'),
    code: '',
    blank: false,
    head: [],
    blocks: [
      {
        title: t('sheet.profile'),
        fields: competitorProfileFields.map((field) => ({
          label: recordText(language, fieldLabelKey('competitor', field.key)),
          value: printedValue(language, field, (page.profile as Record<string, FieldValue>)[field.key]),
          wide: true,
        })),
      },
      {
        title: t('sheet.atCustomers'),
        tables: [
          {
            columns: [t('sheet.customer'), ...entries.columns],
            rows: entries.rows.map((row, at) => [
              `${page.entries[at]?.customer ?? ''} ${page.entries[at]?.customerName ?? ''}`,
              ...row,
            ]),
          },
        ],
      },
      {
        title: t('sheet.mentions'),
        lines: page.mentions.map((visit) => ({
          text: `${visit.day} ${visit.staff}　${visit.customerName}：${visit.text}`,
        })),
      },
    ],
    signatures: [],
  };
}

/** Sets one of these forms. @throws AppError NOT_FOUND, PRINT_FAILED */
export async function setVisitForm(
  context: CommandContext,
  base: PrintCommon,
  form: VisitForm,
  number: string,
): Promise<PrintedForm> {
  const { printer, sql, signal } = context;
  const { language } = base;
  const sheets = (...list: readonly Sheet[]) =>
    printer.printForm('sheets', { ...base, title: sheetText(language, `kit.print.${form}`), sheets: list }, { signal });
  const table = (data: Table) => printer.printForm('tableReport', { ...base, ...data }, { signal });
  switch (form) {
    case 'visitForm':
      return sheets(...roadForms(context, language, number));
    case 'dailyReport':
      return sheets(dailySheet(context, language, number));
    case 'informationReport':
      return sheets(informationPrint(context, language, number));
    case 'visitBrief': {
      const [code = '', person] = number.split('#');
      const customer = getCustomer(sql, customerOfVisitCode(code));
      const sheet = briefSheet(context, language, customer);
      if (person !== undefined && /^\d{1,9}$/u.test(person)) takeBrief(context, customer, Number(person), 'printed');
      return sheets(sheet);
    }
    case 'reportCalendar':
      return table(calendarTable(context, language, number));
    case 'visitRegister':
      return table(registerTable(context, language, number));
    case 'competitorMatrix':
      return table(await matrixTable(context, language));
    case 'competitorPage':
      return sheets(await competitorSheet(context, language, number));
    case 'projectList':
      return table(projectTable(context, language));
  }
}
