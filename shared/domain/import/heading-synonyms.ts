/**
 * Column headings as they are found in people's tables: path of the field, Chinese headings (Traditional and Simplified,
 * separated by blanks), English headings (separated by commas). Labels of the forms are recognised besides these. The first
 * field that claims a heading gets it.
 */
export type HeadingSynonyms = readonly [path: string, chinese: string, english: string];

/** Card control and what both cards have. */
export const COMMON_HEADINGS: readonly HeadingSynonyms[] = [
  [
    'control.number',
    '客戶編號 編號 客戶代號 客戶代碼 客戶號 客編 客戶ID 登記編號 客戶序號 客户编号 编号 客户代号 客户代码 客户号 客编 客户ID 登记编号 客户序号',
    'customer number, customer no, customer id, customer code, number, no, id, code, registration number',
  ],
  [
    'control.kind',
    '客戶類別 客戶類型 類別 類型 卡片類別 客戶種類 客户类别 客户类型 类别 类型 卡片类别 客户种类',
    'kind, type, customer type, card type, customer kind, category',
  ],
  [
    'control.openedOn',
    '建檔日期 建立日期 登記日期 建檔時間 建立時間 建档日期 登记日期 建档时间 建立时间',
    'date opened, opened on, opened, created, created on, creation date, registered on',
  ],
  ['filledInBy', '填表人 填報人 填卡人 填报人', 'filled in by, filled by, completed by'],
  [
    'control.visitedOn',
    '訪問日期 拜訪日期 資料來源訪問日期 走訪日期 访问日期 拜访日期 资料来源访问日期 走访日期',
    'visit date, visited on, date of visit',
  ],
  [
    'control.status',
    '檔案狀態 狀態 客戶狀態 卡片狀態 档案状态 状态 客户状态 卡片状态',
    'status, card status, customer status',
  ],
  [
    'control.lastReviewedOn',
    '上次核查日期 上次全面核查日期 核查日期 最近核查',
    'last review, last reviewed, last full review, reviewed on',
  ],
  [
    'control.tier',
    '檔次 客戶分類 分類 客戶檔次 重要程度 重要性 档次 客户分类 分类 客户档次',
    'tier, customer tier, importance, customer class',
  ],
  [
    'securityLevel',
    '密級 保密級別 密等 機密等級 密级 保密级别 机密等级',
    'security level, security, confidentiality, classification',
  ],
  ['country', '國家 國別 所在國家 國家別 国家 国别 所在国家 国家别', 'country, nation, country name'],
  [
    'region',
    '地區 區域 所在地區 省份 省 大區 省市 所屬地區 所屬區域 地域 地区 区域 所在地区 大区 所属地区 所属区域',
    'region, area, province, territory, state',
  ],
  [
    'salesArea',
    '銷售區域 銷售地區 業務區域 轄區 銷售片區 销售区域 销售地区 业务区域 辖区 销售片区',
    'sales area, sales region, sales territory',
  ],
  [
    'routeOrder',
    '客戶路序 路序 拜訪順序 路線順序 訪問順序 客户路序 拜访顺序 路线顺序 访问顺序',
    'route order, route, visiting order, route number',
  ],
  [
    'responsibleSalesperson',
    '責任業務員 業務員 業務代表 銷售員 業務人員 負責業務 負責業務員 銷售代表 營銷員 銷售人員 跟進人 業務 客戶經理 责任业务员 业务员 业务代表 销售员 业务人员 负责业务 负责业务员 销售代表 营销员 销售人员 跟进人 业务 客户经理',
    'salesperson, responsible salesperson, sales rep, sales representative, account owner, owner, salesman, sales, account manager',
  ],
  [
    'email',
    '電子郵件 電子信箱 電郵 郵箱 信箱 電子郵箱 公司郵箱 郵件 電子郵件地址 电子邮件 电子信箱 电邮 邮箱 电子邮箱 公司邮箱 邮件 电子邮件地址',
    'email, e-mail, mail, email address, e-mail address',
  ],
  [
    'creditGrade',
    '信用等級 信用評級 信用級別 信用評等 信用等级 信用评级 信用级别 信用评等',
    'credit grade, credit rating, credit level',
  ],
  [
    'creditLimit',
    '信用額度 授信額度 額度 信用限額 信用额度 授信额度 额度 信用限额',
    'credit limit, credit line, limit',
  ],
  ['overallEvaluation', '綜合評價 評價 總評 综合评价 评价 总评', 'overall evaluation, evaluation'],
  ['cooperationAttitude', '合作態度 合作态度', 'cooperation attitude, cooperation'],
  [
    'customerGrade',
    '客戶等級 等級 客戶級別 級別 客戶分級 客户等级 等级 客户级别 级别 客户分级',
    'customer grade, grade, customer level, level, rating',
  ],
  [
    'remarks',
    '備註 說明 備考 附註 其他說明 备注 说明 备考 附注 其他说明',
    'remarks, remark, note, notes, comment, comments',
  ],
  [
    'competitors.0.competitorName',
    '競爭對手 競爭對手名稱 競爭者 競品廠商 竞争对手 竞争对手名称 竞争者 竞品厂商',
    'competitor, competitor name',
  ],
];
