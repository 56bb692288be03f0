import { describe, expect, test } from 'vitest';
import { mappingFromNames, proposeMapping, toCandidates } from '../../../electron/exchange/customer-table.ts';
import { AppError } from '../../../shared/errors/app-error.ts';

function candidates(headings: string[], rows: string[][], kind?: 'enterprise' | 'individual') {
  const proposal = proposeMapping(headings, kind);
  const table = { headings, rows: rows.map((cells, index) => ({ row: index + 2, cells })) };
  return { ...proposal, ...toCandidates(table, proposal.mapping, proposal.kind, kind !== undefined) };
}

describe('headings are recognised in three languages with their synonyms (cli.md import)', () => {
  test.each([
    [['客戶名稱', '統一編號', '聯絡人', '手機', '地址']],
    [['公司名称', '统一编号', '联系人', '手机', '地址']],
    [['Company Name', 'UBN', 'Contact person', 'Mobile', 'Address']],
    [['企業名稱*', '統編', '主要聯絡人', '行動電話', '公司地址（必填）']],
  ])('%j', (headings) => {
    expect(proposeMapping(headings)).toEqual({
      kind: 'enterprise',
      mapping: ['registeredName', 'taiwanBusinessNumber', 'contacts.0.name', 'contacts.0.mobile', 'registeredAddress'],
      unrecognised: [],
    });
  });

  test('a table of persons is told by its headings', () => {
    expect(proposeMapping(['姓名', '性別', '身分證字號', '手機', '住址']).kind).toBe('individual');
  });

  test('what is not recognised, or named twice, is listed and passed over', () => {
    const proposal = proposeMapping(['客戶名稱', '公司名稱', 'XYZ-7', '', '__proto__', 'constructor']);
    expect(proposal.mapping).toEqual(['registeredName', null, null, null, null, null]);
    expect(proposal.unrecognised).toEqual(['公司名稱', 'XYZ-7', '__proto__', 'constructor']);
  });

  test('a column that no row could be taken with is passed over: an account number without its bank', () => {
    expect(proposeMapping(['客戶名稱', '銀行帳號']).unrecognised).toEqual(['銀行帳號']);
    expect(proposeMapping(['客戶名稱', '開戶銀行', '銀行帳號']).unrecognised).toEqual([]);
  });

  test('a mapping from a file wins over what is recognised', () => {
    const proposal = mappingFromNames(
      ['A', '客戶名稱', '電話'],
      new Map<string, string | null>([
        ['A', 'registeredName'],
        ['電話', null],
      ]),
    );
    expect(proposal.mapping).toEqual(['registeredName', null, null]);
  });

  test('R63 a mapping to what is no field is refused', () => {
    for (const path of ['__proto__', 'constructor', 'toString', 'contacts.0.__proto__', 'nothing']) {
      const act = () => toCandidates({ headings: ['a'], rows: [] }, [path], 'enterprise');
      expect(act).toThrow(AppError);
    }
  });
});

describe('rows become cards', () => {
  test('values by type, lists from their columns, units of headings', () => {
    const { candidates: cards, refused } = candidates(
      ['客戶名稱', '註冊資本（萬元）', '成立日期', '聯絡人', '手機', '聯絡人2', '檔次', '客戶編號', '員工人數'],
      [['甲公司', '500', '民國105年3月2日', '王小明', '0912-345-678', '李四', '重要', 'E000007', '1,200']],
    );
    expect(refused).toEqual([]);
    expect(cards).toEqual([
      {
        row: 2,
        kind: 'enterprise',
        number: 'E000007',
        tier: 'key',
        control: {},
        values: {
          registeredName: '甲公司',
          registeredCapital: { amount: '5000000', currency: 'CNY' },
          foundedOn: '2016-03-02',
          employees: 1200,
          contacts: [{ name: '王小明', mobile: '0912-345-678' }, { name: '李四' }],
        },
      },
    ]);
  });

  test('R63 every refused cell is named by row and heading; the other rows stay', () => {
    const { candidates: cards, refused } = candidates(
      ['客戶名稱', '成立日期', '電子郵件'],
      [
        ['甲', '2020-01-01', 'a@example.com'],
        ['', '2020-01-01', ''],
        ['丙', '某日', 'not an address'],
        ['丁', '', ''],
      ],
    );
    expect(cards.map((card) => card.row)).toEqual([2, 5]);
    expect(refused).toMatchObject([
      { row: 3, field: '客戶名稱', value: '', message: 'validation.required' },
      { row: 4, field: '成立日期', value: '某日' },
    ]);
  });

  test('an e-mail that is none, a text too long: what a card could not store is refused here', () => {
    const { refused } = candidates(['客戶名稱', '電子郵件'], [['甲'.repeat(300), 'nowhere']]);
    expect(refused.map((cell) => cell.field).toSorted()).toEqual(['客戶名稱', '電子郵件'].toSorted());
  });

  test('R63 formula-looking texts are stored as they are', () => {
    const { candidates: cards } = candidates(['name', 'remarks'], [['=1+1', '@SUM(A1)']], 'enterprise');
    expect(cards[0]?.values).toEqual({ registeredName: '=1+1', remarks: '@SUM(A1)' });
  });

  test('a kind column decides row by row; a tier in it is taken for what it is', () => {
    const { candidates: cards, refused } = candidates(
      ['客戶名稱', '客戶類別', '手機'],
      [
        ['甲公司', '企業', ''],
        ['王小明', '個人', '0912'],
        ['乙公司', '重要', ''],
        ['丙', '外星人', ''],
      ],
    );
    expect(cards.map((card) => [card.row, card.kind, card.tier])).toEqual([
      [2, 'enterprise', undefined],
      [3, 'individual', undefined],
      [4, 'enterprise', 'key'],
    ]);
    expect(cards[1]?.values).toMatchObject({ name: '王小明', mobile: '0912' });
    expect(refused).toMatchObject([{ row: 5, value: '外星人' }]);
  });

  test('without such a column a row may still plainly be of the other kind; a fixed kind overrules', () => {
    const headings = ['姓名', '身份證號', '手機'];
    const rows = [
      ['王小明', '', '0912345678'],
      ['大同股份有限公司', '', '02-2345-6789'],
    ];
    expect(candidates(headings, rows).candidates.map((card) => card.kind)).toEqual(['individual', 'enterprise']);
    const fixed = candidates(headings, rows, 'individual').candidates;
    expect(fixed.map((card) => card.kind)).toEqual(['individual', 'individual']);
  });

  test('a phone without a contact goes to the legal representative, else to the company', () => {
    const { candidates: cards } = candidates(
      ['公司名稱', '負責人', '手機'],
      [
        ['甲', '王五', '0912345678'],
        ['乙', '', '0922345678'],
      ],
    );
    expect(cards[0]?.values.contacts).toEqual([{ name: '王五', mobile: '0912345678' }]);
    expect(cards[1]?.values).toEqual({ registeredName: '乙', telephone: '0922345678' });
  });
});
