import type { HeadingSynonyms } from './heading-synonyms.ts';

/** Columns of a table of visits, besides the labels of the form (forms-and-standards §4.1). */
export const VISIT_HEADINGS: readonly HeadingSynonyms[] = [
  [
    'day',
    '日期 訪問日期 拜訪日期 日報日期 報告日期 走訪日期 访问日期 拜访日期 日报日期 报告日期 走访日期',
    'date, visit date, day, report date, date of visit',
  ],
  [
    'salesperson',
    '業務員 營銷員 銷售員 訪問人 拜訪人 業務代表 銷售代表 業務 填報人 业务员 营销员 销售员 访问人 拜访人 业务代表 销售代表 业务 填报人',
    'salesperson, sales, rep, sales rep, representative, visitor, visited by',
  ],
  [
    'handedInAt',
    '交件時間 上交時間 繳交時間 交報時間 交件时间 上交时间 缴交时间 交报时间',
    'handed in, handed in at, submitted, submitted at',
  ],
  ['summary', '小結 當日小結 總結 小结 当日小结 总结', 'summary, day summary'],
  [
    'customerNumber',
    '客戶編號 客戶代號 客戶代碼 客編 編號 客户编号 客户代号 客户代码 客编 编号',
    'customer number, customer no, customer id, customer code',
  ],
  [
    'customer',
    '客戶 客戶名稱 公司名稱 公司 單位 單位名稱 拜訪客戶 訪問客戶 客户 客户名称 公司名称 单位 单位名称 拜访客户 访问客户',
    'customer, customer name, company, client, account',
  ],
  ['time', '時間 訪問時間 拜訪時間 起訖時間 时间 访问时间 拜访时间 起讫时间', 'time, visit time, from to'],
  [
    'startedAt',
    '起 開始 開始時間 起時 到達 到達時間 开始 开始时间 起时 到达 到达时间',
    'from, start, start time, started at, arrival',
  ],
  [
    'endedAt',
    '訖 結束 結束時間 訖時 離開 離開時間 讫 结束 结束时间 讫时 离开 离开时间',
    'to, end, end time, ended at, departure',
  ],
  ['method', '方式 訪問方式 拜訪方式 访问方式 拜访方式', 'method, how, channel'],
  ['purpose', '目的 訪問目的 拜訪目的 事由 访问目的 拜访目的', 'purpose, reason, aim'],
  [
    'personMet',
    '面談人 會見人 接洽人 聯絡人 對象 受訪人 面谈人 会见人 联系人 对象 受访人',
    'person met, met, contact, contact person',
  ],
  ['position', '職務 職稱 职务 职称', 'position, title, job title'],
  [
    'content',
    '內容 洽談內容 訪問內容 拜訪內容 工作內容 洽談情況 紀要 内容 洽谈内容 访问内容 拜访内容 工作内容 洽谈情况 纪要',
    'content, discussion, notes, details, minutes',
  ],
  ['result', '結果 訪問結果 拜訪結果 结果 访问结果 拜访结果', 'result, outcome'],
  ['resultNote', '結果說明 结果说明', 'result note'],
  ['orders', '訂貨 訂單 訂貨品種 订货 订单 订货品种', 'orders, order, ordered'],
  ['collected', '收款 收款金額 回款 收款金额', 'collected, payment collected, cash collected'],
  ['stock', '庫存 缺貨 庫存情況 庫存、缺貨、陳列 库存 缺货 库存情况', 'stock, stock and display, inventory'],
  [
    'opinion',
    '客戶意見 意見 客戶反映 投訴 客户意见 意见 客户反映 投诉',
    'opinion, feedback, complaint, customer opinion',
  ],
  [
    'competitorInfo',
    '競爭對手 競爭情況 競品 競爭對手情況 竞争对手 竞争情况 竞品 竞争对手情况',
    'competitor, competitors, competition',
  ],
  ['cardRead', '已閱卡 訪前閱卡 訪前已閱 已阅卡 访前阅卡 访前已阅', 'card read, read card'],
  ['cardFilled', '已填卡 訪後填卡 訪後已填 已填卡 访后填卡 访后已填', 'card filled, filled card'],
  [
    'nextVisitOn',
    '下次訪問 下次拜訪 下次訪問日期 下次拜訪日期 下次访问 下次拜访 下次访问日期 下次拜访日期',
    'next visit, next visit on, next date',
  ],
  ['nextVisitNote', '下次事項 下一步 跟進事項 下次事项 跟进事项', 'next step, next visit note, follow up'],
];
