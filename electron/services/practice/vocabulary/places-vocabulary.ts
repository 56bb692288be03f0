import type { OptionValue } from '../../../../shared/domain/forms/option-sets.ts';

/** A district as addresses, codes and telephone numbers need it. `division`: six digits of the administrative division, mainland only. */
export interface Place {
  readonly country: OptionValue<'country'>;
  readonly region: OptionValue<'region'>;
  readonly province: string;
  readonly city: string;
  readonly district: string;
  /** The city as it stands in front of a company's name. */
  readonly short: string;
  readonly division: string;
  readonly areaCode: string;
  readonly postcode: string;
  readonly roads: readonly string[];
}

const COMMON_ROADS = [
  '中山路',
  '人民路',
  '解放路',
  '建設路',
  '工業大道',
  '和平路',
  '長江路',
  '黃河路',
  '科技路',
  '文化路',
];

type Mainland = [string, string, string, string, string, string, string, string?];
/** region · province · city · district · division · area code · postcode · a road of its own */
const MAINLAND: readonly Mainland[] = [
  ['northChina', '', '北京市', '朝陽區', '110105', '010', '100020', '建國路'],
  ['northChina', '', '北京市', '海淀區', '110108', '010', '100080', '中關村大街'],
  ['northChina', '', '天津市', '濱海新區', '120116', '022', '300450', '第一大街'],
  ['northChina', '', '天津市', '南開區', '120104', '022', '300100'],
  ['northChina', '河北省', '石家莊市', '長安區', '130102', '0311', '050011'],
  ['northChina', '山西省', '太原市', '小店區', '140105', '0351', '030032'],
  ['northeastChina', '遼寧省', '瀋陽市', '和平區', '210102', '024', '110001'],
  ['northeastChina', '遼寧省', '大連市', '甘井子區', '210211', '0411', '116033'],
  ['northeastChina', '吉林省', '長春市', '朝陽區', '220104', '0431', '130012'],
  ['northeastChina', '黑龍江省', '哈爾濱市', '南崗區', '230103', '0451', '150006'],
  ['eastChina', '', '上海市', '浦東新區', '310115', '021', '200120', '世紀大道'],
  ['eastChina', '', '上海市', '閔行區', '310112', '021', '201100', '滬閔路'],
  ['eastChina', '', '上海市', '徐匯區', '310104', '021', '200030', '漕溪北路'],
  ['eastChina', '江蘇省', '蘇州市', '吳中區', '320506', '0512', '215128'],
  ['eastChina', '江蘇省', '昆山市', '', '320583', '0512', '215300', '前進東路'],
  ['eastChina', '江蘇省', '無錫市', '濱湖區', '320211', '0510', '214123'],
  ['eastChina', '江蘇省', '南京市', '江寧區', '320115', '025', '211100'],
  ['eastChina', '江蘇省', '常州市', '武進區', '320412', '0519', '213161'],
  ['eastChina', '浙江省', '杭州市', '蕭山區', '330109', '0571', '311200', '市心中路'],
  ['eastChina', '浙江省', '杭州市', '餘杭區', '330110', '0571', '311100', '文一西路'],
  ['eastChina', '浙江省', '寧波市', '北侖區', '330206', '0574', '315800'],
  ['eastChina', '浙江省', '溫州市', '鹿城區', '330302', '0577', '325000'],
  ['eastChina', '浙江省', '義烏市', '', '330782', '0579', '322000', '稠州北路'],
  ['eastChina', '福建省', '廈門市', '湖里區', '350206', '0592', '361006', '湖里大道'],
  ['eastChina', '福建省', '廈門市', '思明區', '350203', '0592', '361001', '廈禾路'],
  ['eastChina', '福建省', '晉江市', '', '350582', '0595', '362200', '泉安中路'],
  ['eastChina', '福建省', '福州市', '鼓樓區', '350102', '0591', '350001', '五四路'],
  ['eastChina', '福建省', '長樂市', '', '350112', '0591', '350200'],
  ['eastChina', '山東省', '青島市', '黃島區', '370211', '0532', '266500'],
  ['eastChina', '山東省', '濟南市', '歷下區', '370102', '0531', '250014', '經十路'],
  ['eastChina', '山東省', '煙臺市', '芝罘區', '370602', '0535', '264001'],
  ['eastChina', '安徽省', '合肥市', '蜀山區', '340104', '0551', '230031'],
  ['eastChina', '安徽省', '六安市', '金安區', '341502', '0564', '237000'],
  ['eastChina', '江西省', '南昌市', '青山湖區', '360111', '0791', '330029'],
  ['centralChina', '湖北省', '武漢市', '江漢區', '420103', '027', '430021', '解放大道'],
  ['centralChina', '湖南省', '長沙市', '岳麓區', '430104', '0731', '410013', '麓谷大道'],
  ['centralChina', '河南省', '鄭州市', '金水區', '410105', '0371', '450003', '花園路'],
  ['southChina', '廣東省', '廣州市', '天河區', '440106', '020', '510630', '天河路'],
  ['southChina', '廣東省', '廣州市', '番禺區', '440113', '020', '511400', '番禺大道'],
  ['southChina', '廣東省', '深圳市', '南山區', '440305', '0755', '518052', '深南大道'],
  ['southChina', '廣東省', '深圳市', '寶安區', '440306', '0755', '518101', '寶安大道'],
  ['southChina', '廣東省', '東莞市', '虎門鎮', '441900', '0769', '523900', '連升路'],
  ['southChina', '廣東省', '東莞市', '長安鎮', '441900', '0769', '523850', '德政路'],
  ['southChina', '廣東省', '佛山市', '順德區', '440606', '0757', '528300'],
  ['southChina', '廣東省', '中山市', '小欖鎮', '442000', '0760', '528415'],
  ['southChina', '廣西壯族自治區', '南寧市', '青秀區', '450103', '0771', '530022', '民族大道'],
  ['southwestChina', '', '重慶市', '渝北區', '500112', '023', '401120', '紅錦大道'],
  ['southwestChina', '四川省', '成都市', '武侯區', '510107', '028', '610041', '天府大道'],
  ['southwestChina', '貴州省', '貴陽市', '南明區', '520102', '0851', '550002'],
  ['southwestChina', '雲南省', '昆明市', '盤龍區', '530103', '0871', '650051', '北京路'],
  ['northwestChina', '陝西省', '西安市', '雁塔區', '610113', '029', '710061', '科技二路'],
  ['northwestChina', '甘肅省', '蘭州市', '城關區', '620102', '0931', '730030', '天水南路'],
  ['northwestChina', '新疆維吾爾自治區', '烏魯木齊市', '天山區', '650102', '0991', '830002', '光明路'],
];

/** region · city · district · area code · postcode · roads */
const TAIWAN: readonly [OptionValue<'region'>, string, string, string, string, readonly string[]][] = [
  ['northTaiwan', '臺北市', '中山區', '02', '10491', ['南京東路二段', '民權東路三段', '長安東路一段']],
  ['northTaiwan', '臺北市', '內湖區', '02', '11493', ['瑞光路', '港墘路', '行愛路']],
  ['northTaiwan', '臺北市', '萬華區', '02', '10844', ['西園路二段', '和平西路三段']],
  ['northTaiwan', '新北市', '板橋區', '02', '22041', ['文化路一段', '四川路一段']],
  ['northTaiwan', '新北市', '三重區', '02', '24147', ['重新路五段', '光復路一段']],
  ['northTaiwan', '新北市', '五股區', '02', '24890', ['五權路', '五工三路']],
  ['northTaiwan', '桃園市', '中壢區', '03', '32041', ['中央西路二段', '中華路一段']],
  ['northTaiwan', '桃園市', '龜山區', '03', '33370', ['復興一路', '萬壽路一段']],
  ['northTaiwan', '新竹市', '東區', '03', '30072', ['光復路二段', '力行路']],
  ['centralTaiwan', '臺中市', '西屯區', '04', '40756', ['臺灣大道三段', '工業區一路']],
  ['centralTaiwan', '臺中市', '大里區', '04', '41261', ['工業路', '仁化路']],
  ['centralTaiwan', '彰化縣', '彰化市', '04', '50045', ['中正路二段', '彰南路一段']],
  ['centralTaiwan', '雲林縣', '斗六市', '05', '64041', ['雲林路二段', '大學路三段']],
  ['southTaiwan', '臺南市', '永康區', '06', '71041', ['中正北路', '永大路二段']],
  ['southTaiwan', '臺南市', '安平區', '06', '70848', ['永華路二段', '健康路三段']],
  ['southTaiwan', '高雄市', '前鎮區', '07', '80673', ['中華五路', '擴建路']],
  ['southTaiwan', '高雄市', '岡山區', '07', '82041', ['岡山路', '本工一路']],
  ['southTaiwan', '屏東縣', '屏東市', '08', '90041', ['自由路', '民生路']],
  ['eastTaiwan', '宜蘭縣', '羅東鎮', '03', '26541', ['公正路', '中正北路']],
  ['eastTaiwan', '花蓮縣', '花蓮市', '03', '97049', ['中央路三段', '府前路']],
];

/** country · region · city as written in Chinese · line of the address as written there · dialling code */
const OVERSEAS: readonly [OptionValue<'country'>, OptionValue<'region'>, string, string, string][] = [
  ['hk', 'hongKongMacao', '香港', '九龍觀塘開源道 55 號開聯工業中心', '+852'],
  ['hk', 'hongKongMacao', '香港', '新界葵涌大連排道 132 號', '+852'],
  ['mo', 'hongKongMacao', '澳門', '黑沙環馬路 68 號南方工業大廈', '+853'],
  ['jp', 'eastAsia', '大阪', '大阪府東大阪市高井田本通 3-8-12', '+81'],
  ['kr', 'eastAsia', '釜山', '부산광역시 사상구 낙동대로 1210', '+82'],
  ['vn', 'southeastAsia', '胡志明市', '215 Điện Biên Phủ, Bình Thạnh, TP. Hồ Chí Minh', '+84'],
  ['th', 'southeastAsia', '曼谷', '88 Sukhumvit Soi 62, Phra Khanong, Bangkok', '+66'],
  ['my', 'southeastAsia', '檳城', '1-3-7 Jalan Perusahaan, 11900 Bayan Lepas, Penang', '+60'],
  ['sg', 'southeastAsia', '新加坡', '21 Ubi Road 1, #04-12, Singapore 408724', '+65'],
  ['in', 'southAsia', '清奈', '14 Ambattur Industrial Estate, Chennai 600058', '+91'],
  ['ae', 'middleEast', '杜拜', 'Warehouse 7, Al Quoz Industrial 3, Dubai', '+971'],
  ['de', 'europe', '漢堡', 'Großmannstraße 129, 20539 Hamburg', '+49'],
  ['gb', 'europe', '曼徹斯特', 'Unit 9, Trafford Park Road, Manchester M17 1WA', '+44'],
  ['pl', 'europe', '羅茲', 'ul. Łódzka 27, 95-050 Konstantynów Łódzki', '+48'],
  ['us', 'northAmerica', '洛杉磯', '2850 E. Vernon Ave., Vernon, CA 90058', '+1'],
  ['mx', 'latinAmerica', '蒙特雷', 'Av. Industrias 402, Apodaca, N.L. 66600', '+52'],
  ['au', 'oceania', '墨爾本', '46 Kirkdale Street, Brunswick East VIC 3057', '+61'],
];

export const PLACES = {
  mainland: MAINLAND.map(
    ([region, province, city, district, division, areaCode, postcode, own]): Place => ({
      country: 'cn',
      region: region as Place['region'],
      province,
      city,
      district,
      short: city.replace(/市$/u, ''),
      division,
      areaCode,
      postcode,
      roads: own === undefined ? COMMON_ROADS : [own, own, ...COMMON_ROADS],
    }),
  ),
  taiwan: TAIWAN.map(
    ([region, city, district, areaCode, postcode, roads]): Place => ({
      country: 'tw',
      region,
      province: '',
      city,
      district,
      short: city.replace(/[市縣]$/u, ''),
      division: '',
      areaCode,
      postcode,
      roads,
    }),
  ),
  overseas: OVERSEAS.map(
    ([country, region, city, line, areaCode]): Place => ({
      country,
      region,
      province: '',
      city,
      district: '',
      short: city,
      division: '',
      areaCode,
      postcode: '',
      roads: [line],
    }),
  ),
} as const;
