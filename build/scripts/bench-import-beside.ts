import type { NewCard } from '../../electron/services/customers.ts';
import { type BenchDesk, waitsDuring } from './bench-desk.ts';
import { below, type Figure, median, timed } from './bench-measure.ts';
import type { PlainArchive } from './bench-plain.ts';

/** Ten thousand new customers brought into a filled archive, and how long others wait meanwhile. */

const IMPORTED_ROWS = 10_000;

/** Headings that the import recognises, by the key of their field. */
const IMPORT_COLUMNS = {
  registeredName: '客戶名稱',
  unifiedSocialCreditCode: '統一社會信用代碼',
  telephone: '電話',
  region: '地區',
  businessAddress: '經營地址',
  legalRepresentative: '法定代表人',
  mainProducts: '主要產品',
  website: '網站',
} as const;

/** New customers: the archive's own enterprises under other names and codes, so that their texts are as long as real ones. */
function importedCards(plain: PlainArchive, from: number): NewCard[] {
  const rows = plain.connection
    .prepare("SELECT field_values FROM customer WHERE kind = 'enterprise' ORDER BY id LIMIT ?")
    .all(IMPORTED_ROWS) as { field_values: string }[];
  return Array.from({ length: IMPORTED_ROWS }, (_, index) => {
    const position = from + index;
    const values = JSON.parse(rows[position % rows.length]?.field_values ?? '{}') as Record<string, unknown>;
    const texts = Object.keys(IMPORT_COLUMNS).flatMap((key) =>
      typeof values[key] === 'string' && values[key] !== '' ? [[key, values[key]] as const] : [],
    );
    return {
      kind: 'enterprise',
      values: {
        ...Object.fromEntries(texts),
        registeredName: `${String(values['registeredName'])}${position}分部`,
        unifiedSocialCreditCode: `91${String(position).padStart(16, '0')}`,
      },
    };
  });
}

/** What `importRows` brings in, under other numbers, as a file of a person who does it in the window. */
export const tableOfCustomers = (plain: PlainArchive): Buffer => tableOf(importedCards(plain, IMPORTED_ROWS));

function tableOf(cards: readonly NewCard[]): Buffer {
  const quoted = (value: unknown) => `"${String(value ?? '').replaceAll('"', '""')}"`;
  const keys = Object.keys(IMPORT_COLUMNS);
  const lines = cards.map(({ values }) => keys.map((key) => quoted(values[key])).join(','));
  return Buffer.from([Object.values(IMPORT_COLUMNS).join(','), ...lines].join('\r\n'));
}

/** Brings a table of new customers in while somebody asks on. */
export async function importRows(desk: BenchDesk, plain: PlainArchive): Promise<Figure[]> {
  const cards = importedCards(plain, 0);
  const file = tableOf(cards);
  let imported = 0;
  let waits: number[] = [];
  const took = await timed(async () => {
    waits = await waitsDuring(desk, async () => {
      const upload = await desk.upload('customers.csv', file, 'table');
      const { table } = await desk.call('imports.read', { upload, kind: 'enterprise' });
      ({ imported } = await desk.call('imports.apply', { table, kind: 'enterprise', acceptValid: true }));
    });
  });
  const baseline = await timed(plain.prepareImport(cards));
  return [
    {
      name: `import ${imported} rows from CSV (upload, read, judge, write)`,
      unit: 's',
      samples: [took / 1000],
      baseline: { name: 'inserting them into plain SQLite', samples: [baseline / 1000] },
      target: below(30, 's'),
    },
    { name: 'longest wait for any answer while importing', unit: 'ms', samples: [Math.max(...waits)] },
    { name: '– median wait', unit: 'ms', samples: [median(waits)] },
  ];
}
