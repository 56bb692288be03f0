import { indexRecord } from '../../electron/store/search-index.ts';
import type { SqlValue, Writer } from '../../electron/store/sql.ts';

/** Papers, visits, orders and loans in which every field has values that are frequent, rare and missing. */

const AT = '2026-01-01T00:00:00.000Z';
const TITLES = ['報關單', '永昌合同', '營業執照', 'Packing list', 'packing', ''];
const PLACES = ['', '甲櫃-1', '甲櫃-2', 'B-3'];
const DAYS = [null, '2024-05-06', '2025-01-02', '2025-11-30', '2026-01-10'];

/** Fills an empty archive inside a transaction that is taken back. */
export function addRecordsOfAllKinds(sql: Writer): void {
  const add = (table: string, row: Readonly<Record<string, SqlValue>>): number => {
    const keys = Object.keys(row);
    const { lastInsertRowid } = sql.run(
      `INSERT INTO ${table} (${keys.join(', ')}) VALUES (${keys.map((key) => `:${key}`).join(', ')})`,
      row,
    );
    return Number(lastInsertRowid);
  };
  const of = <T>(values: readonly T[], at: number): T => values[at % values.length] as T;
  // The same rows in every run, in no order that an index has by chance.
  let seed = 7;
  const any = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  const staff = ['王', '李', '王', 'Wu'].map((name) => add('staff', { name, department: of(['業務', ''], any()) }));
  const customers = Array.from({ length: 40 }, (_, at) => {
    const name = of(['永昌', '永昌貿易', 'Fox', '甲', '', '德成'], any());
    const id = add('customer', {
      number: `2026-E${at}`,
      kind: of(['enterprise', 'individual'], any()),
      tier: of(['key', 'special', 'general'], any()),
      status: 'active',
      completeness: 50,
      review_due: '2027-01-01',
      region: of(['', '華東', '北臺灣'], any()),
      name,
      created_at: AT,
      created_by: '',
      updated_at: AT,
      updated_by: '',
      reviewed_on: '',
      field_values: '{}',
    });
    indexRecord(sql, { kind: 'customer', id, name, body: [`2026-E${at}`] });
    return id;
  });
  const volume = add('volume', {
    ...{ year: 2024, class: 1, number: 1, code: 'V·1', title: '', retention: 'Y', papers: 1, customers: 1, pages: 1 },
    ...{
      sheets: 1,
      spine_millimetres: 1,
      sha256: '',
      fingerprint: '',
      attachment_id: '',
      audit_head: '',
      bound_at: AT,
    },
    bound_by: '',
  });
  const papers = Array.from({ length: 220 }, (_, at) => {
    const title = of(TITLES, any());
    const code = `${of(['KH', 'kh', 'Z'], any())}·${any() % 900}·${at}`;
    const responsible = of(['', '王'], any());
    const place = of(PLACES, any());
    const document_number = of(['', `A${at}B`, 'X-1'], any());
    const bound = any() % 9 === 0;
    const id = add('paper', {
      code,
      title,
      responsible,
      place,
      document_number,
      customer_id: of(customers, any() % 30),
      class: 1 + (any() % 3),
      type: of(['contract', 'contract', 'packingList', 'businessLicence'], any()),
      sequence: at,
      date: of(DAYS, any()),
      year: 2024 + (any() % 3),
      pages: any() % 4,
      original: any() % 2,
      copies: 1,
      medium: of(['paper', 'scan'], any()),
      security: of(['internal', 'confidential'], any()),
      retention: of(['Y', 'D30'], any()),
      note: of(['', '備註'], any()),
      valid_until: of(DAYS, any()),
      state: bound ? 'bound' : of(['inPlace', 'inPlace', 'removed', 'superseded'], any()),
      volume_id: bound ? volume : null,
      added_at: of([AT, '2025-02-03T04:05:06.000Z'], any()),
      added_by: 'keeper',
    });
    indexRecord(sql, { kind: 'paper', id, name: title, body: [code, document_number, responsible, place, '掃描永昌'] });
    for (let scan = any() % 3; scan > 0; scan -= 1)
      add('attachment', {
        ...{ id: `${id}-${scan}`, purpose: 'scan', paper_id: id, name: '', media_type: '', pages: 1, size: 1 },
        ...{ sha256_plain: '', sha256_cipher: '', key: '', added_at: AT, added_by: '' },
      });
    return id;
  });
  const reports = Array.from({ length: 4 }, (_, at) =>
    add('daily_report', {
      ...{
        number: `DR${9 - at}`,
        staff_id: of(staff, at),
        day: '2026-01-05',
        due_at: AT,
        recorded_at: AT,
        recorded_by: '',
      },
      ...{ updated_at: AT, updated_by: '' },
    }),
  );
  for (let at = 0; at < 200; at += 1)
    add('visit', {
      customer_id: of(customers, any()),
      staff_id: of(staff, any()),
      visited_at: `${of(['2025-01-02', '2025-11-30', '2026-01-10'], any())}T0${any() % 9}:00:00.000Z`,
      day: of(['2025-01-02', '2025-11-30', '2026-01-10'], any()),
      method: of(['visit', 'phone'], any()),
      purpose: of(['followUp', 'complaint', ''], any()),
      content: of(['談永昌', 'price list', ''], any()),
      result: of(['', 'order'], any()),
      report_id: any() % 6 === 0 ? of(reports, any()) : null,
      recorded_at: AT,
      recorded_by: of(['keeper', ''], any()),
    });
  for (let at = 0; at < 160; at += 1) {
    const id = add('customer_order', {
      customer_id: of(customers, any()),
      order_number: `DD-${any() % 50}-${at}`,
      date: of(['2025-01-02', '2025-11-30', '2026-01-10'], any()),
      description: of(['', '櫃', '永昌訂單'], any()),
      kind: of(['order', 'contract'], any()),
      export: any() % 2,
      state: of(['open', 'completed', 'cancelled'], any()),
      currency: of(['CNY', 'JPY', 'KWD'], any()),
      amount: (any() % 40) * 500,
      settlement: of(['', 'tt'], any()),
      payment_due: of(DAYS, any()),
      staff_id: of([null, ...staff], any()),
      recorded_at: AT,
    });
    if (any() % 8 === 0)
      add('order_over_limit', {
        ...{
          order_id: id,
          currency: 'CNY',
          credit_limit: 1,
          exposure: 2,
          noticed_at: AT,
          state: of(['held', 'released'], any()),
        },
        released_by: of(['', 'boss'], any()),
      });
  }
  const forms = [null, null, AT].map((put_back_at, at) =>
    add('loan_form', {
      ...{ number: `F${at}`, borrower_id: of(staff, at), purpose: '', lent_at: AT, lent_by: '', written_at: AT },
      signed_at: at === 1 ? AT : null,
      put_back_at,
    }),
  );
  const lendable = sql.all<{ id: number }>('SELECT id FROM paper WHERE original = 0').map(({ id }) => id);
  for (const [at, paper] of lendable.slice(0, 70).entries()) {
    const number = `L${any() % 90}-${at}`;
    const id = add('loan', {
      number,
      form_id: of([...forms, of(forms, 1), null], any()),
      paper_id: paper,
      borrower_id: of(staff, any()),
      purpose: of(['查帳', ''], any()),
      lent_at: AT,
      lent_by: 'keeper',
      due: of(['2025-12-30', '2026-01-20'], any()),
      condition_out: of(['good', 'worn'], any()),
      pages_out: any() % 3,
      returned_at: at % 3 === 0 ? null : AT,
      pages_in: at % 3 === 0 ? null : 1,
    });
    indexRecord(sql, { kind: 'loan', id, name: '', body: [number] });
  }
  if (papers.length === 0) throw new Error('No papers');
}
