import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ARRANGEMENTS,
  CLEANING_KINDS,
  type CleaningFinding,
  type KeptFinding,
  staysValid,
} from '../../../shared/domain/archive-year.ts';
import { DEFAULT_BINDING } from '../../../shared/domain/binding.ts';
import { DOCUMENT_TYPES } from '../../../shared/domain/document-types.ts';
import { cleaningAtOnce, type PaperOfYear, standingAtOnce } from '../../support/cleaning-at-once.ts';
import { arrangedAtOnce } from '../../support/volumes-at-once.ts';

const paper: fc.Arbitrary<PaperOfYear> = fc.record({
  id: fc.integer({ min: 1, max: 1_000_000 }),
  code: fc.string({ minLength: 1, maxLength: 12 }),
  customer: fc.constantFrom('E000001', 'E000002', 'P000001'),
  class: fc.constantFrom(1 as const, 2 as const, 4 as const),
  type: fc.constantFrom('businessLicence' as const, 'contract' as const, 'packingList' as const),
  title: fc.string(),
  date: fc.option(fc.constantFrom('2025-03-01', '2025-06', '2026-02-01'), { nil: null }),
  documentNumber: fc.constantFrom('', 'HT-1', 'HT-2'),
  pages: fc.integer({ min: 0, max: 3 }),
  filedOn: fc.constant('2025-12-01'),
  directExport: fc.boolean(),
  lentTo: fc.option(fc.constant('李 2026-01-01'), { nil: null }),
  scans: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }),
  numberElsewhere: fc.option(fc.constant('KH·2·E000009·L0001'), { nil: null }),
});
const papers = fc.uniqueArray(paper, { selector: (one) => one.id, maxLength: 30 });
const finding = fc.record({
  kind: fc.constantFrom(...CLEANING_KINDS),
  key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  class: fc.constantFrom(1 as const, 3 as const),
  subject: fc.string(),
  customer: fc.string(),
  title: fc.string(),
  detail: fc.string(),
});
const live = fc.uniqueArray(finding, { selector: (one) => one.key });
const kept = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom(...CLEANING_KINDS),
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    class: fc.constantFrom(1 as const, 3 as const),
    subject: fc.string(),
    customer: fc.string(),
    title: fc.string(),
    detail: fc.string(),
    reason: fc.constantFrom('', '  ', '客戶已歇業'),
    at: fc.option(fc.constant('2026-01-05T08:00:00.000Z'), { nil: null }),
    by: fc.string(),
  }),
  { selector: (one) => one.key },
);

describe('Y1 the cleaning list', () => {
  test('each matter is found once, by kind, and the same year gives the same list', () => {
    fc.assert(
      fc.property(papers, (list) => {
        const found = cleaningAtOnce({ papers: list, dossiers: [], due: [] });
        expect(new Set(found.map((one) => one.key)).size).toBe(found.length);
        const kinds = found.map((one) => CLEANING_KINDS.indexOf(one.kind));
        expect(kinds).toEqual([...kinds].sort((a, b) => a - b));
        expect(cleaningAtOnce({ papers: list, dossiers: [], due: [] })).toEqual(found);
      }),
    );
  });
  test('what is out, undated or uncounted is always found, and nothing else of the kind', () => {
    fc.assert(
      fc.property(papers, (list) => {
        const found = cleaningAtOnce({ papers: list, dossiers: [], due: [] });
        const codes = (kind: CleaningFinding['kind']) =>
          found.filter((one) => one.kind === kind).map((one) => one.key.split(':')[1]);
        const ids = (keep: (one: PaperOfYear) => boolean) => list.filter(keep).map((one) => String(one.id));
        expect(codes('openLoan')).toEqual(ids((one) => one.lentTo !== null));
        expect(codes('withoutDate')).toEqual(ids((one) => one.date === null));
        expect(codes('uncounted')).toEqual(ids((one) => one.pages === 0));
      }),
    );
  });
  test('the first of two equal papers is no duplicate, every later one is', () => {
    fc.assert(
      fc.property(paper, fc.integer({ min: 1, max: 5 }), (one, more) => {
        const scanned = { ...one, scans: ['same'] };
        const list = Array.from({ length: more + 1 }, (_, index) => ({ ...scanned, id: index + 1 }));
        const found = cleaningAtOnce({ papers: list, dossiers: [], due: [] });
        expect(found.filter((each) => each.kind === 'duplicate')).toHaveLength(more);
      }),
    );
  });
  test('an incomplete export order is one finding, whatever it lacks (D4)', () => {
    const found = cleaningAtOnce({
      papers: [],
      dossiers: [
        {
          customer: 'E000001',
          name: '甲',
          gaps: [
            { class: 1, type: 'businessLicence', reason: 'neverFiled' },
            { class: 4, type: 'packingList', exportOrder: 'PO-1', reason: 'neverFiled' },
            { class: 4, type: 'inspectionReport', exportOrder: 'PO-1', reason: 'takenOut' },
            { class: 4, type: 'packingList', exportOrder: 'PO-2', reason: 'neverFiled' },
          ],
        },
      ],
      due: [{ code: 'KH·1·2010·001', class: 1, title: '2010 年第 1 卷', endedOn: '2021-12-31' }],
    });
    expect(found.map((one) => [one.kind, one.detail])).toEqual([
      ['exportSet', 'packingList,inspectionReport'],
      ['exportSet', 'packingList'],
      ['missingPaper', 'businessLicence'],
      ['expiredRetention', '2021-12-31'],
    ]);
  });
  test('a misfiled paper says why: an export type without export, a number of another dossier, a date after its filing', () => {
    const base: PaperOfYear = {
      id: 1,
      code: 'KH·4·E000001·L0001',
      customer: 'E000001',
      class: 4,
      type: 'packingList',
      title: '發貨碼單',
      date: '2025-05-01',
      documentNumber: '',
      pages: 1,
      filedOn: '2025-06-01',
      directExport: false,
      lentTo: null,
      scans: [],
      numberElsewhere: null,
    };
    const reasons = [
      base,
      { ...base, directExport: true, numberElsewhere: 'KH·4·E000002·L0009' },
      { ...base, directExport: true, date: '2025-07-01' },
      { ...base, directExport: true, date: '2025-06' },
    ].map((one) => cleaningAtOnce({ papers: [one], dossiers: [], due: [] })[0]?.detail);
    expect(reasons).toEqual([
      'exportTypeOfDomestic',
      'sameNumberElsewhere:KH·4·E000002·L0009',
      'afterFiling',
      undefined,
    ]);
  });
});

describe('Y1 how findings stand', () => {
  test('all that is found now stands there once; only a reason explains; what is gone without one is settled', () => {
    fc.assert(
      fc.property(live, kept, (now, before: readonly KeptFinding[]) => {
        const standing = standingAtOnce(now, before);
        expect(new Set(standing.map((one) => one.key)).size).toBe(standing.length);
        const present = new Set<string>(now.map((one) => one.key));
        for (const one of standing) {
          if (one.state === 'settled') expect(present.has(one.key)).toBe(false);
          if (one.state === 'open') expect(present.has(one.key)).toBe(true);
          if (one.state === 'explained') expect(one.reason.trim()).not.toBe('');
          if (one.state === 'open') expect(one.reason).toBe('');
        }
        expect(standing.length).toBe(new Set([...present, ...before.map((one) => one.key)]).size);
      }),
    );
  });
});

describe('Y1 what is carried forward', () => {
  test('basic papers of lasting force that nothing has superseded and that outlast the year', () => {
    expect(staysValid({ type: 'businessLicence', validUntil: null, superseded: false }, 2025)).toBe(true);
    expect(staysValid({ type: 'businessLicence', validUntil: '2025-12-31', superseded: false }, 2025)).toBe(false);
    expect(staysValid({ type: 'powerOfAttorney', validUntil: '2026-01-01', superseded: false }, 2025)).toBe(true);
    expect(staysValid({ type: 'businessLicence', validUntil: null, superseded: true }, 2025)).toBe(false);
    expect(staysValid({ type: 'contract', validUntil: null, superseded: false }, 2025)).toBe(false);
    const lasting = DOCUMENT_TYPES.filter((type) =>
      staysValid({ type: type.key, validUntil: null, superseded: false }, 2025),
    );
    expect(lasting.every((type) => type.class === 1)).toBe(true);
  });
});

describe('Y1 arrangement of a class', () => {
  const toArrange = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 10_000 }),
      pages: fc.integer({ min: 1, max: 300 }),
      customer: fc.constantFrom('E1', 'E2', 'E3'),
    }),
    { selector: (one) => one.id, maxLength: 60 },
  );
  const settings = fc.record({
    sheetMm: fc.constantFrom(0.08, 0.104, 0.125),
    maxThicknessMm: fc.constantFrom(10, 15, 20, 30, 40, 50),
    coverMm: fc.constant(DEFAULT_BINDING.coverMm),
    doubleSided: fc.boolean(),
  });
  test('every paper stands in one volume, volumes are numbered from 1, and each arrangement keeps its order', () => {
    fc.assert(
      fc.property(toArrange, fc.constantFrom(...ARRANGEMENTS), settings, (list, arrangement, chosen) => {
        const byCustomer = [...list].sort((a, b) => a.customer.localeCompare(b.customer));
        const wanted = arrangement === 'running' ? [...list].sort((a, b) => a.id - b.id) : byCustomer;
        const volumes = arrangedAtOnce(wanted, arrangement, chosen, 1);
        const ids = volumes.flatMap((volume) => volume.papers.map((one) => one.id));
        expect(ids).toEqual(wanted.map((one) => one.id));
        // A sheet of its card for each customer, one of a divider for each run, one of the catalogue for forty papers.
        const runs = wanted.filter((one, at) => one.customer !== wanted[at - 1]?.customer).length;
        const own = wanted.reduce((sum, one) => sum + (chosen.doubleSided ? Math.ceil(one.pages / 2) : one.pages), 0);
        expect(volumes.reduce((sum, volume) => sum + volume.sheets, 0)).toBe(
          own +
            new Set(wanted.map((one) => one.customer)).size +
            (runs * 2 <= wanted.length || runs === 1 ? runs : 0) +
            Math.floor(wanted.length / 40),
        );
        expect(volumes.map((volume) => volume.volume)).toEqual(volumes.map((_, index) => index + 1));
        if (arrangement === 'customerVolumes')
          for (const volume of volumes) expect(new Set(volume.papers.map((one) => one.customer)).size).toBe(1);
        for (const volume of volumes)
          if (volume.papers.length > 1) expect(volume.thicknessMm).toBeLessThanOrEqual(chosen.maxThicknessMm + 0.01);
      }),
    );
  });
});
