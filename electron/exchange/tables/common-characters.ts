import iconv from 'iconv-lite';

/**
 * Characters that make up names, addresses and headings of customer tables, in both scripts. They
 * tell GB18030 from Big5: the same bytes read in the wrong one give characters that nobody uses.
 */
const FREQUENT = [
  // Headings and what companies are called by
  '編號编号客戶客户名稱名称公司企業企业單位单位姓電話电话手機手机地址聯絡联络聯繫联系人職務职务部門部门備註备注傳真传真郵邮箱編编碼码統統一社會会信用代法定代表負責负责',
  '註注冊册資资本日期類别類别等級级行業业性質质開开戶户銀行帳账號额額度經经營营範圍范围網网址國国家區区域產产品結结算方式貿贸易進进出口有限責任股份集團团實实業业發发展',
  '科技術术工程機机械電电子商務务化工紡纺織织服裝装飾饰食品藥药醫医療疗器材料設设備备建築筑投資金屬属塑膠胶五金貨货運运物流倉仓儲储廣广告文化傳传媒軟软件系統農农牧漁渔',
  '家具印刷包裝装紙纸製制造廠厂店行社所院校館馆中心分總总部門门市場场超精密儀仪表汽車车配件零售批發发代理諮咨詢询管理服務务顧顾問问聯联合新舊旧大小東东南西北中華华',
  // Places and parts of addresses
  '省市縣县鎮镇鄉乡村路街道巷弄樓楼層层室座棟栋園园區区廣广場场大廈厦北京上海天津重慶庆廣州深圳東莞佛山珠海惠中蘇苏杭寧宁波溫温州紹绍興兴嘉湖金義义烏乌福建廈門泉漳',
  '莆龍龙岩江西昌九贛赣湖南長长沙武漢汉河北石莊庄鄭郑洛陽阳山東济濟青島岛煙烟臺台維潍坊遼辽瀋沈大連连吉林春黑龍哈爾尔濱滨陝陕安徽合肥蕪芜成都四川綿绵貴贵雲云昆明廣西',
  '寧桂柳海南口三亞亚內内蒙古新疆蘭兰甘肅肃青藏香港澳門台北新竹苗栗彰投嘉義屏宜蘭花蓮莲桃園园基隆高雄臺灣湾九自由忠孝仁愛爱和平民族權权生解放人建設设勝胜利光明',
  // Surnames and given names
  '王李張张劉刘陳陈楊杨趙赵黃黄周吳吴徐孫孙胡朱高林何郭馬马羅罗梁宋鄭郑謝谢韓韩唐馮冯于董蕭萧程曹袁鄧邓許许傅沈曾彭呂吕蘇苏盧卢蔣蒋蔡賈贾丁魏薛葉叶閻阎余潘杜戴夏',
  '鍾钟汪田任姜范方石姚譚谭廖鄒邹熊金陸陆郝孔白崔康毛邱秦江史顧顾侯邵孟龍龙萬万段雷錢钱湯汤尹黎易常武喬乔賀贺賴赖龔龚文偉伟強强軍军勇傑杰濤涛超敏靜静麗丽娟艷艳芳玲',
  '秀英桂蘭兰玉萍紅红霞梅琴雪慧怡婷雅淑惠美珍志俊宏建國国華华家豪明宇浩宗瑞祥榮荣富順顺德福泰恒恆盛旺鑫達达通豐丰源泉永久康寧宁安佳嘉益誠诚信義义仁禮礼智和諧谐',
  // Everyday text
  '的一是在不了有和人這这中大為为上個个國国我以要他時时來来用們们生到作地於于出就分對对成會会可主發发年動动同工也能下過过子說说產产種种面而方後后多定行學学法所民得',
  '經经十三之進进著着等部度家更想樣样理心她本去現现什麼么長长無无自但高已最高月日二四五六七八九零百千万元角整先女士男老師师客戶户請请收到期未已否是無正常停用重要特殊',
  '一般原始件副本合同訂订單单欠款還还退賠赔折價价簽签約约付預预貨到月份季度全半每內外前後次第各其他及與与或按由從从被將将把比較较最很太好優优良差甲乙丙丁',
].join('');

export const COMMON_CHARACTERS: ReadonlySet<string> = new Set(FREQUENT);

/** Every character that a range of two-byte codes stands for. */
function decodeRange(encoding: string, firstLead: number, lastLead: number, trails: readonly number[]): Set<string> {
  const bytes: number[] = [];
  for (let lead = firstLead; lead <= lastLead; lead += 1) for (const trail of trails) bytes.push(lead, trail);
  return new Set(iconv.decode(Buffer.from(bytes), encoding));
}

function byteRange(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

let levels: { gb18030: Set<string>; big5: Set<string> } | undefined;

/** The everyday halves of both character sets: GB 2312 level 1 (by sound), Big5 level 1 (by strokes). Built when first asked for. */
export function everydayCharacters(encoding: 'gb18030' | 'big5'): ReadonlySet<string> {
  levels ??= {
    gb18030: decodeRange('gb18030', 0xb0, 0xd7, byteRange(0xa1, 0xfe)),
    big5: decodeRange('big5', 0xa4, 0xc6, [...byteRange(0x40, 0x7e), ...byteRange(0xa1, 0xfe)]),
  };
  return levels[encoding];
}
