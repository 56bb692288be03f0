import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CatalogueEntry, catalogueOrder } from '../../../shared/domain/catalogue-order.ts';
import {
  DOCUMENT_TYPE_KEYS,
  DOCUMENT_TYPES,
  documentType,
  documentTypesOf,
} from '../../../shared/domain/document-types.ts';
import { DOSSIER_CLASSES } from '../../../shared/domain/dossier-classes.ts';
import {
  type DossierToCheck,
  type FiledPaper,
  isExportOrderComplete,
  missingPapers,
} from '../../../shared/domain/missing-papers.ts';
import {
  barcodeText,
  formatReferenceCode,
  parseReferenceCode,
  provisionalCode,
  type ReferenceCode,
  referenceCode,
} from '../../../shared/domain/reference-code.ts';
import english from '../../../shared/i18n/en/domain.json' with { type: 'json' };
import simplified from '../../../shared/i18n/zh-Hans/domain.json' with { type: 'json' };
import traditional from '../../../shared/i18n/zh-Hant/domain.json' with { type: 'json' };

const typeKey = fc.constantFrom(...DOCUMENT_TYPE_KEYS);
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));

describe('document types', () => {
  test('D1–D5 stand in binder order, class by class', () => {
    expect(DOCUMENT_TYPES.map((type) => type.order)).toEqual(DOCUMENT_TYPES.map((_, index) => index + 1));
    expect(DOCUMENT_TYPES.map((type) => type.class)).toEqual([...DOCUMENT_TYPES.map((type) => type.class)].sort());
    expect(documentTypesOf(3, false).map((type) => type.key)).toEqual([
      'creditLimitApproval',
      'debtRegister',
      'repaymentAgreement',
      'extensionApproval',
      'repaymentPlan',
    ]);
    expect(
      documentTypesOf(3, true)
        .slice(-2)
        .map((type) => type.key),
    ).toEqual(['paymentMethod', 'creditSecurityRegistration']);
    expect(documentTypesOf(4, true).filter((type) => type.perExportOrder)).toHaveLength(4);
    expect(documentTypesOf(4, false)).toHaveLength(3);
  });
  test('types, extra fields, classes and reasons have words in three languages', () => {
    const keys = [
      ...DOCUMENT_TYPES.flatMap((type) => [
        `documentType.${type.key}`,
        ...type.extraFields.map((field) => `documentField.${field.key}`),
      ]),
      ...DOSSIER_CLASSES.map((dossierClass) => `dossierClass.${dossierClass}`),
    ];
    for (const catalogue of [traditional, simplified, english] as Record<string, string>[])
      expect(keys.filter((key) => !catalogue[key])).toEqual([]);
    expect(Object.keys(simplified)).toEqual(Object.keys(traditional));
    expect(Object.keys(english)).toEqual(Object.keys(traditional));
  });
});

describe('missing papers', () => {
  const dossier = (more: Partial<DossierToCheck> = {}): DossierToCheck => ({
    kind: 'enterprise',
    directExport: false,
    papers: [],
    exportOrders: [],
    waivers: [],
    ...more,
  });
  const types = (more: Partial<DossierToCheck>) => missingPapers(dossier(more)).map((gap) => gap.type);

  test('D1 a new enterprise lacks licence, tax registration, power of attorney, background; a person lacks nothing', () => {
    expect(types({})).toEqual(['businessLicence', 'taxRegistration', 'powerOfAttorney', 'background']);
    expect(types({ kind: 'individual' })).toEqual([]);
  });
  test('D1 a tax registration merged into the licence is not a gap; other papers cannot be merged away', () => {
    const waiver = { kind: 'mergedIntoLicence', reason: '三證合一', signedBy: '王' } as const;
    expect(types({ waivers: [{ ...waiver, type: 'taxRegistration' }] })).not.toContain('taxRegistration');
    expect(types({ waivers: [{ ...waiver, type: 'businessLicence' }] })).toContain('businessLicence');
  });
  test('D4 "not applicable" counts only with reason and signer', () => {
    const waiver = { type: 'powerOfAttorney', kind: 'notApplicable' } as const;
    expect(types({ waivers: [{ ...waiver, reason: '負責人親自簽約', signedBy: '王' }] })).not.toContain(
      'powerOfAttorney',
    );
    expect(types({ waivers: [{ ...waiver, reason: ' ', signedBy: '王' }] })).toContain('powerOfAttorney');
    expect(types({ waivers: [{ ...waiver, reason: 'x', signedBy: '' }] })).toContain('powerOfAttorney');
  });
  test('any background paper is background', () => {
    for (const type of ['background', 'visitReport', 'marketStandard', 'productComparison'] as const)
      expect(types({ papers: [{ type }] })).not.toContain('background');
  });
  test('D7 a gap says whether the paper never came, was taken out, superseded or has expired', () => {
    const reason = (paper: Omit<FiledPaper, 'type'>) =>
      missingPapers(dossier({ papers: [{ type: 'businessLicence', ...paper }], today: '2026-01-05' })).find(
        (gap) => gap.type === 'businessLicence',
      )?.reason;
    expect(reason({ removed: true })).toBe('takenOut');
    expect(reason({ superseded: true })).toBe('superseded');
    expect(reason({ validUntil: '2026-01-04' })).toBe('expired');
    expect(reason({ validUntil: '2026-01-05' })).toBeUndefined();
    expect(reason({ validUntil: 'indefinite' })).toBeUndefined();
  });
  test('a register is asked for once its class is in use', () => {
    expect(types({ kind: 'individual', papers: [{ type: 'contract' }] })).toEqual(['contractRegister']);
    expect(types({ kind: 'individual', papers: [{ type: 'returnApproval' }] })).toEqual([
      'returnRegister',
      'causeFinding',
    ]);
  });
  test('G3 a credit limit needs its approval form', () => {
    expect(types({ kind: 'individual', creditGiven: true })).toEqual(['creditLimitApproval']);
  });
  test('D3 D4 direct export: payment method, securities, and four papers for every single order', () => {
    const full = (['packingList', 'customsDeclaration', 'inspectionReport', 'commodityInspection'] as const).map(
      (type) => ({ type, exportOrder: 'X1' }),
    );
    const gaps = missingPapers(
      dossier({ kind: 'individual', directExport: true, exportOrders: ['X1', 'X2'], papers: full.slice(0, 3) }),
    );
    expect(gaps.filter((gap) => gap.class === 3).map((gap) => gap.type)).toEqual([
      'paymentMethod',
      'creditSecurityRegistration',
    ]);
    expect(gaps.filter((gap) => gap.exportOrder === 'X1').map((gap) => gap.type)).toEqual(['commodityInspection']);
    expect(gaps.filter((gap) => gap.exportOrder === 'X2')).toHaveLength(4);
    expect(isExportOrderComplete(dossier({ directExport: true, papers: full }), 'X1')).toBe(true);
    expect(isExportOrderComplete(dossier({ directExport: true, papers: full }), 'X2')).toBe(false);
    const waived = dossier({
      directExport: true,
      papers: full.slice(0, 3),
      waivers: [
        { type: 'commodityInspection', exportOrder: 'X1', kind: 'notApplicable', reason: '非法檢商品', signedBy: '王' },
      ],
    });
    expect(isExportOrderComplete(waived, 'X1')).toBe(true);
    expect(
      isExportOrderComplete(
        { ...waived, waivers: waived.waivers.map((waiver) => ({ ...waiver, exportOrder: 'X2' })) },
        'X1',
      ),
    ).toBe(false);
  });
  test('export papers are never asked of others, and gaps come in class order', () => {
    fc.assert(
      fc.property(
        fc.array(typeKey),
        fc.boolean(),
        fc.array(fc.constantFrom('X1', 'X2')),
        (keys, directExport, exportOrders) => {
          const gaps = missingPapers(
            dossier({ directExport, exportOrders, papers: keys.map((type) => ({ type, exportOrder: 'X1' })) }),
          );
          if (!directExport) expect(gaps.filter((gap) => documentType(gap.type).directExportOnly)).toEqual([]);
          expect(gaps.map((gap) => gap.class)).toEqual(gaps.map((gap) => gap.class).sort());
        },
      ),
    );
  });
  test('filing the missing papers closes every gap', () => {
    fc.assert(
      fc.property(
        fc.array(typeKey),
        fc.boolean(),
        fc.constantFrom('enterprise' as const, 'individual' as const),
        (keys, directExport, kind) => {
          let papers: FiledPaper[] = keys.map((type) => ({ type, exportOrder: 'X1' }));
          const gaps = () => missingPapers(dossier({ kind, directExport, papers, exportOrders: ['X1', 'X2'] }));
          for (let round = 0; round < 3; round += 1)
            papers = [...papers, ...gaps().map((gap) => ({ type: gap.type, exportOrder: gap.exportOrder ?? null }))];
          expect(gaps()).toEqual([]);
        },
      ),
    );
  });
});

describe('catalogue order', () => {
  const plain = fc.record({
    type: typeKey,
    date: fc.option(day),
    documentNumber: fc.option(fc.constantFrom('HT-2', 'HT-10', 'HT-9', '')),
    sequence: fc.nat(5),
    exportOrder: fc.option(fc.constantFrom('X1', 'X2', 'X10')),
    shippedOn: fc.option(day),
  });
  const entry: fc.Arbitrary<CatalogueEntry> = fc
    .record({ ...{ base: plain, follows: fc.option(plain) } })
    .map(({ base, follows }) => ({ ...base, follows }));

  test('D6 it is a total order', () => {
    fc.assert(
      fc.property(entry, entry, entry, (a, b, c) => {
        expect(Math.sign(catalogueOrder(a, b))).toBe(-Math.sign(catalogueOrder(b, a)) + 0);
        if (catalogueOrder(a, b) <= 0 && catalogueOrder(b, c) <= 0) expect(catalogueOrder(a, c)).toBeLessThanOrEqual(0);
        expect(catalogueOrder(a, a)).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });
  test('D6 classes and types come in binder order', () => {
    fc.assert(
      fc.property(fc.array(plain), (entries) => {
        const sorted = [...entries].sort(catalogueOrder);
        const classes = sorted.map((each) => documentType(each.type).class);
        expect(classes).toEqual([...classes].sort());
        const loose = sorted
          .filter((each) => !documentType(each.type).perExportOrder)
          .map((each) => documentType(each.type).order);
        expect(loose).toEqual([...loose].sort((a, b) => a - b));
      }),
    );
  });
  test('D2 contracts by signing time, an amendment right behind its contract', () => {
    const first = { type: 'contract', date: '2026-01-05', sequence: 3 } as const;
    const second = { type: 'contract', date: '2026-03-01', sequence: 1 } as const;
    const amendment = { type: 'contract', date: '2026-06-01', sequence: 9, follows: first } as const;
    const register = { type: 'contractRegister', date: '2026-12-31', sequence: 10 } as const;
    expect([amendment, second, register, first].sort(catalogueOrder)).toEqual([register, first, amendment, second]);
  });
  test('D4 export papers stay together by shipment, inside it in the order of the set', () => {
    const paper = (type: CatalogueEntry['type'], exportOrder: string, shippedOn: string): CatalogueEntry => ({
      type,
      exportOrder,
      shippedOn,
      date: '2026-01-01',
      sequence: 1,
    });
    const sorted = [
      paper('customsDeclaration', 'X2', '2026-02-01'),
      paper('packingList', 'X9', '2026-03-01'),
      paper('packingList', 'X2', '2026-02-01'),
      paper('commodityInspection', 'X9', '2026-03-01'),
    ].sort(catalogueOrder);
    expect(sorted.map((each) => `${each.exportOrder} ${each.type}`)).toEqual([
      'X2 packingList',
      'X2 customsDeclaration',
      'X9 packingList',
      'X9 commodityInspection',
    ]);
  });
  test('standards by number, in the natural order of numbers', () => {
    const standard = (documentNumber: string): CatalogueEntry => ({
      type: 'marketStandard',
      date: null,
      documentNumber,
      sequence: 1,
    });
    expect(
      ['GB 10', 'GB 9', 'GB 100']
        .map(standard)
        .sort(catalogueOrder)
        .map((each) => each.documentNumber),
    ).toEqual(['GB 9', 'GB 10', 'GB 100']);
  });
});

describe('reference codes', () => {
  const customerNumber = fc.oneof(
    fc.nat(999_999).map((n) => `E${String(n).padStart(6, '0')}`),
    fc.constantFrom('TPE-0012', 'P000001', 'A_1/2'),
  );
  const fonds = fc.constantFrom({}, { fonds: 'Q012' });
  const code: fc.Arbitrary<ReferenceCode> = fc.oneof(
    fc
      .record({
        kind: fc.constant('bound' as const),
        class: fc.constantFrom(...DOSSIER_CLASSES),
        year: fc.integer({ min: 1949, max: 2999 }),
        customerNumber,
        volume: fc.integer({ min: 1, max: 9999 }),
        item: fc.integer({ min: 1, max: 99_999 }),
        fonds,
      })
      .map(({ fonds: f, ...rest }) => ({ ...rest, ...f })),
    fc
      .record({
        kind: fc.constant('provisional' as const),
        class: fc.constantFrom(...DOSSIER_CLASSES),
        customerNumber,
        loose: fc.integer({ min: 1, max: 999_999 }),
        fonds,
      })
      .map(({ fonds: f, ...rest }) => ({ ...rest, ...f })),
  );
  test('§7.2 the printed forms', () => {
    expect(referenceCode({ class: 2, year: 2025, customerNumber: 'E000123', volume: 1, item: 7 })).toBe(
      'KH·2·2025-E000123·001-0007',
    );
    expect(referenceCode({ fonds: 'Q1', class: 2, year: 2025, customerNumber: 'E000123', volume: 1, item: 7 })).toBe(
      'Q1-KH·2·2025-E000123·001-0007',
    );
    expect(provisionalCode({ class: 2, customerNumber: 'E000123', loose: 7 })).toBe('KH·2·E000123·L0007');
  });
  test('D6 a code is read back as written, as a barcode holds it, and as somebody types it', () => {
    fc.assert(
      fc.property(code, (value) => {
        const text = formatReferenceCode(value);
        expect(parseReferenceCode(text)).toEqual(value);
        expect(parseReferenceCode(barcodeText(text))).toEqual(value);
        expect(parseReferenceCode(` ${text.toLowerCase().replaceAll('·', '・')} `)).toEqual(value);
        expect(barcodeText(text)).toMatch(/^[\x20-\x7e]+$/);
      }),
    );
  });
  test('different papers have different codes', () => {
    fc.assert(
      fc.property(
        code,
        code,
        (a, b) =>
          void expect(formatReferenceCode(a) === formatReferenceCode(b)).toBe(
            JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort()),
          ),
      ),
    );
  });
  test('other text is no code', () => {
    for (const text of ['', 'E000123', 'KH·6·E000123·L0007', 'KH·2·2025-E000123·001', '客戶'])
      expect(parseReferenceCode(text)).toBeUndefined();
  });
});
