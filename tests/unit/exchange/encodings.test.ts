import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { readAll, refusal } from './read-all.ts';

const SIMPLIFIED = [
  '广东华信贸易有限公司',
  '上海浦东新区张江高科技园区',
  '北京中关村软件股份有限公司',
  '深圳市华为技术有限公司',
  '宁波港进出口集团',
  '浙江义乌小商品城',
  '青岛海尔电器',
  '重庆长安汽车零部件厂',
  '东莞市虎门镇服装批发行',
  '福州闽江纸业',
  '哈尔滨冰雪食品厂',
  '成都锦江宾馆',
  '王小明',
  '李娜',
  '欧阳修远',
  '张伟',
  '陈丽华',
  '司马懿',
  '昆明翠湖茶行',
  '内蒙古鄂尔多斯羊绒',
  '苏州园林绿化工程队',
  '西安钟楼照相馆',
  '郑州铝业',
  '合肥科大讯飞',
  '厦门鼓浪屿琴行',
  '珠海横琴金融服务中心',
];
const TRADITIONAL = [
  '台灣積體電路製造股份有限公司',
  '鴻海精密工業',
  '統一企業',
  '中華電信股份有限公司',
  '大同公司',
  '臺北市信義區松仁路',
  '高雄港務局',
  '新竹科學園區',
  '長榮海運',
  '裕隆汽車',
  '國泰世華銀行',
  '宏碁電腦',
  '奇美實業',
  '遠東紡織',
  '永豐餘造紙',
  '義美食品',
  '王小明',
  '陳美麗',
  '歐陽修遠',
  '林志玲',
  '張惠妹',
  '黃春明',
  '香港中環德輔道',
  '九龍彌敦道',
  '澳門葡京',
  '聯絡人',
  '嘉義縣阿里山鄉',
];
const HEADINGS = { simplified: '客户名称,联系人,地址', traditional: '客戶名稱,聯絡人,地址' };

async function encodingOf(bytes: Buffer): Promise<string | undefined> {
  return (await readAll(bytes, { name: 'x.csv' })).encoding;
}

function table(headings: string, names: readonly string[]): string {
  return `${headings}\r\n${names.map((name, i) => `${name},${names[(i + 3) % names.length]},${i}号\r\n`.replace('号', '')).join('')}`;
}

describe('R63 encodings are told apart', () => {
  test.each([
    ['UTF-8', 'utf-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with mark', 'utf-8', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16 LE with mark', 'utf-16le', (text: string) => iconv.encode(text, 'utf-16le', { addBOM: true })],
    ['UTF-16 BE with mark', 'utf-16be', (text: string) => iconv.encode(text, 'utf-16be', { addBOM: true })],
    ['UTF-16 LE without mark', 'utf-16le', (text: string) => iconv.encode(text, 'utf-16le')],
    ['UTF-16 BE without mark', 'utf-16be', (text: string) => iconv.encode(text, 'utf-16be', { addBOM: false })],
    ['GB18030', 'gb18030', (text: string) => iconv.encode(text, 'gb18030')],
  ])('%s, in both scripts', async (_, encoding, encode) => {
    for (const [headings, names] of [
      [HEADINGS.simplified, SIMPLIFIED],
      [HEADINGS.traditional, TRADITIONAL],
    ] as const) {
      const read = await readAll(encode(table(headings, names)), { name: 'x.csv' });
      expect(read.encoding).toBe(encoding);
      expect(read.headings).toEqual(headings.split(','));
      expect(read.rows[0]?.cells[0]).toBe(names[0]);
    }
  });

  test('Big5', async () => {
    const read = await readAll(iconv.encode(table(HEADINGS.traditional, TRADITIONAL), 'big5'), { name: 'x.csv' });
    expect(read).toMatchObject({ encoding: 'big5', headings: HEADINGS.traditional.split(',') });
    expect(read.rows.map((row) => row.cells[0])).toEqual(TRADITIONAL);
  });

  test('GB18030 and Big5 are told apart from a single name under an English heading', async () => {
    const wrong: string[] = [];
    for (const name of SIMPLIFIED) {
      if ((await encodingOf(iconv.encode(`name,phone\n${name},123\n`, 'gb18030'))) !== 'gb18030')
        wrong.push(`gb ${name}`);
    }
    for (const name of TRADITIONAL) {
      if ((await encodingOf(iconv.encode(`name,phone\n${name},123\n`, 'big5'))) !== 'big5') wrong.push(`big5 ${name}`);
      const asGb = await encodingOf(iconv.encode(`name,phone\n${name},123\n`, 'gb18030'));
      if (asGb !== 'gb18030') wrong.push(`gb ${name}`);
    }
    expect(wrong).toEqual([]);
  });

  test('with Chinese headings not one name is misread', async () => {
    for (const name of SIMPLIFIED) {
      expect(await encodingOf(iconv.encode(`客户名称,电话\n${name},1\n`, 'gb18030'))).toBe('gb18030');
    }
    for (const name of TRADITIONAL) {
      expect(await encodingOf(iconv.encode(`客戶名稱,電話\n${name},1\n`, 'big5'))).toBe('big5');
    }
  });

  test.each([
    'Müller & Söhne GmbH',
    'Société Générale',
    'Peña Nieto S.A.',
    'Ångström AB',
    'Café “Zürich” – 50 €',
    'naïve',
  ])('Windows-1252: %s', async (name) => {
    const read = await readAll(iconv.encode(`name;phone\n${name};123\n`, 'windows-1252'), { name: 'x.csv' });
    expect(read.encoding).toBe('windows-1252');
    expect(read.rows[0]?.cells[0]).toBe(name);
  });

  test('UTF-8 with a damaged row stays UTF-8: that row is refused by number', async () => {
    const rows = TRADITIONAL.map((name) => Buffer.from(`${name},1\n`));
    const bytes = Buffer.concat([
      Buffer.from('名稱,電話\n'),
      ...rows,
      Buffer.from([0xe5, 0x41, 0x2c, 0xff, 0x0a]),
      Buffer.from('末,2\n'),
    ]);
    const read = await readAll(bytes, { name: 'x.csv' });
    expect(read.encoding).toBe('utf-8');
    expect(read.rows.at(-1)?.cells).toEqual(['末', '2']);
    expect(read.refused.map((cell) => cell.row)).toEqual([29, 29]);
    expect(read.refused[0]?.message).toBe('exchange.row.undecodable');
  });

  test('what is not ASCII may come late in a large file', async () => {
    const bytes = Buffer.concat([
      Buffer.from('name,x\n'),
      Buffer.from('plain,1\n'.repeat(100_000)),
      iconv.encode('遠東紡織,2\n', 'big5'),
    ]);
    const read = await readAll(bytes, { name: 'x.csv' });
    expect(read.encoding).toBe('big5');
    expect(read.rows.at(-1)?.cells[0]).toBe('遠東紡織');
  });

  test('the caller may force an encoding by any of its names; the wrong one is seen row by row', async () => {
    const bytes = iconv.encode(table(HEADINGS.simplified, SIMPLIFIED), 'gb18030');
    for (const name of ['GBK', 'gb2312', 'GB18030', 'cp936']) {
      expect((await readAll(bytes, { name: 'x.csv', encoding: name })).encoding).toBe('gb18030');
    }
    const utf8 = await readAll(Buffer.from(`名称,电话\n${SIMPLIFIED.join(',1\n')},1\n`), {
      name: 'x.csv',
      encoding: 'gbk',
      headingRow: 2,
    }).catch((error: unknown) => error);
    expect(JSON.stringify(utf8)).toMatch(/undecodable|FILE_DAMAGED|refused/);
  });

  test('an encoding that is not offered is named', async () => {
    const read = readAll(Buffer.from('a,b\n1,2\n'), { name: 'x.csv', encoding: 'constructor' });
    expect(await refusal(read)).toMatchObject({ code: 'ENCODING_UNKNOWN', reason: 'exchange.encoding.notOffered' });
  });
});
