import type { HeadingSynonyms } from './heading-synonyms.ts';

/** Columns of tables of orders, deliveries, receipts and returns, besides the labels of their fields. What one kind calls differently goes first. */
const COMMON: readonly HeadingSynonyms[] = [
  [
    'customer',
    '客戶編號 客戶名稱 客戶 客戶代號 客戶代碼 公司名稱 企業名稱 單位名稱 往來單位 購貨單位 客户编号 客户名称 客户 客户代号 客户代码 公司名称 企业名称 单位名称 往来单位 购货单位',
    'customer number, customer no, customer id, customer code, customer, customer name, client, company, company name, account',
  ],
  [
    'orderNumber',
    '訂單號 訂單編號 訂單號碼 合同號 合同編號 合約編號 契約編號 訂單 合同 銷售訂單號 外銷訂單號 對應訂單 關聯訂單 订单号 订单编号 订单号码 合同号 合同编号 合约编号 契约编号 订单 销售订单号 外销订单号 对应订单 关联订单',
    'order number, order no, order, contract number, contract no, contract, sales order, po number, po, order ref, order reference',
  ],
  [
    'product',
    '品名 產品 商品 產品名稱 商品名稱 貨品 貨名 物料名稱 產品型號 产品 商品名称 产品名称 货品 货名 物料名称 产品型号',
    'product, item, goods, product name, item name, description of goods, sku',
  ],
  [
    'productGroup',
    '產品類別 商品類別 產品大類 品類 產品組 產品線 类别 產品分類 产品类别 商品类别 产品大类 品类 产品组 产品线 产品分类',
    'product group, product category, category, product line, group',
  ],
  ['quantity', '數量 件數 數目 销量 銷量 数量 件数 数目', 'quantity, qty, pieces, pcs, volume'],
  ['unit', '單位 計量單位 单位 计量单位', 'unit, uom, unit of measure'],
  ['currency', '幣別 幣種 貨幣 币别 币种 货币', 'currency, ccy'],
  [
    'staff',
    '業務員 經手人 責任業務員 銷售員 業務代表 跟單員 承辦人 业务员 经手人 责任业务员 销售员 业务代表 跟单员 承办人',
    'salesperson, sales rep, handler, handled by, staff, owner',
  ],
  ['note', '備註 說明 附註 备注 说明 附注', 'note, notes, remark, remarks, comment'],
  [
    'paymentDue',
    '應收日期 付款期限 付款到期日 應付日期 到期日 收款期限 应收日期 应付日期 收款期限',
    'payment due, due date, due, due on, payment due date',
  ],
];

export const DEALING_HEADINGS: Readonly<
  Record<'orders' | 'deliveries' | 'receipts' | 'returns', readonly HeadingSynonyms[]>
> = {
  orders: [
    ['orderNumber', '編號 單號 號碼 编号 单号 号码', 'number, no'],
    [
      'date',
      '簽訂日期 下單日期 訂單日期 日期 簽約日期 訂購日期 签订日期 下单日期 订单日期 签约日期 订购日期',
      'order date, date, signed on, date signed, ordered on',
    ],
    [
      'description',
      '標的 訂單內容 合同名稱 名稱 題名 订单内容 合同名称 名称 题名 标的',
      'description, subject, title, name',
    ],
    ['kind', '類型 訂單類型 合同類型 类型 订单类型 合同类型', 'kind, type, order type'],
    ['unitPrice', '單價 价格 價格 单价', 'unit price, price'],
    [
      'amount',
      '金額 訂單金額 合同金額 總價 總額 小計 銷售額 金额 订单金额 合同金额 总价 总额 小计 销售额',
      'amount, total, value, order amount, line amount, sales',
    ],
    [
      'settlement',
      '結算方式 付款方式 付款條件 结算方式 付款条件',
      'settlement, payment terms, terms, settlement method',
    ],
    [
      'deliveryDue',
      '交貨期 交貨日期 交期 要求交期 交货期 交货日期',
      'delivery due, delivery date, deliver by, required date',
    ],
    ['validUntil', '有效期至 有效期 合同期限 合同到期日', 'valid until, expires on, term to, expiry'],
    ['state', '狀態 履行狀態 訂單狀態 状态 履行状态 订单状态', 'state, status, order status'],
    ['export', '外銷 是否外銷 出口 是否出口 外销 是否外销', 'export, is export'],
  ],
  deliveries: [
    [
      'number',
      '出貨單號 送貨單號 發貨單號 單號 編號 進貨單號 出货单号 送货单号 发货单号 单号 编号 进货单号',
      'delivery number, delivery note, delivery no, number, no, shipment number',
    ],
    [
      'date',
      '出貨日期 送貨日期 發貨日期 日期 進貨日期 出货日期 送货日期 发货日期 进货日期',
      'delivery date, date, shipped on, delivered on, shipment date',
    ],
    ['direction', '進出 進出貨 方向 出貨進貨 进出 进出货 出货进货', 'direction, in or out, in/out'],
    ['specification', '規格 型號規格 规格 型号规格', 'specification, spec, model'],
    ['amount', '金額 貨款 出貨金額 金额 货款 出货金额', 'amount, value, total'],
  ],
  receipts: [
    [
      'number',
      '收款單號 收據號 憑證號 水單號 單號 編號 收款单号 收据号 凭证号 水单号 单号 编号',
      'receipt number, receipt no, voucher number, voucher, number, no, payment reference',
    ],
    [
      'date',
      '收款日期 到賬日期 回款日期 付款日期 日期 入賬日期 收款日 到账日期 入账日期',
      'receipt date, received on, payment date, date, paid on',
    ],
    [
      'amount',
      '收款金額 回款金額 金額 付款金額 到賬金額 還款金額 收款金额 回款金额 金额 付款金额 到账金额 还款金额',
      'amount, amount received, paid, payment, received',
    ],
    [
      'means',
      '收款方式 付款方式 支付方式 還款方式 还款方式',
      'means of payment, payment method, method, means, paid by',
    ],
  ],
  returns: [
    [
      'number',
      '案號 退貨單號 退賠單號 單號 編號 案号 退货单号 退赔单号 单号 编号',
      'case number, return number, return no, case, number, no, claim number',
    ],
    ['date', '退貨日期 日期 退賠日期 申請日期 退货日期 退赔日期 申请日期', 'return date, date, claimed on, claim date'],
    [
      'kind',
      '類型 退賠類型 種類 退賠種類 处理方式 處理方式 类型 退赔类型 种类 退赔种类',
      'kind, type, return type, claim type',
    ],
    [
      'amount',
      '金額 退賠金額 折價金額 賠款金額 扣款 金额 退赔金额 折价金额 赔款金额',
      'amount, credit, allowance, claim amount, value',
    ],
    ['decision', '處理結果 是否接受 決定 結果 处理结果 决定 结果', 'decision, outcome, accepted, result'],
    [
      'responsible',
      '責任方 責任部門 責任歸屬 责任方 责任部门 责任归属',
      'responsible, responsible side, responsibility',
    ],
    ['cause', '原因 退貨原因 退賠原因 退货原因 退赔原因', 'cause, reason, defect'],
  ],
};
export const COMMON_DEALING_HEADINGS = COMMON;
