import type { DocumentTypeKey } from '../../../../shared/domain/document-types.ts';

/** How papers of a type are called and who makes them out. `{product}`, `{year}`, `{who}` and `{order}` are filled in. */
export interface PaperWords {
  readonly titles: readonly string[];
  readonly responsible: readonly string[];
  /** Letters in front of a document's own number; empty: papers of this type carry none. */
  readonly prefix: string;
}

const OWN = ['業務一部', '業務二部', '國際業務部'];

export const PAPERS: Readonly<Record<DocumentTypeKey, PaperWords>> = {
  businessLicence: {
    titles: ['營業執照（副本）', '營業執照影本', '公司登記核准函及營業執照'],
    responsible: ['市場監督管理局', '行政審批局', '經濟部商業發展署'],
    prefix: '',
  },
  taxRegistration: { titles: ['稅務登記證（副本）', '稅籍登記證明'], responsible: ['稅務局', '國稅局'], prefix: 'SW' },
  powerOfAttorney: {
    titles: ['法人委托書（授權採購代表）', '法人委托書（授權簽約）'],
    responsible: ['{who}'],
    prefix: 'WT',
  },
  background: {
    titles: ['客戶背景調查表', '徵信摘要', '企業信用報告摘錄'],
    responsible: ['信用管理組', '徵信所'],
    prefix: 'BJ',
  },
  visitReport: {
    titles: ['客戶走訪情況報告', '{year}年度實地走訪報告', '新客戶走訪及調查報告'],
    responsible: OWN,
    prefix: 'ZF',
  },
  marketStandard: { titles: ['{product}適用標準摘錄', '{product}市場准入規則'], responsible: ['品保部'], prefix: 'BZ' },
  productComparison: { titles: ['{product}同類產品比較表', '本區{product}競品比較'], responsible: OWN, prefix: 'BJ' },
  contractRegister: { titles: ['歷次簽訂合同訂單登記表'], responsible: ['檔案室'], prefix: '' },
  contract: {
    titles: ['{product}購銷合同', '{year}年度框架供貨合同', '{product}採購訂單', '委託加工合同（{product}）'],
    responsible: OWN,
    prefix: 'HT',
  },
  creditLimitApproval: { titles: ['客戶信用額度審批表'], responsible: ['信用管理組'], prefix: 'XE' },
  debtRegister: { titles: ['歷次欠款還款情況登記表'], responsible: ['財務部'], prefix: '' },
  repaymentAgreement: { titles: ['欠款還款協議', '分期還款協議書'], responsible: ['財務部', '法務組'], prefix: 'HK' },
  extensionApproval: { titles: ['延期還款審批單'], responsible: ['信用管理組'], prefix: 'YQ' },
  repaymentPlan: { titles: ['客戶還款計劃'], responsible: ['財務部'], prefix: 'JH' },
  paymentMethod: {
    titles: ['付款方式確認書（信用狀）', '付款方式確認書（電匯）'],
    responsible: ['國際業務部'],
    prefix: 'FK',
  },
  creditSecurityRegistration: { titles: ['授信金額、抵押、保證登記表'], responsible: ['信用管理組'], prefix: 'DY' },
  goodsRegister: { titles: ['客戶產品進出貨情況登記表'], responsible: ['倉儲課'], prefix: '' },
  goodsReport: {
    titles: ['實際進貨、出貨情況報告', '{year}年度出貨情況報告'],
    responsible: ['倉儲課', '業務一部'],
    prefix: 'JC',
  },
  otherTransaction: {
    titles: ['對帳單', '送貨簽收單彙總', '運輸保險單影本'],
    responsible: ['財務部', '倉儲課'],
    prefix: 'DZ',
  },
  packingList: { titles: ['發貨碼單（{order}）'], responsible: ['倉儲課'], prefix: 'MD' },
  customsDeclaration: { titles: ['出口貨物報關單（{order}）'], responsible: ['海關', '報關行'], prefix: 'BG' },
  inspectionReport: { titles: ['成品出廠檢驗報告（{order}）'], responsible: ['品保部'], prefix: 'JY' },
  commodityInspection: { titles: ['海關商檢證明（{order}）'], responsible: ['海關商品檢驗中心'], prefix: 'SJ' },
  returnRegister: { titles: ['客戶歷次退賠折價情況登記表'], responsible: ['客戶服務部'], prefix: '' },
  returnApproval: { titles: ['退賠折價審批表'], responsible: ['客戶服務部'], prefix: 'TP' },
  causeFinding: { titles: ['退賠折價原因、責任鑒定表'], responsible: ['品保部'], prefix: 'JD' },
};
