import { describe, expect, test } from 'vitest';
import {
  binderRows,
  neighbourType,
  standing,
  withTypeStarts,
} from '../../../../renderer/features/dossiers/binder-rows.ts';
import { actsOf, ORDER_TYPES, typesOf } from '../../../../renderer/features/dossiers/dossier-types.ts';
import { orderMatrix } from '../../../../renderer/features/dossiers/order-matrix.ts';
import { changesOf, filingOf, startValues } from '../../../../renderer/features/dossiers/paper-values.ts';
import { isScanFile, titleOfFile } from '../../../../renderer/features/dossiers/scan-files.ts';
import type { Paper } from '../../../../shared/contract/dossiers.ts';

const paper = (more: Partial<Paper> = {}): Paper => ({
  code: 'KH·1·E000001·L0001',
  customer: 'E000001',
  customerName: '恆昌貿易',
  class: 1,
  type: 'businessLicence',
  sequence: 1,
  title: '營業執照',
  documentNumber: '',
  responsible: '',
  date: '2025-01-05',
  pages: 2,
  original: false,
  copies: 1,
  medium: 'paper',
  security: 'ordinaryTradeSecret',
  retention: 'D10',
  place: '1 號櫃',
  note: '',
  exportOrder: null,
  validUntil: null,
  extra: {},
  state: 'inPlace',
  loan: null,
  volume: null,
  scans: [],
  withheld: false,
  addedAt: '2026-01-05T08:00:00.000Z',
  revision: 1,
  ...more,
});
const gap = (type: string, exportOrder: string | null = null) => ({ class: 1, type, exportOrder, since: null });

describe('D7 the catalogue sheet', () => {
  const order = typesOf(1, false).map((type) => type.key as string);

  test('a gap stands where its paper would, under its type', () => {
    const rows = binderRows(
      [paper(), paper({ code: 'b', type: 'powerOfAttorney' })],
      [gap('background'), gap('taxRegistration')],
      order,
    );
    expect(rows.map((row) => `${row.kind} ${row.type}`)).toEqual([
      'paper businessLicence',
      'gap taxRegistration',
      'paper powerOfAttorney',
      'gap background',
    ]);
    expect(withTypeStarts(rows).every((line) => line.startsType)).toBe(true);
  });

  test('papers keep the order of the catalogue inside their type', () => {
    const rows = binderRows([paper({ code: 'a' }), paper({ code: 'b' })], [], order);
    expect(rows.map((row) => row.key)).toEqual(['a', 'b']);
    expect(withTypeStarts(rows).map((line) => line.startsType)).toEqual([true, false]);
  });

  test('what was taken out or superseded keeps its entry but does not stand in the class', () => {
    expect(
      standing([paper(), paper({ state: 'removed' }), paper({ state: 'superseded' }), paper({ state: 'lent' })]),
    ).toBe(2);
  });

  test('Alt and an arrow lead to the next type and stop at the ends', () => {
    expect(neighbourType(order, 'businessLicence', 1)).toBe('taxRegistration');
    expect(neighbourType(order, 'businessLicence', -1)).toBeNull();
  });
});

test('L3 an original is never offered for lending, a lent paper is taken back, a bound one stays', () => {
  const row = (more: Partial<Paper>) => ({ kind: 'paper', key: 'a', type: 'contract', paper: paper(more) }) as const;
  expect(actsOf(row({})).lend).toBe(true);
  expect(actsOf(row({ original: true })).lend).toBe(false);
  expect(actsOf(row({ state: 'lent' }))).toMatchObject({ lend: false, takeBack: true, takeOut: false });
  expect(actsOf(row({ state: 'bound' }))).toMatchObject({ move: false, takeOut: false });
  expect(actsOf(row({ state: 'removed' })).putBack).toBe(true);
});

describe('D4 export orders against their four documents', () => {
  const orders = [
    { orderNumber: 'PO-1', date: '2026-03-01', description: '' },
    { orderNumber: 'PO-2', date: '2026-04-01', description: '' },
  ];

  test('the four documents are those of the source, in its order', () => {
    expect(ORDER_TYPES).toEqual(['packingList', 'customsDeclaration', 'inspectionReport', 'commodityInspection']);
  });

  test('a cell is filled by a paper in place, lent or bound; explained by a waiver; else missing', () => {
    const papers = [
      paper({ type: 'packingList', exportOrder: 'PO-1', state: 'lent' }),
      paper({ type: 'customsDeclaration', exportOrder: 'PO-1', state: 'removed' }),
    ];
    const waivers = [{ type: 'commodityInspection', exportOrder: 'PO-1', reason: '非法檢商品' }];
    const [second, first] = orderMatrix({ orders, papers, waivers, types: ORDER_TYPES });
    expect(first?.cells.map((cell) => cell.state)).toEqual(['filed', 'missing', 'missing', 'waived']);
    expect(first?.missing).toBe(2);
    expect(second?.orderNumber).toBe('PO-2');
    expect(second?.missing).toBe(4);
  });
});

describe('a catalogue entry being typed', () => {
  test('D8 a dropped file gives the title and says it is a scan', () => {
    const file = new File(['x'], '稅務登記證_2024.pdf');
    const values = startValues({ class: 1, files: [file] }, null, '2 號櫃');
    expect(values).toMatchObject({ title: '稅務登記證 2024', medium: 'scan', place: '2 號櫃' });
    expect(titleOfFile('a.b.TIFF')).toBe('a.b');
    expect(isScanFile({ name: 'x.jpeg' })).toBe(true);
    expect(isScanFile({ name: 'x.docx' })).toBe(false);
  });

  test('only what differs is sent as a correction', () => {
    const entry = paper({ extra: { issuer: '市監局' } });
    const same = startValues({ class: 1 }, entry, '');
    expect(changesOf(entry, same)).toEqual({});
    expect(changesOf(entry, { ...same, title: '新題名', extra: { issuer: '市監局', licenceNumber: '' } })).toEqual({
      title: '新題名',
    });
    expect(changesOf(entry, { ...same, extra: {} })).toEqual({ extra: {} });
  });

  test('a new entry leaves empty particulars out', () => {
    const values = {
      ...startValues({ class: 2, type: 'contract' }, null, ''),
      title: ' 購銷合同 ',
      extra: { amount: null, contractNumber: 'A-1' },
    };
    expect(filingOf('E000001', values)).toMatchObject({
      customer: 'E000001',
      title: '購銷合同',
      extra: { contractNumber: 'A-1' },
    });
  });
});
