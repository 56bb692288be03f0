import { DOSSIER_CLASSES, type DossierClass } from './dossier-classes.ts';
import type { FieldDefinition, FieldType } from './forms/field.ts';

/**
 * Every document type of the five classes, in binder order (D1–D5, forms-and-standards §6.2). The order is data:
 * registers come first in classes 2, 4 and 5 but second in class 3. Labels: `documentType.<key>`, extra fields
 * `documentField.<key>`.
 */
export type PaperOrdering = 'date' | 'number' | 'running' | 'signingTime';

/** When the absence of a type is a gap: always · once another paper of the class is filed · never. */
export type PaperDemand = 'always' | 'onceClassInUse' | 'never';

interface TypeDefinition {
  readonly class: DossierClass;
  /** Number on the class's catalogue sheet, as in the reference: `1.4a`, `4.X1`. */
  readonly number: string;
  /** Ordering of papers inside the type. */
  readonly ordering: PaperOrdering;
  readonly extraFields: readonly FieldDefinition[];
  /** Belongs to the dossiers of direct-export customers only. */
  readonly directExportOnly: boolean;
  /** One for every export order; none may be missing (D4). */
  readonly perExportOrder: boolean;
  readonly demand: { readonly enterprise: PaperDemand; readonly individual: PaperDemand };
  /** Types that fill this gap as well: any background paper is background. */
  readonly satisfiedBy: readonly string[];
}

const field = (key: string, type: FieldType = 'text', more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  key,
  type,
  required: 'optional',
  ...more,
});
const until = (key: string) => field(key, 'date', { allowIndefinite: true });

function type(
  number: string,
  ordering: PaperOrdering,
  extraFields: readonly FieldDefinition[],
  more: Partial<Omit<TypeDefinition, 'class' | 'number' | 'ordering' | 'extraFields'>> = {},
): TypeDefinition {
  const paperClass = DOSSIER_CLASSES.find((candidate) => number.startsWith(`${candidate}.`)) ?? 1;
  return {
    class: paperClass,
    number,
    ordering,
    extraFields,
    directExportOnly: false,
    perExportOrder: false,
    demand: { enterprise: 'never', individual: 'never' },
    satisfiedBy: [],
    ...more,
  };
}

const forEnterprises = { enterprise: 'always', individual: 'never' } as const;
const onceInUse = { enterprise: 'onceClassInUse', individual: 'onceClassInUse' } as const;
const exportOrder = { directExportOnly: true, perExportOrder: true } as const;

const DEFINITIONS = {
  businessLicence: type(
    '1.1',
    'date',
    [field('licenceNumber'), field('issuer'), until('validUntil'), field('lastAnnualReport', 'partialDate')],
    {
      demand: forEnterprises,
    },
  ),
  taxRegistration: type('1.2', 'date', [field('certificateNumber'), field('issuer')], { demand: forEnterprises }),
  powerOfAttorney: type(
    '1.3',
    'date',
    [field('principal'), field('representative'), field('powers', 'longText'), until('validUntil')],
    {
      demand: forEnterprises,
    },
  ),
  background: type('1.4', 'date', [], {
    demand: forEnterprises,
    satisfiedBy: ['visitReport', 'marketStandard', 'productComparison'],
  }),
  visitReport: type('1.4a', 'date', [field('visitor', 'staff'), field('visitedOn', 'date'), field('dailyReport')]),
  marketStandard: type('1.4b', 'number', [
    field('jurisdiction'),
    field('standardNumber'),
    field('version'),
    field('validFrom', 'date'),
    until('validUntil'),
  ]),
  productComparison: type('1.4c', 'date', [field('product'), field('area'), field('period', 'partialDate')]),
  contractRegister: type('2.1', 'running', [field('period', 'partialDate')], { demand: onceInUse }),
  contract: type('2.2', 'signingTime', [
    field('contractNumber'),
    field('signedOn', 'date'),
    field('amount', 'money'),
    field('paymentTerms'),
    field('termFrom', 'date'),
    field('termTo', 'date'),
    field('signatories'),
    field('annexes'),
    field('amends'),
  ]),
  creditLimitApproval: type('3.1', 'date', [
    field('formNumber'),
    field('approvedLimit', 'money'),
    field('effectiveFrom', 'date'),
    field('effectiveTo', 'date'),
    field('reviewOn', 'date'),
  ]),
  debtRegister: type('3.2', 'running', [field('period', 'partialDate')], { demand: onceInUse }),
  repaymentAgreement: type('3.3', 'signingTime', [
    field('agreementNumber'),
    field('signedOn', 'date'),
    field('totalOwed', 'money'),
    field('guarantee'),
  ]),
  extensionApproval: type('3.4', 'date', [
    field('formNumber'),
    field('originalDue', 'date'),
    field('newDue', 'date'),
    field('amount', 'money'),
  ]),
  repaymentPlan: type('3.5', 'date', [
    field('planNumber'),
    field('totalOwed', 'money'),
    field('baseDate', 'date'),
    field('instalments', 'integer'),
  ]),
  paymentMethod: type('3.X1', 'date', [field('paymentTerms')], {
    directExportOnly: true,
    demand: { enterprise: 'always', individual: 'always' },
  }),
  creditSecurityRegistration: type(
    '3.X2',
    'date',
    [
      field('creditAmount', 'money'),
      field('securityKind', 'enum', { options: 'securityKind' }),
      field('securityGiver'),
      field('securityAmount', 'money'),
      field('documentNumber'),
      field('registeredOn', 'date'),
      until('expiresOn'),
      field('releasedOn', 'date'),
    ],
    { directExportOnly: true, demand: { enterprise: 'always', individual: 'always' } },
  ),
  goodsRegister: type('4.1', 'running', [field('period', 'partialDate')], { demand: onceInUse }),
  goodsReport: type('4.2', 'date', [field('period', 'partialDate'), field('orderReference')]),
  otherTransaction: type('4.3', 'date', []),
  packingList: type(
    '4.X1',
    'date',
    [
      field('packages', 'integer'),
      field('grossWeight', 'number'),
      field('netWeight', 'number'),
      field('marks'),
      field('containerAndSeal'),
    ],
    exportOrder,
  ),
  customsDeclaration: type(
    '4.X2',
    'date',
    [
      field('declarationNumber'),
      field('declaredOn', 'date'),
      field('port'),
      field('hsCode'),
      field('value', 'money'),
      field('declarant'),
    ],
    exportOrder,
  ),
  inspectionReport: type(
    '4.X3',
    'date',
    [field('lot'), field('standard'), field('result'), field('inspector')],
    exportOrder,
  ),
  commodityInspection: type(
    '4.X4',
    'date',
    [field('certificateNumber'), field('issuer'), field('issuedOn', 'date'), until('validUntil')],
    exportOrder,
  ),
  returnRegister: type('5.1', 'running', [field('period', 'partialDate')], { demand: onceInUse }),
  returnApproval: type(
    '5.2',
    'date',
    [
      field('caseNumber'),
      field('orderReference'),
      field('quantity', 'number'),
      field('amount', 'money'),
      field('outcome'),
    ],
    { demand: onceInUse },
  ),
  causeFinding: type(
    '5.3',
    'date',
    [
      field('caseNumber'),
      field('cause', 'longText'),
      field('responsibleSide'),
      field('lossAmount', 'money'),
      field('conclusion', 'longText'),
    ],
    { demand: onceInUse },
  ),
} as const satisfies Record<string, TypeDefinition>;

export type DocumentTypeKey = keyof typeof DEFINITIONS;

export interface DocumentType extends TypeDefinition {
  readonly key: DocumentTypeKey;
  /** Position in the binder, from 1, through all classes. */
  readonly order: number;
}

/** All types in binder order. */
export const DOCUMENT_TYPES: readonly DocumentType[] = (Object.keys(DEFINITIONS) as DocumentTypeKey[]).map(
  (key, index) => ({
    ...DEFINITIONS[key],
    key,
    order: index + 1,
  }),
);

export const DOCUMENT_TYPE_KEYS: readonly DocumentTypeKey[] = DOCUMENT_TYPES.map((entry) => entry.key);

const byKey = new Map<string, DocumentType>(DOCUMENT_TYPES.map((entry) => [entry.key, entry]));

export function isDocumentTypeKey(text: string): text is DocumentTypeKey {
  return byKey.has(text);
}

/** The definition of a type. */
export function documentType(key: DocumentTypeKey): DocumentType {
  const found = byKey.get(key);
  if (found === undefined) throw new RangeError(`unknown document type: ${key}`);
  return found;
}

/** The types of a class in binder order; those for direct export only when asked for. */
export function documentTypesOf(dossierClass: DossierClass, directExport: boolean): readonly DocumentType[] {
  return DOCUMENT_TYPES.filter((entry) => entry.class === dossierClass && (directExport || !entry.directExportOnly));
}
