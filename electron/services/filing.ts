import type { OutputOf } from '../../shared/contract/contract.ts';
import { DEFAULT_SECURITY_LEVEL, SECURITY_LEVELS } from '../../shared/domain/security-levels.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { cleanFileName } from '../exchange/file-name.ts';
import { type FilingRequest, toFilingRequests } from '../exchange/filing-manifest.ts';
import { sourceFromBytes } from '../exchange/import-client.ts';
import { inspectAttachment } from '../exchange/media-type.ts';
import type { Table } from '../exchange/tables/table-types.ts';
import type { CustomerRow } from '../store/customers.ts';
import { exportOrders, insertExportOrder } from '../store/papers.ts';
import type { CommandContext, HandlersOf, JobContext, QueryContext } from './context.ts';
import { attach } from './documents.ts';
import { filePaper } from './dossiers.ts';
import { namedCustomer } from './named-customer.ts';
import { recountDossier } from './paper-record.ts';
import { breathe, importRefused, type RefusedRow, refusedRow, rowsRefused } from './table-imports.ts';
import { todayOf } from './today.ts';

type Output = OutputOf<'filing.apply'>;

interface Prepared {
  readonly request: FilingRequest;
  readonly customer: CustomerRow;
  readonly scans: readonly { readonly name: string; readonly bytes: Buffer }[];
  readonly pages: number;
}

async function prepare(
  context: JobContext,
  requests: readonly FilingRequest[],
  files: ReadonlyMap<string, string>,
  refused: RefusedRow[],
): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  for (const [index, request] of requests.entries()) {
    await breathe(context, index, requests.length, 'checkingRows');
    const problems: RefusedRow[] = [];
    const refuse = (field: string, value: string, message: string) =>
      problems.push({ row: request.row, field, value, message });
    const customer = namedCustomer(context.sql, request.customer, request.customerIs);
    if (typeof customer === 'string') refuse('customer', request.customer, `filing.customer.${customer}`);
    const scans: { name: string; bytes: Buffer }[] = [];
    let scanned = 0;
    for (const name of request.scans) {
      const upload = files.get(cleanFileName(name).name);
      if (upload === undefined) {
        refuse('scan', name, 'filing.scan.missing');
        continue;
      }
      const file = context.shelf.upload(upload);
      try {
        scanned += (await inspectAttachment(file.bytes, file.name)).pages;
        scans.push(file);
      } catch (thrown) {
        refuse('scan', name, `error.${AppError.from(thrown).code}`);
      }
    }
    if (problems.length > 0) refused.push(...problems);
    else if (typeof customer !== 'string')
      prepared.push({ request, customer, scans, pages: request.pages ?? Math.max(1, scanned) });
  }
  return prepared;
}

async function fileAll(context: CommandContext, prepared: readonly Prepared[]): Promise<Output['papers']> {
  const { sql, clock } = context;
  const papers: Output['papers'] = [];
  const touched = new Map<number, CustomerRow>();
  for (const [index, { request, customer, scans, pages }] of prepared.entries()) {
    context.signal.throwIfAborted();
    context.progress({ phase: 'sealing', done: index, total: prepared.length });
    const security = SECURITY_LEVELS.find((level) => level === request.security) ?? DEFAULT_SECURITY_LEVEL;
    // D4: a manifest that names an export order registers it.
    if (
      request.exportOrder !== null &&
      !exportOrders(sql, customer.id).some((order) => order.order_number === request.exportOrder)
    )
      insertExportOrder(sql, {
        customer_id: customer.id,
        order_number: request.exportOrder,
        date: request.date?.length === 10 ? request.date : todayOf(clock),
        description: '',
      });
    const row = filePaper(context, customer, {
      type: request.type,
      title: request.title,
      documentNumber: request.documentNumber,
      responsible: request.responsible,
      date: request.date,
      pages,
      original: request.original,
      copies: request.copies,
      medium: scans.length > 0 ? 'scan' : 'paper',
      security,
      retention: '',
      place: request.place,
      note: request.note,
      exportOrder: request.exportOrder,
      validUntil: request.validUntil,
      extra: {},
    });
    for (const scan of scans) await attach(context, row, scan);
    touched.set(customer.id, customer);
    papers.push({ code: row.code, customer: customer.number, class: row.class, title: row.title });
  }
  for (const customer of touched.values()) recountDossier(sql, customer, todayOf(clock));
  return papers;
}

function readManifest(
  context: QueryContext,
  input: { readonly upload: string; readonly encoding?: string | undefined; readonly sheet?: string | undefined },
): Promise<Table> {
  const manifest = context.shelf.upload(input.upload);
  return context.importer.read(
    sourceFromBytes(manifest.name, manifest.bytes),
    { encoding: input.encoding, sheet: input.sheet },
    { signal: context.signal, onProgress: context.progress },
  );
}

/** Papers and their scans from a manifest: every row is looked at before anything is filed. */
export const filingHandlers: HandlersOf<'filing.scanNames' | 'filing.apply'> = {
  'filing.scanNames': {
    phase: 'query',
    async run(context, input) {
      const { requests } = toFilingRequests(await readManifest(context, input));
      return { names: [...new Set(requests.flatMap((request) => request.scans))], rows: requests.length };
    },
  },
  'filing.apply': {
    phase: 'job',
    async run(context, input) {
      const table = await readManifest(context, input);
      const read = toFilingRequests(table);
      const refused = [...table.refused, ...read.refused].map(refusedRow);
      const files = new Map(input.scans.map((scan) => [cleanFileName(scan.name).name, scan.upload]));
      const prepared = await prepare(context, read.requests, files, refused);
      refused.sort((a, b) => a.row - b.row);
      context.note({
        object: 'filing',
        data: { rows: read.requests.length, refused: refused.length, dryRun: input.dryRun ? 1 : 0 },
      });
      if (input.dryRun) return { filed: 0, refused, dryRun: true, papers: [] };
      if (refused.length > 0 && !input.acceptValid)
        throw importRefused(refused, read.requests.length + rowsRefused(read.refused));
      const papers = await context.transaction((change) => fileAll(change, prepared));
      return { filed: papers.length, refused, dryRun: false, papers };
    },
  },
};
