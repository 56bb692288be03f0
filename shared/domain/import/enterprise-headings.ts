import type { HeadingSynonyms } from './heading-synonyms.ts';

/** Headings of 企業客戶檔案卡; `list.0.key` is the first entry of a list. */
export const ENTERPRISE_HEADINGS: readonly HeadingSynonyms[] = [
  [
    'registeredName',
    '客戶名稱 公司名稱 企業名稱 單位名稱 名稱 客戶全稱 公司全稱 企業全稱 單位全稱 全稱 客戶 公司 企業 單位 廠商名稱 廠商 商號 營業人名稱 客戶名 公司名 企業名 機構名稱 企業客戶名稱 客户名称 公司名称 企业名称 单位名称 名称 客户全称 公司全称 企业全称 单位全称 全称 客户 企业 单位 厂商名称 厂商 商号 营业人名称 客户名 企业名 机构名称 企业客户名称',
    'name, customer name, company, company name, enterprise, enterprise name, registered name, customer, client, client name, organisation, organization, organisation name, organization name, legal name, business name, firm, account, company full name, full name',
  ],
  [
    'shortName',
    '簡稱 客戶簡稱 公司簡稱 企業簡稱 單位簡稱 简称 客户简称 公司简称 企业简称 单位简称',
    'short name, abbreviation, alias, customer short name',
  ],
  [
    'formerNames.0.name',
    '曾用名 原名稱 曾用名稱 舊名稱 原名称 曾用名称 旧名称',
    'former name, former names, previous name',
  ],
  [
    'foreignName',
    '外文名稱 英文名稱 英文名 外文名 公司英文名稱 英文全稱 外文名称 英文名称 公司英文名称 英文全称',
    'english name, foreign name, foreign-language name, name in english',
  ],
  [
    'unifiedSocialCreditCode',
    '統一社會信用代碼 社會信用代碼 信用代碼 統一信用代碼 統一代碼 信用代碼證 統一社會信用代碼證號 社會統一信用代碼 统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一代码 信用代码证 统一社会信用代码证号 社会统一信用代码',
    'unified social credit code, uscc, social credit code, credit code, unified credit code, unified code',
  ],
  [
    'businessLicenceNumber',
    '營業執照註冊號 營業執照號 執照號 註冊號 工商註冊號 營業執照編號 執照編號 營業執照號碼 营业执照注册号 营业执照号 执照号 注册号 工商注册号 营业执照编号 执照编号 营业执照号码',
    'business licence number, business license number, licence number, license number, business licence no, registration no',
  ],
  [
    'licenceValidUntil',
    '營業執照有效期 執照有效期 營業期限 執照到期日 營業執照到期日 营业执照有效期 执照有效期 营业期限 执照到期日 营业执照到期日',
    'licence valid until, license valid until, licence expiry, license expiry',
  ],
  [
    'licenceIssuer',
    '發證機關 登記機關 發照機關 发证机关 登记机关 发照机关',
    'licence issued by, license issued by, licence issuer, issuing authority',
  ],
  [
    'taxNumber',
    '稅務登記號 納稅人識別號 稅號 稅務登記證號 納稅識別號 稅籍號碼 稅務登記號碼 納稅人編號 税务登记号 纳税人识别号 税号 税务登记证号 纳税识别号 税籍号码 税务登记号码 纳税人编号',
    'tax number, tax no, tax id, taxpayer id, taxpayer number, vat number, vat no, tax code, tax registration number',
  ],
  ['organisationCode', '組織機構代碼 機構代碼 组织机构代码 机构代码', 'organisation code, organization code'],
  [
    'taiwanBusinessNumber',
    '統一編號 統編 公司統編 營利事業統一編號 公司統一編號 客戶統編 统一编号 统编 公司统编 营利事业统一编号 公司统一编号 客户统编',
    'taiwan business number, business number, business no, uniform number, ubn, unified business number, gui number',
  ],
  [
    'overseasRegistrationNumber',
    '境外註冊號 海外註冊號 國外註冊號 境外登記號 境外注册号 海外注册号 国外注册号 境外登记号',
    'overseas registration number, foreign registration number, overseas registration no',
  ],
  [
    'legalForm',
    '企業性質 組織形式 公司性質 單位性質 企業類型 公司類型 經濟性質 公司組織 企业性质 组织形式 公司性质 单位性质 企业类型 公司类型 经济性质 公司组织',
    'legal form, company type, enterprise type, ownership, form of organisation',
  ],
  [
    'legalRepresentative',
    '法定代表人 法人代表 法人 負責人 法定代表 代表人 公司負責人 企業負責人 企業法人 负责人 公司负责人 企业负责人 企业法人',
    'legal representative, representative, responsible person, legal person, person in charge',
  ],
  [
    'foundedOn',
    '成立日期 成立時間 創立日期 註冊日期 註冊時間 設立日期 創立時間 成立年份 成立时间 创立日期 注册日期 注册时间 设立日期 创立时间',
    'founded, founded on, established, date established, date of establishment, incorporation date, founding date, established on',
  ],
  [
    'registeredCapital',
    '註冊資本 註冊資金 資本額 登記資本 資本總額 註冊資本金 注册资本 注册资金 资本额 登记资本 资本总额 注册资本金',
    'registered capital, capital, share capital',
  ],
  [
    'paidInCapital',
    '實繳資本 實收資本 實收資本額 實繳資本額 实缴资本 实收资本 实收资本额 实缴资本额',
    'paid-in capital, paid in capital, paid-up capital',
  ],
  [
    'businessScope',
    '經營範圍 營業範圍 營業項目 所營事業 業務範圍 經營項目 经营范围 营业范围 营业项目 所营事业 业务范围 经营项目',
    'business scope, scope of business, scope',
  ],
  [
    'parentCompany',
    '上級公司 集團公司 母公司 所屬集團 集團 上級單位 關係企業 上级公司 集团公司 所属集团 集团 上级单位 关系企业',
    'parent company, parent, group, group company',
  ],
  [
    'registeredAddress',
    '註冊地址 登記地址 公司地址 地址 住所 企業地址 單位地址 客戶地址 公司登記地址 詳細地址 公司住所 注册地址 登记地址 企业地址 单位地址 客户地址 公司登记地址 详细地址',
    'registered address, address, company address, customer address',
  ],
  [
    'businessAddress',
    '經營地址 營業地址 辦公地址 實際地址 通訊地址 聯絡地址 經營場所 實際經營地址 经营地址 营业地址 办公地址 实际地址 通讯地址 联络地址 经营场所 实际经营地址',
    'business address, office address, mailing address, postal address',
  ],
  [
    'deliveryAddresses.0.address',
    '送貨地址 收貨地址 交貨地址 發貨地址 送货地址 收货地址 交货地址 发货地址',
    'delivery address, shipping address, ship to, ship-to address',
  ],
  ['deliveryAddresses.0.recipient', '收貨人 收货人', 'recipient, consignee'],
  [
    'invoiceTitle',
    '發票抬頭 開票抬頭 開票名稱 發票名稱 发票抬头 开票抬头 开票名称 发票名称',
    'invoice title, invoice name',
  ],
  ['invoiceAddress', '發票地址 開票地址 帳單地址 发票地址 开票地址 帐单地址', 'invoice address, billing address'],
  [
    'postcode',
    '郵政編碼 郵編 郵遞區號 郵政編號 郵區 邮政编码 邮编 邮递区号 邮政编号 邮区',
    'postcode, postal code, post code, zip, zip code',
  ],
  [
    'telephone',
    '電話 公司電話 聯絡電話 固定電話 座機 電話號碼 總機 客戶電話 辦公電話 聯絡方式 企業電話 單位電話 电话 公司电话 联络电话 固定电话 座机 电话号码 总机 客户电话 办公电话 联络方式 企业电话 单位电话',
    'phone, telephone, tel, phone number, telephone number, office phone, company phone, telephone no, phone no, contact number, landline',
  ],
  ['fax', '傳真 傳真號碼 公司傳真 传真 传真号码 公司传真', 'fax, fax number, fax no, facsimile'],
  [
    'website',
    '網址 網站 公司網址 官網 主頁 公司網站 官方網站 网址 网站 公司网址 官网 主页 公司网站 官方网站',
    'website, web, url, homepage, web site',
  ],
  [
    'contacts.0.name',
    '聯絡人 聯絡人姓名 主要聯絡人 決策人 窗口 聯絡窗口 對接人 決策人姓名 姓名 联络人 联络人姓名 主要联络人 决策人 联络窗口 对接人 决策人姓名',
    'contact, contact name, contact person, primary contact, main contact, decision maker',
  ],
  ['contacts.0.department', '部門 聯絡人部門 所屬部門 部门 联络人部门 所属部门', 'department, contact department'],
  [
    'contacts.0.position',
    '職務 職位 職稱 聯絡人職務 聯絡人職位 聯絡人職稱 职务 职位 职称 联络人职务 联络人职位 联络人职称',
    'position, job title, title, contact position, contact title',
  ],
  [
    'contacts.0.purchaseRoles',
    '採購角色 角色 決策角色 采购角色 决策角色',
    'role in the purchase, purchase role, role, buying role',
  ],
  ['contacts.0.influence', '影響力 影响力', 'influence'],
  ['contacts.0.attitude', '態度 對我方態度 态度 对我方态度', 'attitude, attitude to us'],
  ['contacts.0.phone', '聯絡人電話 聯絡人固話 联络人电话 联络人固话', 'contact phone, contact telephone'],
  [
    'contacts.0.mobile',
    '手機 行動電話 手機號碼 手機號 移動電話 聯絡人手機 聯絡手機 聯絡人手機號 手机 行动电话 手机号码 手机号 移动电话 联络人手机 联络手机 联络人手机号',
    'mobile, mobile phone, cell, cell phone, mobile number, contact mobile',
  ],
  [
    'contacts.0.email',
    '聯絡人郵箱 聯絡人電子郵件 聯絡人信箱 聯絡人電郵 联络人邮箱 联络人电子邮件 联络人信箱 联络人电邮',
    'contact email, contact e-mail',
  ],
  [
    'contacts.0.messenger',
    '微信 微信號 通訊帳號 微信号 通讯帐号',
    'wechat, line, qq, messenger, whatsapp, line id, wechat id',
  ],
  ['contacts.0.birthDate', '生日 出生年月 聯絡人生日 联络人生日', 'birthday, contact birthday'],
  [
    'industry',
    '行業 產業 行業類別 產業別 所屬行業 行業別 產業類別 行業分類 行业 产业 行业类别 产业别 所属行业 行业别 产业类别 行业分类',
    'industry, sector, line of business',
  ],
  [
    'customerNature',
    '客戶性質 客戶屬性 渠道類型 通路別 客户性质 客户属性 渠道类型 通路别',
    'customer nature, nature, business type, channel, nature of customer',
  ],
  [
    'directExport',
    '直接出口客戶 直接外銷 直接出口 直接外銷客戶 是否直接出口 外銷客戶 出口客戶 是否外銷 是否出口 直接出口客户 直接外销 直接外销客户 外销客户 出口客户 是否外销',
    'direct export, direct exporter, export customer, direct-export customer, direct export customer',
  ],
  [
    'employees',
    '員工人數 人數 職工人數 員工數 從業人數 員工總數 公司人數 员工人数 人数 职工人数 员工数 从业人数 员工总数 公司人数',
    'employees, headcount, number of employees, staff, staff count, no of employees',
  ],
  [
    'annualTurnover',
    '年營業額 營業額 年銷售額 年營收 年產值 年收入 年度營業額 營收 年营业额 营业额 年销售额 年营收 年产值 年度营业额 营收',
    'annual turnover, turnover, annual revenue, revenue, annual sales, yearly turnover',
  ],
  ['turnoverYear', '營業額年度 营业额年度', 'turnover year, year of turnover'],
  ['storeArea', '營業面積 店鋪面積 經營面積 营业面积 店铺面积 经营面积', 'store area, premises area'],
  ['warehouseArea', '倉儲面積 倉庫面積 仓储面积 仓库面积', 'warehouse area'],
  [
    'mainProducts',
    '主營產品 主要產品 產品 主營業務 主要業務 經營產品 主要商品 主營商品 產品服務 主营产品 主要产品 产品 主营业务 主要业务 经营产品 主营商品 产品服务',
    'main products, products, main business, main products or services, product',
  ],
  ['marketsServed', '市場區域 銷售市場 主要市場 市场区域 销售市场 主要市场', 'markets served, markets, market'],
  ['salesCapability', '銷售能力 销售能力', 'sales capability'],
  ['growthPotential', '發展潛力 发展潜力', 'growth potential'],
  ['managementPolicy', '經營方針 经营方针', 'management policy'],
  ['seasons', '淡旺季', 'seasons, season, peak season'],
  [
    'bankAccounts.0.bankName',
    '開戶銀行 開戶行 往來銀行 銀行 銀行名稱 開戶行名稱 开户银行 开户行 往来银行 银行 银行名称 开户行名称',
    'bank, bank name',
  ],
  [
    'bankAccounts.0.accountName',
    '帳戶名稱 戶名 帳戶名 帐户名称 户名 帐户名',
    'account name, bank account name, account holder',
  ],
  [
    'bankAccounts.0.accountNumber',
    '銀行帳號 帳號 銀行帳戶 帳戶 銀行卡號 開戶帳號 银行帐号 帐号 银行帐户 帐户 银行卡号 开户帐号',
    'bank account, account number, bank account number, account no, bank account no, iban',
  ],
  [
    'settlementMethod',
    '結算方式 付款方式 結帳方式 付款條件 交易條件 收款方式 支付方式 结算方式 结帐方式 付款条件 交易条件',
    'settlement method, settlement, payment method, payment terms, terms of payment, terms',
  ],
  ['statementDay', '結帳日 對帳日 結帳日期 结帐日 对帐日 结帐日期', 'statement day, closing day'],
  [
    'creditPeriodDays',
    '信用期限 帳期 信用期 付款天數 帳期天數 信用天數 信用期限天數 帐期 付款天数 帐期天数 信用天数 信用期限天数',
    'credit period, credit days, payment days, credit term',
  ],
  [
    'earlyPaymentDiscount',
    '現金折扣 提前付款折扣 现金折扣',
    'early-payment discount, early payment discount, cash discount',
  ],
  [
    'creditLimitValidUntil',
    '額度有效期 信用額度有效期 額度到期日 额度有效期 信用额度有效期 额度到期日',
    'limit valid until, credit limit valid until',
  ],
  [
    'firstTransactionOn',
    '首次交易日期 首次合作 開始交易日期 合作時間 首次交易 合作日期 首次合作日期 开始交易日期 合作时间',
    'first transaction, first transaction date, customer since, first deal',
  ],
  [
    'transportMethod',
    '運貨方式 運輸方式 送貨方式 交貨方式 运货方式 运输方式 送货方式 交货方式',
    'transport method, transport, shipping method',
  ],
  [
    'specialRequests',
    '特殊要求 問題與特殊要求 客戶要求 问题与特殊要求 客户要求',
    'special requests, special request, requirements',
  ],
];
