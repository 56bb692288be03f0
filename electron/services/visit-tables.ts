import { fieldAt, fieldLabelKey } from '../../shared/domain/form-fields.ts';
import { optionLabelKey } from '../../shared/domain/forms/option-sets.ts';
import { BRIEF_VALID_DAYS } from '../../shared/domain/visit-brief.ts';
import { addDays, addMonths } from '../../shared/util/days.ts';
import type { PrintCommon, TableReportForm } from '../print/print-data.ts';
import { listProjects } from '../store/intelligence.ts';
import { listVisits, visitsOfCustomer } from '../store/visits.ts';
import { printedValue } from './card-print.ts';
import type { CommandContext } from './context.ts';
import { competitorMatrix } from './intelligence.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';
import { todayOf } from './today.ts';
import { moment, sheetText } from './visit-sheets.ts';
import { reportingCalendar } from './work-calendar.ts';

/** Lists of visits, reports, competitors and projects as printed tables. */

const REGISTER_ROWS = 2_000;
const MATRIX_COLUMNS = 8;

export type Table = Omit<TableReportForm, keyof PrintCommon>;

/** `2026-11` the month, `2026-11-23` the day, nothing the present month. */
function periodOf(number: string, today: string): { from: string; to: string } {
  if (/^\d{4}-\d{2}-\d{2}$/u.test(number)) return { from: number, to: number };
  const month = /^\d{4}-\d{2}$/u.test(number) ? number : today.slice(0, 7);
  return { from: `${month}-01`, to: addDays(addMonths(`${month}-01`, 1), -1) };
}

/** V1: what is missing or late in a period. */
export function calendarTable(context: CommandContext, language: PaperLanguage, number: string): Table {
  const { sql, clock } = context;
  const t = (key: string, values = {}) => sheetText(language, key, values);
  const { from, to } = periodOf(number, todayOf(clock));
  const people = reportingCalendar(sql, from, to, clock.now().toISOString());
  const days = people.flatMap((person) => person.days.map((day) => ({ person, ...day })));
  const count = (...states: string[]) => days.filter((day) => states.includes(day.state)).length;
  return {
    title: t('kit.print.reportCalendar'),
    particulars: [{ label: t('sheet.period'), value: `${from} – ${to}` }],
    columns: [
      { label: t('sheet.day') },
      { label: t('sheet.salesperson') },
      { label: t('sheet.department') },
      { label: t('sheet.state') },
      { label: t('sheet.number') },
    ],
    rows: days
      .filter((day) => day.state === 'missing' || day.state === 'late')
      .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
      .map((day) => [day.day, day.person.staff, day.person.department, t(`dutyState.${day.state}`), day.number ?? '']),
    closing: t('sheet.reports', {
      due: count('handedIn', 'late', 'missing'),
      handedIn: count('handedIn', 'late'),
      late: count('late'),
      missing: count('missing'),
    }),
  };
}

/** V2: the comprehensive archive of a period. */
export function registerTable(context: CommandContext, language: PaperLanguage, number: string): Table {
  const { sql, clock } = context;
  const t = (key: string) => sheetText(language, key);
  const label = (key: string) => recordText(language, fieldLabelKey('visit', key));
  const { from, to } = periodOf(number, todayOf(clock));
  const { rows } = listVisits(sql, { from, to }, BRIEF_VALID_DAYS, 0, REGISTER_ROWS);
  return {
    title: t('kit.print.visitRegister'),
    particulars: [{ label: t('sheet.period'), value: `${from} – ${to}` }],
    columns: [
      { label: t('sheet.day'), share: 0.9 },
      { label: t('sheet.salesperson'), share: 0.7 },
      { label: label('customer'), share: 1.6 },
      { label: label('purpose'), share: 0.7 },
      { label: label('content'), share: 3 },
      { label: label('result'), share: 0.7 },
      { label: t('sheet.number'), share: 1 },
    ],
    rows: rows.map((visit) => [
      `${visit.day} ${moment(visit.visited_at).slice(11)}`,
      visit.staff_name,
      `${visit.customer_number} ${visit.customer_name}`,
      recordText(language, optionLabelKey('visitPurpose', visit.purpose)),
      visit.content,
      recordText(language, optionLabelKey('visitResult', visit.result)),
      visit.report_number ?? '',
    ]),
    landscape: true,
  };
}

/** Every visit to one customer, newest first (V2). */
export function customerVisitsTable(
  { sql }: Pick<CommandContext, 'sql'>,
  language: PaperLanguage,
  customer: { readonly id: number; readonly number: string; readonly name: string },
): Table {
  const t = (key: string) => sheetText(language, key);
  const label = (key: string) => recordText(language, fieldLabelKey('visit', key));
  const { rows } = visitsOfCustomer(sql, customer.id, BRIEF_VALID_DAYS, 0, REGISTER_ROWS);
  return {
    title: recordText(language, 'customerFile.visits'),
    particulars: [{ label: t('sheet.customer'), value: `${customer.number} ${customer.name}`, wide: true }],
    columns: [
      { label: t('sheet.day'), share: 1.3 },
      { label: t('sheet.salesperson'), share: 0.7 },
      { label: label('purpose'), share: 0.7 },
      { label: label('content'), share: 3.2 },
      { label: label('result'), share: 0.7 },
    ],
    rows: rows.map((visit) => [
      `${visit.day} ${moment(visit.visited_at).slice(11)}`,
      visit.staff_name,
      recordText(language, optionLabelKey('visitPurpose', visit.purpose)),
      visit.content,
      recordText(language, optionLabelKey('visitResult', visit.result)),
    ]),
  };
}

/** X1 */
export async function matrixTable(context: CommandContext, language: PaperLanguage): Promise<Table> {
  const t = (key: string) => sheetText(language, key);
  const matrix = await competitorMatrix(context, MATRIX_COLUMNS, 0, 500);
  return {
    title: t('kit.print.competitorMatrix'),
    particulars: [],
    columns: [{ label: t('sheet.customer'), share: 2.4 }, ...matrix.competitors.map(({ name }) => ({ label: name }))],
    rows: matrix.rows.map((row) => [
      `${row.customer} ${row.customerName}`,
      ...row.cells.map((cell) =>
        cell === null
          ? ''
          : [
              cell.satisfaction === '' ? '●' : recordText(language, optionLabelKey('satisfaction', cell.satisfaction)),
              cell.share === null ? '' : `${cell.share}%`,
            ]
              .filter((part) => part !== '')
              .join(' '),
      ),
    ]),
    totals: [t('sheet.total'), ...matrix.competitors.map(({ customers }) => String(customers))],
    landscape: true,
  };
}

/** X2 */
export function projectTable(context: CommandContext, language: PaperLanguage): Table {
  const label = (key: string) => recordText(language, fieldLabelKey('enterprise', `projects.${key}`));
  const { rows } = listProjects(context.sql, { show: 'open', today: todayOf(context.clock) }, 0, REGISTER_ROWS);
  const stage = fieldAt('enterprise', 'projects.stage');
  return {
    title: sheetText(language, 'kit.print.projectList'),
    particulars: [],
    columns: [
      { label: sheetText(language, 'sheet.customer'), share: 2 },
      { label: label('projectName'), share: 1.5 },
      { label: label('stage') },
      { label: label('nextStep'), share: 1.6 },
      { label: label('nextStepOn') },
      { label: label('expectedSigning') },
    ],
    rows: rows.map((row) => [
      `${row.customer_number} ${row.customer_name}`,
      row.name,
      stage === undefined ? row.stage : printedValue(language, stage, row.stage),
      row.next_step,
      row.next_step_on,
      row.expected_signing,
    ]),
    landscape: true,
  };
}
