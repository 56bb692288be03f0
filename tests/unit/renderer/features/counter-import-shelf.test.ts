import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  shelfBoards,
  shortFingerprint,
  spineWidth,
  type VolumeProposal,
} from '../../../../renderer/features/binding/shelf.ts';
import { importFieldGroups, importFieldLabel } from '../../../../renderer/features/imports/import-fields.ts';
import {
  addsUp,
  doubleFields,
  type ImportReport,
  refusedAsText,
  unmappedColumns,
  withColumn,
} from '../../../../renderer/features/imports/import-steps.ts';
import {
  cleanCode,
  fieldHasFocus,
  type Proposal,
  returnProblem,
  stageOf,
} from '../../../../renderer/features/loans/counter-state.ts';
import { STANDARD_FORMS } from '../../../../shared/domain/form-fields.ts';
import { recogniseHeading } from '../../../../shared/domain/import/recognise-heading.ts';

describe('the counter', () => {
  const proposal = (more: object): Proposal =>
    ({
      kind: 'paper',
      paper: {},
      mayLend: true,
      refusals: [],
      due: null,
      openLoan: null,
      form: null,
      reading: null,
      ...more,
    }) as never;

  test('B2 what is out comes back, what may go goes, what may not is refused', () => {
    expect(stageOf(proposal({})).stage).toBe('lending');
    expect(stageOf(proposal({ mayLend: false, refusals: ['original'] })).stage).toBe('refused');
    expect(stageOf(proposal({ mayLend: false, refusals: ['alreadyLent'], openLoan: {}, form: {} })).stage).toBe(
      'returning',
    );
    expect(stageOf(proposal({ mayLend: false, refusals: ['beingRead'], reading: {} })).stage).toBe('reading');
    expect(stageOf(proposal({ kind: 'form', form: { open: 1 } })).stage).toBe('returning');
    expect(stageOf(proposal({ kind: 'form', form: { open: 0 } })).stage).toBe('closed');
  });

  test('a code is one code, however it was typed', () => {
    expect(cleanCode(' ｊｙ-2026-0001 ')).toBe('JY-2026-0001');
    expect(cleanCode('kh·1·e000001·l0001')).toBe('KH·1·E000001·L0001');
  });

  test('B2 pages are counted; what does not fit is explained', () => {
    expect(returnProblem(9, null, 'intact')).toBe('count');
    expect(returnProblem(9, 9, 'intact')).toBeNull();
    expect(returnProblem(9, 8, 'intact')).toBe('explain');
    expect(returnProblem(9, 8, 'pagesMissing')).toBeNull();
  });

  test('the field has the focus unless a form is being filled in', () => {
    expect(fieldHasFocus({ stage: 'waiting' })).toBe(true);
    expect(fieldHasFocus(stageOf(proposal({})))).toBe(false);
  });
});

describe('columns and fields', () => {
  test('a field takes one column: giving it to another frees the first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.constantFrom('a', 'b', 'c')), { minLength: 1, maxLength: 6 }),
        fc.nat(5),
        fc.option(fc.constantFrom('a', 'b', 'c')),
        (mapping, at, field) => {
          const column = at % mapping.length;
          const next = withColumn(mapping, column, field);
          expect(next[column]).toBe(field);
          expect(next.filter((one) => one !== null && one === field).length).toBe(field === null ? 0 : 1);
        },
      ),
    );
  });

  test('unassigned and doubly assigned columns are told', () => {
    expect(unmappedColumns(['a', null, 'b', null])).toEqual([1, 3]);
    expect(doubleFields(['a', 'b', 'a', null, null])).toEqual(['a']);
  });

  test('every field a heading can mean is offered', () => {
    const offered = new Set(
      importFieldGroups('enterprise', ['contacts.1.name'], (key) => key, STANDARD_FORMS).flatMap((group) =>
        group.fields.map((field) => field.path),
      ),
    );
    for (const heading of ['客戶名稱', '統一社會信用代碼', '電話', '聯絡人', '聯絡人2', '客戶編號', '開戶銀行'])
      expect(offered).toContain(recogniseHeading(heading, 'enterprise'));
    expect(importFieldLabel('enterprise', 'contacts.1.name', (key) => key, STANDARD_FORMS)).toBe(
      'field.enterprise.contacts 2 · field.enterprise.contacts.name',
    );
  });

  test('the report accounts for every row', () => {
    const report = { rows: 10, imported: 4, updated: 3, unchanged: 1, refusedTotal: 2 } as ImportReport;
    expect(addsUp(report)).toBe(true);
    expect(addsUp({ ...report, rows: 11 })).toBe(false);
  });

  test('refused rows are copied as a table in which no cell computes', () => {
    const text = refusedAsText(
      [{ row: 3, field: '電話', value: '=1+1', reason: '電話號碼\n應含有數字' }],
      ['列', '欄', '值', '說明'],
    );
    expect(text).toBe("列\t欄\t值\t說明\n3\t電話\t'=1+1\t電話號碼 應含有數字");
  });
});

describe('the shelf', () => {
  const volume = (more: Partial<VolumeProposal>): VolumeProposal => ({
    year: 2025,
    class: 1,
    volume: 1,
    title: '',
    papers: 3,
    customers: 1,
    pages: 40,
    sheets: 20,
    spineMillimetres: 10,
    retention: 'D10',
    ...more,
  });

  test('Y1 volumes stand by class in their order; thickness is summed', () => {
    const boards = shelfBoards([volume({ class: 3 }), volume({ volume: 2, spineMillimetres: 30 }), volume({})]);
    expect(boards.map((board) => board.class)).toEqual([1, 3]);
    expect(boards[0]?.volumes.map((one) => one.volume)).toEqual([1, 2]);
    expect(boards[0]?.millimetres).toBe(40);
  });

  test('a thicker volume is never drawn thinner', () => {
    fc.assert(fc.property(fc.nat(200), fc.nat(200), (a, b) => a > b || spineWidth(a) <= spineWidth(b)));
  });

  test('a fingerprint shows its beginning and its end', () => {
    expect(shortFingerprint('0123456789abcdef'.repeat(4))).toBe('0123 4567 89ab cdef … 0123 4567 89ab cdef');
  });
});
