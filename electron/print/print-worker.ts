import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { AppError } from '../../shared/errors/app-error.ts';
import { freeBytes, freeMemory } from '../platform/memory.ts';
import { setVolume } from './bound-volume.ts';
import { packagedFontPaths, readFontChain } from './fonts.ts';
import { markedPages } from './marked-pages.ts';
import type { PageImage } from './page-image.ts';
import { setForm } from './print-forms.ts';
import type { FromPrintWorker, ToPrintWorker } from './print-messages.ts';
import { scanPages } from './scan-pages.ts';
import { TypstCompiler } from './typst-compiler.ts';

/**
 * The print worker: a thread of the print process that typesets one job at a time. It writes no file (R02) and
 * opens none but fonts and templates.
 */

const port = parentPort;
if (port === null) throw new Error('print-worker runs as a worker thread only');

/** They lie beside this file, as source and built. */
const templatesPath = fileURLToPath(new URL('./templates/', import.meta.url));
const fonts = readFontChain(packagedFontPaths());
const templates = new Map(
  readdirSync(templatesPath)
    .filter((name) => name.endsWith('.typ'))
    .map((name) => [name, readFileSync(join(templatesPath, name), 'utf8')] as const),
);
const compiler = new TypstCompiler(fonts, templates);

/** Pages of the scans received so far, by paper. */
const scans = new Map<number, PageImage[]>();

const post = (message: FromPrintWorker, transfer: readonly ArrayBuffer[] = []): void =>
  port.postMessage(message, transfer);

const isWhole = (data: Uint8Array): boolean => data.byteLength === data.buffer.byteLength;

/** The page with its bytes in a buffer of their own, which can be freed without the file that they come from. */
const withOwnBytes = (page: PageImage): PageImage =>
  isWhole(page.data) ? page : { ...page, data: Uint8Array.from(page.data) };

async function handle(message: ToPrintWorker): Promise<void> {
  switch (message.kind) {
    case 'scan': {
      const pages = await scanPages(
        message.mediaType,
        Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength),
        message.turn,
      );
      const ready = message.mark === '' ? pages : await markedPages(pages, message.mark, fonts.paths);
      scans.set(message.paper, [...(scans.get(message.paper) ?? []), ...ready.map(withOwnBytes)]);
      // Nothing of it is needed any more, and it is too large to wait.
      if (!ready.some(({ data }) => data.buffer === message.bytes.buffer && isWhole(data))) freeBytes(message.bytes);
      post({ kind: 'taken' });
      return;
    }
    case 'drop':
      scans.clear();
      freeMemory();
      post({ kind: 'taken' });
      return;
    case 'volume': {
      const images = message.volume.papers.map((_, index) => scans.get(index) ?? []);
      scans.clear();
      freeMemory();
      const printed = setVolume(compiler, fonts, message.volume, images, (phase) => post({ kind: 'phase', phase }));
      finish(printed);
      return;
    }
    case 'form': {
      const images = Array.from({ length: message.papers }, (_, index) => scans.get(index) ?? []);
      scans.clear();
      const { pdf, ...rest } = setForm(compiler, fonts, message.form, images);
      // A copy with memory of its own can be handed over.
      finish({ ...rest, pdf: Uint8Array.from(pdf), pageMap: {} });
      return;
    }
  }
}

type Printed = Omit<Extract<FromPrintWorker, { kind: 'printed' }>, 'kind'>;

function finish(printed: Printed): void {
  compiler.forget();
  post({ kind: 'printed', ...printed }, [printed.pdf.buffer]);
}

port.on('message', (message: ToPrintWorker) => {
  handle(message).catch((thrown: unknown) => {
    scans.clear();
    compiler.forget();
    const error = AppError.from(thrown);
    post({ kind: 'failed', error: error.toData(), reason: String(error.cause ?? error.stack) });
  });
});
post({ kind: 'ready' });
