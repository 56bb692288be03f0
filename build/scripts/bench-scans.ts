import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { PDFDocument } from 'pdf-lib';
import { type BenchDesk, openDesk } from './bench-desk.ts';
import { below, type Figure, timed } from './bench-measure.ts';

/** 1,000 scans of 300 KB and four pages to a paper: a year of 2,000 scanned pages. */
const PAPERS = 500;
const SCANS_OF_A_PAPER = 2;
const SCAN_BYTES = 300_000;
const OPENED = 40;
const CUSTOMERS = 50;

/** A PDF of two scanned pages with about 300 KB; `number` makes each another file. */
async function scanFile(page: Buffer, number: number): Promise<Buffer> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setTitle(`scan ${number}`);
  const picture = await document.embedJpg(page);
  for (let index = 0; index < 2; index += 1) {
    const sheet = document.addPage([595, 842]);
    sheet.drawImage(picture, { x: 0, y: 0, width: 595, height: 842 });
  }
  const bytes = Buffer.from(await document.save());
  // What a second picture would weigh stands behind the end: it is sealed and opened like the rest.
  return Buffer.concat([bytes, Buffer.alloc(Math.max(0, SCAN_BYTES - bytes.length), number % 251)]);
}

function drawnPage(): Buffer {
  const canvas = createCanvas(1240, 1754);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fdfcf8';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#222222';
  for (let line = 0; line < 40; line += 1)
    for (let word = 0; word < 24; word += 1)
      context.fillRect(120 + word * 42 + ((line * 7 + word * 3) % 9), 160 + line * 38, 30 - ((line + word) % 7), 22);
  return canvas.toBuffer('image/jpeg', 80);
}

async function newArchive(desk: BenchDesk, directory: string): Promise<string[]> {
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
  for (let index = 0; index < PAPERS; index += 1)
    papers.push(
      (
        await desk.call('dossiers.addPaper', {
          customer: customers[index % CUSTOMERS] ?? '',
          type: 'contract',
          title: `第 ${index + 1} 號購銷合同`,
          documentNumber: `HT-2025-${index + 1}`,
          date: `2025-${String(1 + (index % 12)).padStart(2, '0')}-15`,
          pages: 4,
        })
      ).code,
    );
  return papers;
}

/** Sealing, opening and binding scans through the archive process, as the window does. */
export async function measureScans(folder: string, entry: string, say: (line: string) => void): Promise<Figure[]> {
  const desk = openDesk(entry);
  try {
    say(`an archive with ${PAPERS} papers …`);
    const papers = await newArchive(desk, join(folder, 'scans'));
    const page = drawnPage();
    const files: Buffer[] = [];
    for (let index = 0; index < PAPERS * SCANS_OF_A_PAPER; index += 1) files.push(await scanFile(page, index));
    say(`sealing ${files.length} scans of ${Math.round((files[0]?.length ?? 0) / 1000)} kB …`);
    const scans: string[] = [];
    const sealed = await timed(async () => {
      for (const [index, bytes] of files.entries()) {
        const upload = await desk.upload(`scan-${index}.pdf`, bytes, 'scan');
        scans.push((await desk.call('scans.attach', { upload, code: papers[index >> 1] ?? '' })).id);
      }
    });
    const opened: number[] = [];
    for (const scan of scans.slice(0, OPENED))
      opened.push(
        await timed(async () => {
          const { document, size } = await desk.call('scans.open', { scan });
          await desk.call('documents.read', { document, offset: 0, length: size });
          await desk.call('documents.close', { document });
        }),
      );
    say('binding the year …');
    const before = desk.memory();
    let pages = 0;
    let volumes = 0;
    const bound = await timed(async () => {
      const year = await desk.call('binding.bind', { year: 2025, explanation: 'bench' });
      pages = year.volumes.reduce((sum, volume) => sum + volume.pages, 0);
      volumes = year.volumes.length;
    });
    const after = desk.memory();
    return [
      { name: `seal ${files.length} scans of 300 kB`, unit: 's', samples: [sealed / 1000], target: below(30, 's') },
      { name: 'open a sealed scan of 300 kB', unit: 'ms', samples: opened, target: below(60, 'ms') },
      {
        name: `bind a year of ${pages} pages with ${PAPERS} scanned papers in ${volumes} volumes`,
        unit: 's',
        samples: [bound / 1000],
        target: below(60, 's'),
      },
      {
        name: `memory of the process at its highest (${before?.highest.toFixed(0) ?? '?'} MB before binding)`,
        unit: 'MB',
        samples: after === undefined ? [] : [after.highest],
        target: below(700, 'MB'),
      },
    ];
  } finally {
    await desk.close();
  }
}
