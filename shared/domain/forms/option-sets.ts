import {
  RELIABILITIES,
  REPORT_CHANNELS,
  REPORT_CLASSES,
  REPORT_KINDS,
  REPORT_SUBJECTS,
  VISIT_METHODS,
  VISIT_PURPOSES,
  VISIT_RESULTS,
} from '../visit.ts';
import type { FieldDefinition } from './field.ts';

/**
 * Vocabularies of the forms (forms-and-standards §1, §2, §7.8, §8). The words for people are in the message
 * catalogues under `option.<set>.<value>`; values never change once released, they are in the archive's data.
 */
export const OPTION_SETS = {
  cardKind: ['enterprise', 'individual'],
  cardStatus: ['inPreparation', 'active', 'suspended', 'sealed'],
  /** 檔次 (K2). */
  tier: ['key', 'special', 'general'],
  /** 密級 (§7.8). */
  securityLevel: ['public', 'internal', 'ordinaryTradeSecret', 'coreTradeSecret'],
  country: [
    'cn',
    'tw',
    'hk',
    'mo',
    'jp',
    'kr',
    'vn',
    'th',
    'my',
    'sg',
    'id',
    'ph',
    'in',
    'ae',
    'us',
    'ca',
    'mx',
    'br',
    'gb',
    'de',
    'fr',
    'it',
    'es',
    'nl',
    'pl',
    'ru',
    'tr',
    'za',
    'au',
    'nz',
    'other',
  ],
  region: [
    'northChina',
    'northeastChina',
    'eastChina',
    'centralChina',
    'southChina',
    'southwestChina',
    'northwestChina',
    'northTaiwan',
    'centralTaiwan',
    'southTaiwan',
    'eastTaiwan',
    'hongKongMacao',
    'eastAsia',
    'southeastAsia',
    'southAsia',
    'middleEast',
    'europe',
    'northAmerica',
    'latinAmerica',
    'africa',
    'oceania',
    'other',
  ],
  legalForm: [
    'stateOwned',
    'collective',
    'private',
    'limitedLiability',
    'jointStock',
    'partnership',
    'soleProprietorship',
    'selfEmployed',
    'sinoForeignJointVenture',
    'whollyForeignOwned',
    'other',
  ],
  /** The sections of GB/T 4754, which most licences follow. */
  industry: [
    'agriculture',
    'mining',
    'manufacturing',
    'utilities',
    'construction',
    'wholesaleRetail',
    'transportStorage',
    'accommodationCatering',
    'informationTechnology',
    'finance',
    'realEstate',
    'businessServices',
    'scienceTechnology',
    'environmentPublicFacilities',
    'residentServices',
    'education',
    'healthSocialWork',
    'cultureSports',
    'publicAdministration',
    'other',
  ],
  /** 客戶性質 (K1). */
  customerNature: [
    'manufacturer',
    'wholesaler',
    'retailer',
    'agent',
    'distributor',
    'chain',
    'endUser',
    'importerExporter',
    'institution',
    'other',
  ],
  /** 客戶等級 (K1). */
  customerGrade: ['a', 'b', 'c'],
  /** 信用等級 (G1, §5.1). */
  creditGrade: ['a', 'b', 'c', 'd'],
  purchaseRole: ['decisionMaker', 'influencer', 'user', 'buyer', 'payer', 'gatekeeper', 'other'],
  influence: ['high', 'medium', 'low'],
  attitude: ['supportive', 'neutral', 'opposed', 'unknown'],
  rating: ['excellent', 'good', 'fair', 'poor'],
  settlementMethod: [
    'cashAndCarry',
    'advancePayment',
    'paymentBeforeShipment',
    'cashOnDelivery',
    'monthly',
    'bill',
    'instalments',
    'consignment',
    'letterOfCredit',
    'telegraphicTransfer',
    'documentsAgainstPayment',
    'documentsAgainstAcceptance',
    'openAccount',
  ],
  securityKind: ['mortgage', 'pledge', 'guarantee', 'deposit', 'creditInsurance', 'other'],
  creditRecordKind: ['overLimit', 'crossMonthSettlement', 'arrears', 'highestArrears', 'other'],
  transportMethod: ['road', 'rail', 'sea', 'air', 'express', 'selfCollection', 'other'],
  satisfaction: ['satisfied', 'acceptable', 'dissatisfied', 'unknown'],
  priceLevel: ['higher', 'same', 'lower'],
  projectStage: ['interest', 'initiated', 'tender', 'evaluation', 'signed', 'cancelled'],
  sex: ['male', 'female', 'otherOrUndisclosed'],
  identityDocument: ['residentIdentityCard', 'passport', 'residencePermit', 'other'],
  maritalStatus: ['single', 'married', 'divorced', 'widowed', 'undisclosed'],
  education: ['juniorSecondaryOrBelow', 'seniorSecondary', 'juniorCollege', 'bachelor', 'master', 'doctor'],
  incomeBand: ['low', 'lowerMiddle', 'middle', 'upperMiddle', 'high'],
  customerSource: ['referral', 'exhibition', 'shop', 'online', 'telephone', 'other'],
  purchaseFrequency: ['weekly', 'monthly', 'quarterly', 'yearly', 'occasional'],
  paymentHabit: ['prompt', 'occasionallyLate', 'oftenLate', 'unknown'],
  memberLevel: ['ordinary', 'silver', 'gold', 'platinum'],
  visitMethod: VISIT_METHODS,
  visitPurpose: VISIT_PURPOSES,
  visitResult: VISIT_RESULTS,
  reportKind: REPORT_KINDS,
  reportChannel: REPORT_CHANNELS,
  reportSubject: REPORT_SUBJECTS,
  reportClass: REPORT_CLASSES,
  reliability: RELIABILITIES,
  /** 合同、訂單 (D2): a framework contract names no sale itself, its orders do. */
  orderKind: ['order', 'contract', 'framework'],
  orderState: ['open', 'completed', 'cancelled'],
  /** 出貨, 進貨 (D4), seen from the company. */
  goodsDirection: ['out', 'in'],
  paymentMeans: ['transfer', 'cash', 'cheque', 'bill', 'letterOfCredit', 'offset', 'other'],
  /** 退賠、折價 (D5, §6.2). */
  returnKind: ['defective', 'rejected', 'rework', 'wrongDelivery', 'allowance', 'compensation'],
  returnDecision: ['pending', 'accepted', 'partly', 'declined'],
  responsibleSide: ['production', 'inspection', 'engineering', 'purchasing', 'sales', 'customer', 'other'],
} as const satisfies Record<string, readonly string[]>;

export type OptionSetName = keyof typeof OPTION_SETS;
export type OptionValue<Name extends OptionSetName> = (typeof OPTION_SETS)[Name][number];

/** The values of a set, in the order of the form. */
export function optionsOf(name: OptionSetName): readonly string[] {
  return OPTION_SETS[name];
}

/** Label key of a value. */
export function optionLabelKey(name: OptionSetName, value: string): string {
  return `option.${name}.${value}`;
}

/** What a list offers: the values of its set, then the keeper's own. */
export interface OfferedOption {
  readonly value: string;
  /** Words as the keeper typed them; absent: `option.<set>.<value>` of the catalogues. */
  readonly label?: string;
  /** Kept on cards that have it, offered no longer. */
  readonly hidden: boolean;
}

/** Every value that a field's list knows, in the order of the form. */
export function fieldOptions(field: Pick<FieldDefinition, 'options' | 'ownOptions'>): readonly OfferedOption[] {
  const set = field.options === undefined ? [] : optionsOf(field.options);
  return [...set.map((value) => ({ value, hidden: false })), ...(field.ownOptions ?? [])];
}

/** True if the value is one of the list, also one that is offered no longer. */
export function isOption(field: Pick<FieldDefinition, 'options' | 'ownOptions'>, value: string): boolean {
  return (
    (field.options !== undefined && optionsOf(field.options).includes(value)) ||
    (field.ownOptions ?? []).some((own) => own.value === value)
  );
}

/** Words of a value; one that is not of the list was typed freely and stands as it is. */
export function optionWords(
  field: Pick<FieldDefinition, 'options' | 'ownOptions'>,
  value: string,
  text: (key: string) => string,
): string {
  if (field.options !== undefined && optionsOf(field.options).includes(value))
    return text(optionLabelKey(field.options, value));
  return (field.ownOptions ?? []).find((own) => own.value === value)?.label ?? value;
}
