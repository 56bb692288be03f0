import { mkdirSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { type BenchDesk, openDesk } from './bench-desk.ts';
import { below, type Figure, timed } from './bench-measure.ts';
import { scanFile } from './bench-print.ts';

/** Two scans of two pages to a paper: 500 papers are 1,000 scans and a year of 2,000 scanned pages. */
const SCANS_OF_A_PAPER = 2;
const OPENED = 40;
const CUSTOMERS = 50;
const YEAR = 2025;

async function newArchive(desk: BenchDesk, directory: string, count: number): Promise<string[]> {
  await desk.call('archive.create', {
    directory,
    name: 'bench',
    keeper: { login: 'keeper', displayName: 'Bench', secret: 'bench keeper of scans 2026' },
  });
  const papers: string[] = [];
  const customers: string[] = [];
  for (let index = 0; index < CUSTOMERS; index += 1)
    customers.push(
      (
        await desk.call('customers.create', {
          kind: 'enterprise',
          values: { registeredName: `第${index + 1}號精密模具有限公司` },
        })
      ).number,
    );
  for (let index = 0; index < count; index += 1)
    papers.push(
      (
        await desk.call('dossiers.addPaper', {
          customer: customers[index % CUSTOMERS] ?? '',
          type: 'contract',
          title: `第 ${index + 1} 號購銷合同`,
          documentNumber: `HT-${YEAR}-${index + 1}`,
          date: `${YEAR}-${String(1 + (index % 12)).padStart(2, '0')}-15`,
          pages: 4,
        })
      ).code,
    );
  return papers;
}

/** A file as plain as can be, and on the disk before it counts: what sealing is compared with. */
async function writePlain(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The same pages in one PDF without cover, numbers, catalogue or text: what binding is compared with. */
async function joinPlain(files: readonly Buffer[]): Promise<number> {
  const whole = await PDFDocument.create({ updateMetadata: false });
  for (const bytes of files) {
    const part = await PDFDocument.load(bytes, { updateMetadata: false });
    for (const page of await whole.copyPages(part, part.getPageIndices())) whole.addPage(page);
  }
  return (await whole.save({ useObjectStreams: false })).length;
}

/** Sealing, opening and binding scans through the archive process, as the window does. */
export async function measureScans(
  folder: string,
  entry: string,
  count: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const desk = openDesk(entry);
  try {
    say(`an archive with ${count} papers …`);
    const papers = await newArchive(desk, join(folder, 'scans'), count);
    const files: Buffer[] = [];
    for (let index = 0; index < count * SCANS_OF_A_PAPER; index += 1) files.push(await scanFile(index));
    const kilobytes = Math.round((files[0]?.length ?? 0) / 1000);
    say(`sealing ${files.length} scans of ${kilobytes} kB …`);
    const scans: string[] = [];
    const sealed = await timed(async () => {
      for (const [index, bytes] of files.entries()) {
        const upload = await desk.upload(`scan-${index}.pdf`, bytes, 'scan');
        scans.push((await desk.call('scans.attach', { upload, code: papers[index >> 1] ?? '' })).id);
      }
    });
    const plain = join(folder, 'plain');
    mkdirSync(plain);
    const written = await timed(async () => {
      for (const [index, bytes] of files.entries()) await writePlain(join(plain, `${index}.pdf`), bytes);
    });
    const opened: number[] = [];
    const read: number[] = [];
    for (const [index, scan] of scans.slice(0, OPENED).entries()) {
      opened.push(
        await timed(async () => {
          const { document, size } = await desk.call('scans.open', { scan });
          await desk.call('documents.read', { document, offset: 0, length: size });
          await desk.call('documents.close', { document });
        }),
      );
      read.push(await timed(() => readFile(join(plain, `${index}.pdf`))));
    }
    say('binding the year …');
    const before = desk.memory();
    desk.forgetHighest();
    let pages = 0;
    let volumes = 0;
    const bound = await timed(async () => {
      const year = await desk.call('binding.bind', { year: YEAR, explanation: 'bench' });
      pages = year.volumes.reduce((sum, volume) => sum + volume.pages, 0);
      volumes = year.volumes.length;
    });
    const after = desk.memory();
    say('joining the same pages …');
    const joined = await timed(() => joinPlain(files));
    return [
      {
        name: `seal ${files.length} scans of ${kilobytes} kB`,
        unit: 's',
        samples: [sealed / 1000],
        baseline: { name: 'plain files, on the disk', samples: [written / 1000] },
        target: below(30, 's'),
      },
      {
        name: `open a sealed scan of ${kilobytes} kB`,
        unit: 'ms',
        samples: opened,
        baseline: { name: 'a plain file', samples: read },
        target: below(60, 'ms'),
      },
      {
        name: `bind a year of ${pages} pages with ${count} scanned papers in ${volumes} volumes`,
        unit: 's',
        samples: [bound / 1000],
        baseline: { name: 'the same pages joined, nothing set', samples: [joined / 1000] },
        target: below(60, 's'),
      },
      {
        name: 'memory of the process at its highest while binding',
        unit: 'MB',
        samples: after === undefined ? [] : [after.highest],
        ...(before === undefined ? {} : { baseline: { name: 'before binding', samples: [before.now] } }),
        target: below(700, 'MB'),
      },
    ];
  } finally {
    await desk.close();
  }
}
