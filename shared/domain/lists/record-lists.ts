import { DOCUMENT_TYPE_KEYS, type DocumentTypeKey } from '../document-types.ts';
import type { Role } from '../roles.ts';
import { CUSTOMER_FIELDS, choice, DATE, FLAG, NUMBER, type RecordList, recordList, TEXT } from './record-list.ts';
import { CARE_LISTS } from './record-lists-care.ts';
import { CUSTODY_LISTS } from './record-lists-custody.ts';
import { DEALING_LISTS } from './record-lists-dealings.ts';
import { REPORTING_LISTS } from './record-lists-reporting.ts';

const CLASSES = ['1', '2', '3', '4', '5'] as const;
const dossierClass = choice('dossiers.short', CLASSES);
const retention = choice('retention', ['Y', 'D30', 'D10']);
const security = { type: 'option', options: 'securityLevel' } as const;
/** A document of an export order: its code, in brackets why there need be none, or empty while it is missing. */
const orderPaper = (type: DocumentTypeKey) => ({ type: 'text', labelKey: `documentType.${type}` }) as const;
const classCount = (number: number) => ({ type: 'number', labelKey: `dossiers.short.${number}` }) as const;

/** Dossiers, their papers and volumes (D, Y). */
const DOSSIER_LISTS = {
  papers: recordList(
    {
      code: TEXT,
      title: TEXT,
      ...CUSTOMER_FIELDS,
      class: dossierClass,
      type: choice('documentType', DOCUMENT_TYPE_KEYS),
      documentNumber: TEXT,
      responsible: TEXT,
      date: DATE,
      year: NUMBER,
      pages: NUMBER,
      scans: NUMBER,
      original: FLAG,
      copies: NUMBER,
      medium: choice('dossiers.medium', ['paper', 'scan', 'electronic']),
      security,
      retention,
      place: TEXT,
      state: choice('dossiers.state', ['inPlace', 'lent', 'removed', 'superseded', 'bound', 'destroyed']),
      volume: TEXT,
      validUntil: DATE,
      addedAt: DATE,
      addedBy: TEXT,
      note: TEXT,
    },
    ['code', 'title', 'customer', 'class', 'date', 'pages', 'scans', 'place', 'state'],
    { key: 'code' },
  ),
  dossiers: recordList(
    {
      ...CUSTOMER_FIELDS,
      status: { type: 'option', options: 'cardStatus', labelKey: 'field.control.status' },
      class1: classCount(1),
      class2: classCount(2),
      class3: classCount(3),
      class4: classCount(4),
      class5: classCount(5),
      papers: NUMBER,
      missingPapers: NUMBER,
      lent: NUMBER,
      newestPaper: DATE,
    },
    ['customerNumber', 'customer', 'class1', 'class2', 'class3', 'class4', 'class5', 'papers', 'missingPapers'],
    { key: 'customerNumber' },
  ),
  missingPapers: recordList(
    {
      ...CUSTOMER_FIELDS,
      class: dossierClass,
      type: choice('documentType', DOCUMENT_TYPE_KEYS),
      orderNumber: TEXT,
      state: choice('list.gap', ['open', 'late', 'never']),
      why: choice('gaps.reason', ['neverFiled', 'takenOut', 'superseded', 'expired', 'never']),
      since: DATE,
      owedBy: TEXT,
      askedOn: DATE,
      promisedOn: DATE,
      note: TEXT,
      waived: choice('waiver', ['notApplicable', 'mergedIntoLicence']),
      reason: TEXT,
      decidedBy: TEXT,
    },
    ['customerNumber', 'customer', 'class', 'type', 'why', 'since', 'owedBy', 'promisedOn'],
    { key: 'customerNumber' },
  ),
  exportSets: recordList(
    {
      orderNumber: TEXT,
      ...CUSTOMER_FIELDS,
      date: DATE,
      packingList: orderPaper('packingList'),
      customsDeclaration: orderPaper('customsDeclaration'),
      inspectionReport: orderPaper('inspectionReport'),
      commodityInspection: orderPaper('commodityInspection'),
      missingPapers: NUMBER,
    },
    ['orderNumber', 'customer', 'date', 'packingList', 'customsDeclaration', 'inspectionReport', 'commodityInspection'],
    { key: 'date', descending: true },
  ),
  volumes: recordList(
    {
      code: TEXT,
      title: TEXT,
      year: NUMBER,
      class: dossierClass,
      retention,
      papers: NUMBER,
      customers: NUMBER,
      pages: NUMBER,
      sheets: NUMBER,
      thickness: NUMBER,
      boundAt: DATE,
      boundBy: TEXT,
      destroyed: FLAG,
    },
    ['code', 'title', 'year', 'class', 'papers', 'pages', 'retention', 'boundAt', 'boundBy'],
    { key: 'code', descending: true },
  ),
} as const;

/** Lists that name no customer: the auditor, who sees nothing of cards and papers, reads these too (R). */
const AUDITED: readonly string[] = ['audit', 'lookups', 'users', 'imports', 'volumes'];

/** Whether somebody at the desk may read a list. */
export const mayReadList = (role: Role, name: RecordListName): boolean =>
  role === 'keeper' || role === 'supervisor' || (role === 'auditor' && AUDITED.includes(name));

/**
 * Every list of the desk beside the list of cards, which has the fields of the forms: one vocabulary of filters, orders, groups,
 * columns, totals and exports for each.
 */
export const RECORD_LISTS = {
  ...DOSSIER_LISTS,
  ...CUSTODY_LISTS,
  ...REPORTING_LISTS,
  ...DEALING_LISTS,
  ...CARE_LISTS,
} as const;

export type RecordListName = keyof typeof RECORD_LISTS;
export const RECORD_LIST_NAMES = Object.keys(RECORD_LISTS) as [RecordListName, ...RecordListName[]];

/** The list of this name. */
export function recordListOf(name: RecordListName): RecordList {
  return RECORD_LISTS[name];
}
