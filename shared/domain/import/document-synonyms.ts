import type { HeadingSynonyms } from './heading-synonyms.ts';

/** Other names of document types in Chinese and English, as found in filing manifests. */
export const DOCUMENT_SYNONYMS: readonly HeadingSynonyms[] = [
  [
    'businessLicence',
    '營業執照 執照 營業執照副本 營業執照正本 工商執照 營業執照影本 營業登記證 公司登記證明 商業登記 三證合一 营业执照 执照 营业执照副本 营业执照正本 工商执照 营业执照影本 营业登记证 公司登记证明 商业登记 三证合一',
    'business license, licence, license, trade licence, certificate of incorporation',
  ],
  [
    'taxRegistration',
    '稅務登記證 稅務登記 稅籍登記 稅務登記證副本 税务登记证 税务登记 税籍登记 税务登记证副本',
    'tax registration certificate, tax certificate',
  ],
  [
    'powerOfAttorney',
    '法人委託書 法人委托書 法人授權委託書 授權委託書 委託書 授權書 法人授權書 法人委托书 法人授权委托书 授权委托书 委托书 授权书 法人授权书',
    'power of attorney, poa, mandate, authorisation letter, authorization letter, letter of authorisation',
  ],
  ['background', '背景資料 背景材料 背景资料', 'background, background material, background papers'],
  [
    'visitReport',
    '走訪報告 調查報告 訪問報告 走訪調查報告 走訪調查情況報告 走訪情況報告 調查情況報告 訪問日報 客戶訪問日報 拜訪報告 資信調查報告 徵信報告 走访报告 调查报告 访问报告 走访调查报告 走访调查情况报告 走访情况报告 调查情况报告 访问日报 客户访问日报 拜访报告 资信调查报告 征信报告',
    'visit report, investigation report, call report, daily visit report, survey report',
  ],
  [
    'marketStandard',
    '技術法規 貿易法規 技術標準 市場標準 貿易技術法規標準 法規標準 標準 技术法规 贸易法规 技术标准 市场标准 贸易技术法规标准 法规标准 标准',
    'market rules, trade rules, standard, standards, technical regulations',
  ],
  [
    'productComparison',
    '同類產品比較 產品比較 市場比較 同類產品市場比較 市場比較信息 市場比較資訊 同类产品比较 产品比较 市场比较 同类产品市场比较 市场比较信息 市场比较资讯',
    'product comparison, market comparison, comparison of like products',
  ],
  [
    'contractRegister',
    '合同登記表 訂單登記表 合同訂單登記表 合約登記表 契約登記表 合同登记表 订单登记表 合同订单登记表 合约登记表 契约登记表',
    'contract register, order register, register of contracts, register of orders',
  ],
  [
    'contract',
    '合同 合約 契約 訂單 合同文本 訂單文本 銷售合同 購銷合同 買賣合同 採購訂單 銷售訂單 買賣契約 合同訂單文本 具體合同訂單文本 補充協議 合约 契约 订单 订单文本 销售合同 购销合同 买卖合同 采购订单 销售订单 买卖契约 合同订单文本 具体合同订单文本 补充协议',
    'contract, order, purchase order, sales contract, sales order, agreement, po, contract text, amendment',
  ],
  [
    'creditLimitApproval',
    '信用額度審批表 信用額度申請表 額度審批表 授信審批表 信用審批表 信用额度审批表 信用额度申请表 额度审批表 授信审批表 信用审批表',
    'credit limit approval, credit approval, credit limit form, credit limit approval form',
  ],
  [
    'debtRegister',
    '欠款還款登記表 欠款登記表 還款登記表 欠款還款情況登記表 欠款还款登记表 欠款登记表 还款登记表 欠款还款情况登记表',
    'debt register, register of debts, repayment register',
  ],
  [
    'repaymentAgreement',
    '還款協議 還款協議書 欠款還款協議書 还款协议 还款协议书 欠款还款协议书',
    'repayment agreement',
  ],
  [
    'extensionApproval',
    '延期還款審批表 延期還款審批單 延期還款申請 延期審批單 展期審批單 延期还款审批表 延期还款审批单 延期还款申请 延期审批单 展期审批单',
    'extension approval, extension of repayment, payment extension',
  ],
  ['repaymentPlan', '還款計劃 還款計劃書 还款计划 还款计划书', 'repayment plan, payment plan'],
  ['paymentMethod', '付款方式 付款方式登記 付款方式登记', 'payment method, method of payment'],
  [
    'creditSecurityRegistration',
    '授信金額抵押保證登記 抵押保證登記 授信登記 抵押登記 擔保登記 保證書 授信金额抵押保证登记 抵押保证登记 授信登记 抵押登记 担保登记 保证书',
    'security registration, mortgage registration, guarantee, credit security registration',
  ],
  [
    'goodsRegister',
    '進出貨登記表 產品進出貨登記表 進出貨情況登記表 進出貨登記 出貨登記 进出货登记表 产品进出货登记表 进出货情况登记表 进出货登记 出货登记',
    'goods register, register of goods, goods in and out',
  ],
  [
    'goodsReport',
    '進貨報告 出貨報告 實際進貨出貨情況報告 進出貨報告 出貨單 送貨單 進貨單 發貨單 送貨回單 进货报告 出货报告 实际进货出货情况报告 进出货报告 出货单 送货单 进货单 发货单 送货回单',
    'goods report, delivery report, receipt report, delivery note',
  ],
  [
    'otherTransaction',
    '其它交易資料 其他交易資料 交易資料 交易其他資料 對帳單 發票 交易的其他資料 其它交易资料 其他交易资料 交易资料 交易其他资料 对帐单 发票 交易的其他资料',
    'other, other papers, statement, invoice, other transaction papers',
  ],
  [
    'packingList',
    '發貨碼單 碼單 裝箱單 裝貨單 發貨明細 发货码单 码单 装箱单 装货单 发货明细',
    'packing list, delivery packing list, tally sheet',
  ],
  [
    'customsDeclaration',
    '報關單 報關手續 報關資料 出口報關單 报关单 报关手续 报关资料 出口报关单',
    'customs declaration, export declaration, customs papers',
  ],
  [
    'inspectionReport',
    '出廠檢驗報告 成品檢驗報告 檢驗報告 成品出廠檢驗單 質檢報告 品檢報告 出厂检验报告 成品检验报告 检验报告 成品出厂检验单 质检报告 品检报告',
    'inspection report, factory inspection report, quality report, test report',
  ],
  [
    'commodityInspection',
    '商檢證明 商檢證 海關商檢證 商檢證書 商檢單 檢驗檢疫證明 商检证明 商检证 海关商检证 商检证书 商检单 检验检疫证明',
    'commodity inspection certificate, customs inspection certificate, commodity inspection',
  ],
  [
    'returnRegister',
    '退賠折價登記表 退貨登記表 退賠登記表 折價登記表 退賠折價情況登記表 退赔折价登记表 退货登记表 退赔登记表 折价登记表 退赔折价情况登记表',
    'return register, register of returns, returns register',
  ],
  [
    'returnApproval',
    '退賠折價審批表 退貨審批表 退賠審批表 折價審批表 退貨單 退赔折价审批表 退货审批表 退赔审批表 折价审批表 退货单',
    'return approval, allowance approval, approval of returns',
  ],
  [
    'causeFinding',
    '退賠折價原因責任鑑定表 原因責任鑒定表 原因責任鑑定表 責任鑒定表 責任鑑定表 原因鑑定表 退赔折价原因责任鉴定表 原因责任鉴定表 责任鉴定表 原因鉴定表',
    'cause finding, cause and responsibility, responsibility finding',
  ],
];
