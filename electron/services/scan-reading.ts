import { setImmediate as turn } from 'node:timers/promises';
import { isBlankPage, isLongScan, looksAlike } from '../../shared/domain/scan-pages.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { OcrLanguage, PageReading, ScanMediaType } from '../scans/scan-client.ts';
import { findAttachment } from '../store/attachments.ts';
import { findPaperById } from '../store/papers.ts';
import {
  countScansToRead,
  findScanReading,
  readPagesOf,
  sameContents,
  saveScanReading,
  scansToRead,
} from '../store/scan-readings.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf, JobContext, OpenArchive } from './context.ts';
import { getCustomer } from './customers.ts';
import { readSealed } from './documents.ts';
import { reindexPaper, requirePaperContent } from './paper-record.ts';
import { readSettings } from './settings.ts';

/** What scans say: read in the background in a process without keys, kept with the paper, found by search (D8). */

/** Languages of recognition as the settings have them; none while it is off. */
function languagesOf(sql: Reader): readonly OcrLanguage[] {
  const { ocr, ocrLanguages } = readSettings(sql);
  return ocr ? ocrLanguages : [];
}

/** Whether a scan waits to be read, for whoever has the time. */
export function scansWait({ database }: Pick<OpenArchive, 'database'>): boolean {
  return scansToRead(database.reader, languagesOf(database.reader).join('+'), 1).length > 0;
}

/** There is no picture of a first page to be had, and none is looked for again. */
const NO_PICTURE = Buffer.alloc(0);

/** Errors of the file itself: it is not tried again. Anything else is an error of the work. */
const OF_THE_FILE = new Set(['FILE_DAMAGED', 'FILE_NOT_READABLE', 'FILE_TYPE_NOT_ALLOWED', 'INTEGRITY']);

async function readOne(
  context: JobContext,
  id: string,
  languages: readonly OcrLanguage[],
): Promise<{ readonly pages: readonly PageReading[]; readonly firstPage: Buffer | null } | null> {
  const row = findAttachment(context.sql, id);
  if (row === undefined || row.purpose !== 'scan') return null;
  try {
    const bytes = await readSealed(context.archive, row, row.name);
    const scan = { mediaType: row.media_type as ScanMediaType, bytes };
    const isLong = isLongScan({ size: row.size, mediaType: row.media_type });
    const firstPage = isLong ? await context.scanner.firstPage(scan, { signal: context.signal }) : null;
    return { pages: await context.scanner.read(scan, languages, { signal: context.signal }), firstPage };
  } catch (thrown) {
    if (OF_THE_FILE.has(AppError.from(thrown).code)) return { pages: [], firstPage: NO_PICTURE };
    throw thrown;
  }
}

export const scanReadingHandlers: HandlersOf<'scans.read' | 'scans.reading' | 'scans.text' | 'scans.findings'> = {
  'scans.read': {
    phase: 'job',
    async run(context, { scans, seconds }) {
      const { sql, clock, signal } = context;
      const languages = languagesOf(sql);
      const wanted = languages.join('+');
      const until = seconds === undefined ? Number.POSITIVE_INFINITY : clock.monotonicMs() + seconds * 1_000;
      const total = scans?.length ?? countScansToRead(sql, wanted).waiting;
      const counts = { read: 0, pages: 0, unreadable: 0 };
      const queue = scans === undefined ? undefined : [...scans];
      const next = (): string | undefined => (queue === undefined ? scansToRead(sql, wanted, 1)[0] : queue.shift());
      context.note({ object: 'scans' });
      for (let id = next(); id !== undefined && clock.monotonicMs() < until; id = next()) {
        signal.throwIfAborted();
        context.progress({ phase: 'readingScans', done: counts.read, total });
        // What was recognised once is not lost when recognition is off by now.
        const recognised = findScanReading(sql, id)?.languages ?? '';
        const used = languages.length > 0 || recognised === '' ? languages : (recognised.split('+') as OcrLanguage[]);
        const scan = id;
        const reading = await readOne(context, id, used);
        if (reading === null) throw new AppError('NOT_FOUND', { params: { what: 'scan' } });
        const { pages, firstPage } = reading;
        counts.read += 1;
        counts.pages += pages.length;
        counts.unreadable += pages.length === 0 ? 1 : 0;
        context.note({ object: `scan:${scan}`, data: { pages: pages.length } });
        // One transaction a scan: cancelled or locked, what was read stays.
        await context.transaction((change) => {
          saveScanReading(change.sql, {
            attachment_id: scan,
            read_at: clock.now().toISOString(),
            languages: used.join('+'),
            pages,
            first_page: firstPage,
          });
          const paperId = findAttachment(change.sql, scan)?.paper_id;
          const paper = paperId === null || paperId === undefined ? undefined : findPaperById(change.sql, paperId);
          if (paper !== undefined) reindexPaper(change.sql, paper);
        });
        await turn();
      }
      return { ...counts, waiting: countScansToRead(sql, wanted).waiting };
    },
  },
  'scans.reading': {
    phase: 'query',
    run({ sql }) {
      const languages = languagesOf(sql);
      return { ...countScansToRead(sql, languages.join('+')), recognition: languages.length > 0 };
    },
  },
  'scans.text': {
    phase: 'query',
    run(context, { scan }) {
      const row = findAttachment(context.sql, scan);
      const paper =
        row?.purpose === 'scan' && row.paper_id !== null ? findPaperById(context.sql, row.paper_id) : undefined;
      if (paper === undefined) throw new AppError('NOT_FOUND', { params: { what: 'scan' } });
      context.note({ object: `scan:${scan}` });
      requirePaperContent(context.actor.role, paper);
      const reading = findScanReading(context.sql, scan);
      return {
        read: reading !== undefined,
        pages: (reading?.pages ?? []).map(({ text, source, ink }) => ({
          text,
          source,
          blank: isBlankPage({ ink, text }),
        })),
      };
    },
  },
  'scans.findings': {
    phase: 'query',
    run({ sql }, { customer }) {
      const customerId = customer === undefined ? null : getCustomer(sql, customer).id;
      const files = Map.groupBy(sameContents(sql, customerId), ({ sha256 }) => sha256);
      const same = [...files.values()]
        .filter((places) => places.length > 1)
        .map((places) => ({
          kind: 'file' as const,
          places: places.map(({ scan, name, code }) => ({ scan, name, code, page: 1 })),
        }));
      const waiting = countScansToRead(sql, '').waiting;
      if (customerId === null) return { blank: [], same, waiting };
      const pages = readPagesOf(sql, customerId).map(({ ink, look, text, ...place }) => ({
        place,
        look,
        blank: isBlankPage({ ink, text }),
      }));
      const whole = new Set(same.flatMap(({ places }) => places.map(({ scan }) => scan)));
      const left = pages.filter(({ blank, place }) => !blank && !whole.has(place.scan));
      const alike: { kind: 'page'; places: (typeof pages)[number]['place'][] }[] = [];
      const taken = new Set<number>();
      for (const [index, page] of left.entries()) {
        if (taken.has(index)) continue;
        const group = left.flatMap((other, at) =>
          at > index && !taken.has(at) && looksAlike(page.look, other.look) ? [at] : [],
        );
        if (group.length === 0) continue;
        for (const at of group) taken.add(at);
        alike.push({
          kind: 'page',
          places: [page, ...group.flatMap((at) => left[at] ?? [])].map(({ place }) => place),
        });
      }
      return {
        blank: pages.filter(({ blank }) => blank).map(({ place }) => place),
        same: [...same, ...alike],
        waiting,
      };
    },
  },
};
