import type { HeadingSynonyms } from './heading-synonyms.ts';

/** Columns of a filing manifest: customer, class or type, and what the catalogue needs. */
export const MANIFEST_HEADINGS: readonly HeadingSynonyms[] = [
  [
    'customerNumber',
    '客戶編號 客戶代號 客戶代碼 客戶號 客編 客戶ID 客户编号 客户代号 客户代码 客户号 客编 客户ID',
    'customer number, customer no, customer id, customer code, client number',
  ],
  [
    'customerName',
    '客戶名稱 客戶姓名 公司名稱 企業名稱 單位名稱 姓名 客戶全稱 客户名称 客户姓名 公司名称 企业名称 单位名称 客户全称',
    'customer name, company name, company, enterprise, client name, client',
  ],
  [
    'customer',
    '客戶 客戶編號或名稱 客戶編號名稱 客户 客户编号或名称 客户编号名称',
    'customer, customer number or name',
  ],
  [
    'class',
    '大類 類別 分類 卷類 檔案類別 門類 類 大类 类别 分类 卷类 档案类别 门类 类',
    'class, category, dossier class, section',
  ],
  [
    'documentType',
    '文種 文件類型 資料類型 文件種類 資料種類 類型 文件類別 資料名稱 單據類型 文种 文件类型 资料类型 文件种类 资料种类 类型 文件类别 资料名称 单据类型',
    'document type, type, doc type, paper type, kind',
  ],
  [
    'title',
    '題名 標題 文件題名 文件名稱 名稱 文件標題 题名 标题 文件题名 文件名称 名称 文件标题',
    'title, document title, subject, name, description',
  ],
  [
    'documentNumber',
    '文號 文件編號 編號 合同號 合同編號 合約編號 契約編號 證書編號 證號 單號 文件號 證件編號 文号 文件编号 编号 合同号 合同编号 合约编号 契约编号 证书编号 证号 单号 文件号 证件编号',
    'document number, document no, number, no, contract number, contract no, reference, reference number, doc no',
  ],
  [
    'date',
    '日期 文件日期 簽訂日期 成文日期 簽署日期 形成日期 簽約日期 签订日期 签署日期 签约日期',
    'date, document date, signed on, date signed, signing date',
  ],
  ['pages', '頁數 張數 頁 页数 张数 页', 'pages, page count, number of pages, no of pages'],
  [
    'original',
    '原件 是否原件 原件副本 原件複製件 正本 正副本 原始資料 原件或副本 原件复制件 原始资料',
    'original, is original, original or copy',
  ],
  [
    'place',
    '存放位置 位置 存放地點 存放處 櫃位 庫位 架位 保管位置 存放地点 存放处 柜位 库位',
    'place, location, storage place, shelf, position, storage location',
  ],
  [
    'scan',
    '掃描件 掃描檔 掃描文件 掃描件檔名 掃描件文件名 檔案名稱 文件名 檔名 附件 電子檔 掃描檔名 掃描文件名 掃描件名 扫描件 扫描档 扫描文件 扫描件档名 扫描件文件名 档案名称 档名 电子档 扫描档名 扫描文件名 扫描件名',
    'scan, scan file, file, file name, filename, scan file name, attachment, scan name',
  ],
  [
    'responsibleParty',
    '責任者 簽發單位 發文單位 作者 责任者 签发单位 发文单位',
    'responsible party, issuer, author, issued by',
  ],
  ['securityLevel', '密級 密等 保密級別 密级 保密级别', 'security level, confidentiality, security'],
  [
    'exportOrder',
    '外銷訂單號 出口訂單號 訂單號 外銷訂單 訂單編號 出口訂單 外销订单号 出口订单号 订单号 外销订单 订单编号 出口订单',
    'export order, order number, order no, shipment no, order',
  ],
  ['copies', '份數 份数', 'copies, number of copies'],
  ['receivedFrom', '移交人 交件人 來源 来源', 'received from, handed in by'],
  ['receivedOn', '收到日期 收件日期 移交日期', 'received on, date received'],
  ['validUntil', '有效期至 有效期 到期日 失效日期', 'valid until, expiry, expires on, expiry date'],
  ['note', '備註 說明 附註 备注 说明 附注', 'note, notes, remark, remarks, comment'],
];
