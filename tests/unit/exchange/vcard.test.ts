import fc from 'fast-check';
import { expect, test } from 'vitest';
import { vcardText } from '../../../electron/exchange/vcard.ts';
import { personName } from '../../../shared/util/person-name.ts';

test.each([
  ['王小明', '王', '小明'],
  ['歐陽修', '歐陽', '修'],
  ['欧阳娜娜', '欧阳', '娜娜'],
  ['諸葛亮', '諸葛', '亮'],
  ['張簡文華', '張簡', '文華'],
  ['司馬', '司', '馬'],
  ['李', '李', ''],
  ['約翰·史密斯', '史密斯', '約翰'],
  ['John van Smith', 'Smith', 'John van'],
  ['Smith, John', 'Smith', 'John'],
  ['Madonna', '', 'Madonna'],
])('142 · %s: surname and given name', (name, family, given) => {
  expect(personName(name)).toEqual({ family, given });
});

const plain = {
  uid: '00000000-0000-8000-a000-000000000000',
  kind: 'org',
  fullName: '甲公司',
  phones: [],
  emails: [],
  revised: '2026-11-28T01:02:03.456Z',
} as const;
const card = (fullName: string, note = '') =>
  vcardText({
    uid: '00000000-0000-8000-a000-000000000000',
    kind: 'individual',
    fullName,
    name: personName(fullName),
    sortAs: { family: 'wang', given: 'xiaoming' },
    organisation: '甲,乙;丙公司',
    department: '採購部',
    title: '經理',
    phones: [{ kind: 'cell', number: '0912 345 678' }],
    emails: ['wang@example.com'],
    address: '台北市中山區\n中山北路',
    country: '臺灣',
    note,
    revised: '2026-11-28T01:02:03.456Z',
  });

test('142 · a card by RFC 6350: version first, values escaped, an instant without separators', () => {
  expect(card('王小明').split('\r\n')).toEqual([
    'BEGIN:VCARD',
    'VERSION:4.0',
    'UID:urn:uuid:00000000-0000-8000-a000-000000000000',
    'KIND:individual',
    'FN:王小明',
    'N;SORT-AS="wang,xiaoming":王;小明;;;',
    'ORG:甲\\,乙\\;丙公司;採購部',
    'TITLE:經理',
    'TEL;TYPE=cell:0912 345 678',
    'EMAIL:wang@example.com',
    'ADR;TYPE=work:;;台北市中山區\\n中山北路;;;;臺灣',
    'REV:20261128T010203Z',
    'END:VCARD',
    '',
  ]);
});

test.each([
  ['www.yinli.example', 'https://www.yinli.example'],
  ['http://永順.example/a,b', 'http://%E6%B0%B8%E9%A0%86.example/a,b'],
])('142 · a website %s is the URI %s', (website, uri) => {
  const text = vcardText({ ...plain, website });
  expect(text.split('\r\n')).toContain(`URL:${uri}`);
});

test('142 · no line is longer than 75 octets, none is cut inside a character, and unfolded nothing is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'客戶檔案卡👍🏽é,;\\ab') }), (note) => {
      const text = card('王小明', note);
      for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(text).not.toContain('\ufffd');
      const unfolded = text.replaceAll('\r\n ', '');
      const escaped = note.replaceAll(/([\\,;])/g, '\\$1');
      if (note !== '') expect(unfolded).toContain(`NOTE:${escaped}\r\n`);
    }),
  );
});
