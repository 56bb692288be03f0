import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DOCUMENT_TYPES } from '../../../shared/domain/document-types.ts';
import { DOSSIER_CLASSES } from '../../../shared/domain/dossier-classes.ts';
import { CARD_KINDS, cardFields, fieldAt, validateCard } from '../../../shared/domain/form-fields.ts';
import type { FieldDefinition, Money } from '../../../shared/domain/forms/field.ts';
import { OPTION_SETS, type OptionSetName, optionsOf } from '../../../shared/domain/forms/option-sets.ts';
import { ENTERPRISE_HEADINGS } from '../../../shared/domain/import/enterprise-headings.ts';
import { COMMON_HEADINGS } from '../../../shared/domain/import/heading-synonyms.ts';
import { INDIVIDUAL_HEADINGS } from '../../../shared/domain/import/individual-headings.ts';
import { MANIFEST_HEADINGS } from '../../../shared/domain/import/manifest-headings.ts';
import { parseCell } from '../../../shared/domain/import/parse-cell.ts';
import { parseDateCell } from '../../../shared/domain/import/parse-date-cell.ts';
import {
  parseIntegerCell,
  parseMoneyCell,
  parseNumberCell,
  parsePercentCell,
} from '../../../shared/domain/import/parse-number-cells.ts';
import {
  parseBooleanCell,
  parseEnumCell,
  parseMultiEnumCell,
  parseOriginalCell,
} from '../../../shared/domain/import/parse-option-cells.ts';
import { recogniseClass, recogniseDocumentType } from '../../../shared/domain/import/recognise-document.ts';
import {
  guessCardKind,
  importedField,
  MANIFEST_COLUMNS,
  recogniseHeading,
  recogniseManifestHeading,
} from '../../../shared/domain/import/recognise-heading.ts';
import { headingUnit } from '../../../shared/domain/import/units.ts';
import english from '../../../shared/i18n/en/domain.json' with { type: 'json' };
import fieldsEnglish from '../../../shared/i18n/en/fields.json' with { type: 'json' };
import simplified from '../../../shared/i18n/zh-Hans/domain.json' with { type: 'json' };
import fieldsSimplified from '../../../shared/i18n/zh-Hans/fields.json' with { type: 'json' };
import traditional from '../../../shared/i18n/zh-Hant/domain.json' with { type: 'json' };
import fieldsTraditional from '../../../shared/i18n/zh-Hant/fields.json' with { type: 'json' };

const catalogues = [traditional, simplified, english] as Record<string, string>[];
const fieldCatalogues = [fieldsTraditional, fieldsSimplified, fieldsEnglish] as Record<string, string>[];
const day = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const value = (result: { ok: boolean; value?: unknown }) => (result.ok ? result.value : 'refused');

describe('headings', () => {
  test('the names of a customer in every usual wording', () => {
    for (const heading of [
      '客戶名稱',
      '公司名称',
      '企業名稱',
      '單位名稱',
      '名稱',
      'name',
      'Company',
      'ＣＯＭＰＡＮＹ　ＮＡＭＥ',
      '* 客户名称（必填）',
      'registeredName',
      'registered_name',
      '企業名稱（全稱）',
    ]) {
      expect([heading, recogniseHeading(heading, 'enterprise')]).toEqual([heading, 'registeredName']);
    }
    for (const heading of ['姓名', '客户姓名', 'Full name', 'NAME'])
      expect(recogniseHeading(heading, 'individual')).toBe('name');
  });
  test.each(CARD_KINDS)('the label of every field of the %s card leads to it, in three languages', (kind) => {
    for (const field of cardFields(kind)) {
      if (field.type === 'list') continue;
      for (const catalogue of fieldCatalogues) {
        const label = catalogue[`field.${kind}.${field.key}`] as string;
        expect([label, recogniseHeading(label, kind)]).toEqual([label, field.key]);
      }
      expect(recogniseHeading(field.key, kind)).toBe(field.key);
    }
  });
  test('every synonym leads somewhere that exists, and none is claimed twice', () => {
    const lists = {
      enterprise: [...ENTERPRISE_HEADINGS, ...COMMON_HEADINGS],
      individual: [...INDIVIDUAL_HEADINGS, ...COMMON_HEADINGS],
    };
    for (const kind of CARD_KINDS) {
      for (const [path, chinese, words] of lists[kind]) {
        expect([path, importedField(path, kind)?.key !== undefined || path === 'x']).toEqual([path, true]);
        for (const heading of [...chinese.split(' '), ...words.split(', ')])
          expect([heading, recogniseHeading(heading, kind) !== undefined]).toEqual([heading, true]);
      }
      const headings = (kind === 'enterprise' ? ENTERPRISE_HEADINGS : INDIVIDUAL_HEADINGS).flatMap(
        ([path, chinese, words]) =>
          [...chinese.split(' '), ...words.split(', ')].map((heading) => [heading, path] as const),
      );
      expect(headings.filter(([heading, path]) => recogniseHeading(heading, kind) !== path)).toEqual([]);
    }
    for (const [column, chinese, words] of MANIFEST_HEADINGS) {
      expect(MANIFEST_COLUMNS).toContain(column);
      expect(
        [...chinese.split(' '), ...words.split(', ')].filter((heading) => recogniseManifestHeading(heading) !== column),
      ).toEqual([]);
    }
  });
  test('several contacts in columns of their own', () => {
    expect(recogniseHeading('聯絡人', 'enterprise')).toBe('contacts.0.name');
    expect(recogniseHeading('联系人2', 'enterprise')).toBe('contacts.1.name');
    expect(recogniseHeading('手機二', 'enterprise')).toBe('contacts.1.mobile');
    expect(recogniseHeading('Contact 3', 'enterprise')).toBe('contacts.2.name');
    expect(recogniseHeading('電話1', 'enterprise')).toBe('telephone');
    expect(recogniseHeading('電話2', 'enterprise')).toBeUndefined();
    expect(fieldAt('enterprise', 'contacts.2.name')?.type).toBe('text');
  });
  test('what is not known stays unknown, whatever it is', () => {
    for (const heading of ['', '   ', '星座', '__proto__', 'constructor', 'toString', '42'])
      expect(recogniseHeading(heading, 'enterprise')).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        recogniseHeading(text, 'enterprise');
        recogniseManifestHeading(text);
        recogniseDocumentType(text);
        recogniseClass(text);
      }),
    );
  });
  test('the kind of card is guessed from the headings', () => {
    expect(guessCardKind(['姓名', '性別', '手機', '生日'])).toBe('individual');
    expect(guessCardKind(['客戶名稱', '統一編號', '電話'])).toBe('enterprise');
    expect(guessCardKind(['客戶名稱', '電話'])).toBe('enterprise');
    expect(guessCardKind([])).toBe('enterprise');
  });
  test('units in headings', () => {
    expect(headingUnit('註冊資本（萬元）')).toEqual({ shift: 4 });
    expect(headingUnit('Revenue (USD million)')).toEqual({ shift: 6, currency: 'USD' });
    expect(headingUnit('资本额(新台币千元)')).toEqual({ shift: 3, currency: 'TWD' });
    expect(headingUnit('註冊資本')).toEqual({ shift: 0 });
  });
});

describe('dates', () => {
  test('every way of writing a day gives the same day', () => {
    fc.assert(
      fc.property(day, (iso) => {
        const [year, month, date] = iso.split('-').map(Number) as [number, number, number];
        const republic = year - 1911;
        const written = [
          iso,
          `${year}/${month}/${date}`,
          `${year}.${month}.${date}`,
          iso.replaceAll('-', ''),
          `${year}年${month}月${date}日`,
          `${year} 年 ${month} 月 ${date} 日`,
          `民國${republic}年${month}月${date}日`,
          `民国 ${republic}/${month}/${date}`,
          `${iso} 08:30`,
          `${iso}T00:00:00.000Z`,
          `${iso} 00:00:00`,
        ];
        if (republic >= 100)
          written.push(
            `${republic}.${month}.${date}`,
            `${republic}/${month}/${date}`,
            `${republic}${iso.slice(5).replace('-', '')}`,
          );
        for (const text of written) expect([text, value(parseDateCell(text))]).toEqual([text, iso]);
      }),
    );
  });
  test('words and Chinese digits', () => {
    for (const text of [
      '二〇二六年一月五日',
      '二零二六年一月五日',
      '5 Jan 2026',
      'January 5, 2026',
      '5-Jan-2026',
      '２０２６／０１／０５',
      '民國115年1月5日',
      '115.1.5',
    ])
      expect([text, value(parseDateCell(text))]).toEqual([text, '2026-01-05']);
    expect(value(parseDateCell('二〇二六年十二月三十一日'))).toBe('2026-12-31');
  });
  test('what can be read two ways, or is no day, is refused by name', () => {
    for (const text of ['3/4/2026', '98/1/5', '26-1-5', '1/2'])
      expect(parseDateCell(text)).toMatchObject({ ok: false, message: 'validation.cell.dateAmbiguous' });
    for (const text of ['2026-02-30', '2026', 'soon', '2026-13-01', '20261301', '46027'])
      expect(parseDateCell(text)).toMatchObject({ ok: false, message: 'validation.cell.date' });
    expect(value(parseDateCell('13/1/2026'))).toBe('2026-01-13');
  });
  test('years and months where they are enough', () => {
    expect(value(parseDateCell('1998', true))).toBe('1998');
    expect(value(parseDateCell('1998年', true))).toBe('1998');
    expect(value(parseDateCell('1998年3月', true))).toBe('1998-03');
    expect(value(parseDateCell('民國87年', true))).toBe('1998');
    expect(value(parseDateCell('1998-13', true))).toBe('refused');
  });
});

describe('numbers', () => {
  test('an amount survives grouping, width and currency signs', () => {
    fc.assert(
      fc.property(fc.nat(99_999_999), fc.nat(9999), (whole, fraction) => {
        const amount =
          fraction === 0 ? String(whole) : `${whole}.${String(fraction).padStart(4, '0').replace(/0+$/, '')}`;
        const [left, right] = amount.split('.') as [string, string | undefined];
        const grouped = left.replace(/\B(?=(\d{3})+$)/g, ',') + (right === undefined ? '' : `.${right}`);
        for (const text of [amount, grouped, `￥${grouped}`, `${grouped} 元`, `人民币${amount}元`])
          expect([text, value(parseMoneyCell(text))]).toEqual([text, { amount, currency: 'CNY' }]);
        expect(value(parseMoneyCell(`NT$ ${grouped}`))).toEqual({ amount, currency: 'TWD' });
      }),
    );
  });
  test('units shift the point without losing a digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), (tenths) => {
        const text = (tenths / 10).toFixed(1);
        expect(value(parseMoneyCell(`${text}萬元`))).toEqual({ amount: String(tenths * 1000), currency: 'CNY' });
        expect(value(parseMoneyCell(text, { shift: 4, currency: 'TWD' }))).toEqual({
          amount: String(tenths * 1000),
          currency: 'TWD',
        });
      }),
    );
    expect(value(parseMoneyCell('1.2億'))).toEqual({ amount: '120000000', currency: 'CNY' });
    expect(value(parseMoneyCell('100万美元', { shift: 8 }))).toEqual({ amount: '1000000', currency: 'USD' });
    expect(value(parseMoneyCell('USD 1.5 million'))).toEqual({ amount: '1500000', currency: 'USD' });
    expect(value(parseMoneyCell('(300)'))).toEqual({ amount: '-300', currency: 'CNY' });
  });
  test('an amount in Chinese numerals, as on licences, is the number that was written', () => {
    // Written the other way round, group by group: an oracle of its own.
    const below = (n: number, [digits, steps]: readonly [string, string]): string =>
      [3, 2, 1, 0]
        .map((place) => Math.floor(n / 10 ** place) % 10)
        .map((digit, at) => (digit === 0 ? '0' : `${digits[digit]}${at === 3 ? '' : steps[at]}`))
        .join('')
        .replace(/0+$/u, '')
        .replace(/^0+|0+/gu, (zeros, at) => (zeros === '' ? '' : at === 0 && n >= 1000 ? '' : (digits[0] ?? '')));
    const written = (n: number, style: readonly [string, string, string, string]): string => {
      const [digits, steps, myriad, hundredMillion] = style;
      const parts = [Math.floor(n / 1e8), Math.floor(n / 1e4) % 1e4, n % 1e4].map((part) =>
        below(part, [digits, steps]),
      );
      return parts
        .map((part, at) => (part === '' ? '' : `${part}${[hundredMillion, myriad, ''][at]}`))
        .join('')
        .replace(new RegExp(`^${digits[0]}+`, 'u'), '');
    };
    const styles = [
      ['零一二三四五六七八九', '千百十', '萬', '億'],
      ['零壹贰叁肆伍陆柒捌玖', '仟佰拾', '万', '亿'],
    ] as const;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), fc.constantFrom(...styles), (n, style) => {
        const text = written(n, style);
        expect([text, value(parseMoneyCell(`${text}元整`))]).toEqual([text, { amount: String(n), currency: 'CNY' }]);
      }),
    );
    for (const [text, amount] of [
      ['一百萬', '1000000'],
      ['伍佰萬元整', '5000000'],
      ['人民幣壹仟贰佰万元', '12000000'],
      ['十五', '15'],
      ['兩億', '200000000'],
    ] as const)
      expect([text, value(parseMoneyCell(text))]).toEqual([text, { amount, currency: 'CNY' }]);
    expect(value(parseMoneyCell('五百', { shift: 4 }))).toEqual({ amount: '5000000', currency: 'CNY' });
    for (const text of ['三百五', '三萬五', '一二三', '十十', '萬', '百萬', '億萬', '五千千'])
      expect([text, value(parseMoneyCell(text))]).toEqual([text, 'refused']);
  });
  test('what is no number is refused', () => {
    for (const text of ['abc', '1.000,50', '1,23', '12..3', '=1+1', '1e5', '--5'])
      expect([text, value(parseMoneyCell(text))]).toEqual([text, 'refused']);
  });
  test('numbers, whole numbers, percentages', () => {
    expect(value(parseNumberCell('1,200.5 ㎡'))).toBe(1200.5);
    expect(value(parseIntegerCell('120人'))).toBe(120);
    expect(value(parseIntegerCell('12.0'))).toBe(12);
    expect(value(parseIntegerCell('12.5'))).toBe('refused');
    expect(value(parsePercentCell('35 %'))).toBe(35);
  });
});

describe('options', () => {
  test('every value is recognised by its label in three languages and by its key', () => {
    for (const set of Object.keys(OPTION_SETS) as OptionSetName[]) {
      for (const option of optionsOf(set)) {
        for (const catalogue of fieldCatalogues) {
          const label = catalogue[`option.${set}.${option}`] as string;
          expect([set, label, value(parseEnumCell(label, set))]).toEqual([set, label, option]);
        }
        expect(value(parseEnumCell(option, set))).toBe(option);
      }
    }
  });
  test('usual synonyms, open sets, several values', () => {
    expect(value(parseEnumCell('有限公司', 'legalForm'))).toBe('limitedLiability');
    expect(value(parseEnumCell('中国', 'country'))).toBe('cn');
    expect(value(parseEnumCell('臺灣', 'country'))).toBe('tw');
    expect(value(parseEnumCell('广东省', 'region', true))).toBe('southChina');
    expect(value(parseEnumCell('電子零件', 'industry', true))).toBe('電子零件');
    expect(value(parseEnumCell('電子零件', 'legalForm'))).toBe('refused');
    expect(value(parseMultiEnumCell('決策人、使用者；決策人', { options: 'purchaseRole' }))).toEqual([
      'decisionMaker',
      'user',
    ]);
    expect(value(parseMultiEnumCell('決策人、路人', { options: 'purchaseRole' }))).toBe('refused');
  });
  test('yes and no', () => {
    for (const text of ['是', '有', 'yes', 'Y', 'TRUE', '1', '√', '✓', 'ｙ'])
      expect([text, value(parseBooleanCell(text))]).toEqual([text, true]);
    for (const text of ['否', '無', 'no', 'N', 'false', '0', '×'])
      expect([text, value(parseBooleanCell(text))]).toEqual([text, false]);
    expect(value(parseBooleanCell('maybe'))).toBe('refused');
    expect(['原件', '正本', '是', '复印件', '副本', 'copy'].map((text) => value(parseOriginalCell(text)))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('cells', () => {
  const samples: Record<string, string> = {
    date: '2026年1月5日',
    partialDate: '1998',
    integer: '12',
    number: '1.5',
    percent: '30%',
    money: '5萬',
    boolean: '是',
    phone: '０２-１２３４５６７８',
    email: 'a@b.com',
  };
  test('what a cell gives can be stored', () => {
    for (const kind of CARD_KINDS) {
      for (const field of cardFields(kind)) {
        if (field.type === 'list') continue;
        const text = field.options ? (optionsOf(field.options)[0] as string) : (samples[field.type] ?? '文字');
        const result = parseCell(field, text);
        expect([field.key, result.ok]).toEqual([field.key, true]);
        const name = kind === 'enterprise' ? { registeredName: '甲' } : { name: '甲' };
        if (result.ok)
          expect([
            field.key,
            validateCard(kind, { ...name, [field.key]: result.value }).errors.filter(
              (error) => error.message !== 'validation.tooSmall',
            ),
          ]).toEqual([field.key, []]);
      }
    }
  });
  test('blanks and placeholders are empty', () => {
    const field = (type: FieldDefinition['type']): FieldDefinition => ({ key: 'x', type, required: 'optional' });
    for (const type of ['text', 'date', 'money', 'boolean', 'phone'] as const)
      expect(parseCell(field(type), '  ')).toEqual({ ok: true, value: null });
    for (const text of ['-', 'N/A', '無', '未填', '——'])
      expect(parseCell(field('money'), text)).toEqual({ ok: true, value: null });
    expect(parseCell(field('text'), '無')).toEqual({ ok: true, value: '無' });
    expect(parseCell({ ...field('date'), allowIndefinite: true }, '长期')).toEqual({ ok: true, value: 'indefinite' });
  });
  test('R63 text that looks like a formula stays the same text', () => {
    const text: FieldDefinition = { key: 'x', type: 'text', required: 'optional' };
    for (const payload of ['=1+1', '@SUM(A1)', '+886-2-1234', "-2+3+cmd|' /C calc'!A0"])
      expect(parseCell(text, payload)).toEqual({ ok: true, value: payload });
  });
  test('no cell makes a parser throw, and money is always canonical', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...cardFields('enterprise')), (text, field) => {
        const result = parseCell(field, text);
        if (result.ok && field.type === 'money' && result.value !== null)
          expect((result.value as Money).amount).toMatch(/^-?(0|[1-9]\d*)(\.\d{1,4})?$/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('documents', () => {
  test('every type and class is recognised by its label in three languages, its key and its number', () => {
    for (const type of DOCUMENT_TYPES) {
      for (const catalogue of catalogues) {
        const label = catalogue[`documentType.${type.key}`] as string;
        expect([label, recogniseDocumentType(label)]).toEqual([label, type.key]);
      }
      expect(recogniseDocumentType(type.key)).toBe(type.key);
      expect(recogniseDocumentType(type.number.toLowerCase())).toBe(type.key);
    }
    for (const dossierClass of DOSSIER_CLASSES) {
      for (const catalogue of catalogues)
        expect(recogniseClass(catalogue[`dossierClass.${dossierClass}`] as string)).toBe(dossierClass);
      for (const text of [
        String(dossierClass),
        `第${dossierClass}類`,
        `Class ${dossierClass}`,
        `第${'一二三四五'[dossierClass - 1]}大类`,
      ])
        expect([text, recogniseClass(text)]).toEqual([text, dossierClass]);
    }
  });
  test('usual names', () => {
    const names = {
      營業執照: 'businessLicence',
      税务登记证: 'taxRegistration',
      授權書: 'powerOfAttorney',
      合同: 'contract',
      'Purchase order': 'contract',
      報關單: 'customsDeclaration',
      裝箱單: 'packingList',
      信用額度審批表: 'creditLimitApproval',
      客户走访报告: 'visitReport',
    };
    for (const [name, key] of Object.entries(names)) expect([name, recogniseDocumentType(name)]).toEqual([name, key]);
    for (const text of ['', '6', '0', 'nothing'])
      expect([recogniseClass(text), recogniseDocumentType(text)]).toEqual([undefined, undefined]);
  });
});
