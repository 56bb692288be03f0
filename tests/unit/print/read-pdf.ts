import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { inflateSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const assets = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/** What a reader sees of a PDF, by PDF.js. */
export async function readPdf(pdf: Uint8Array) {
  const document = await getDocument({
    data: new Uint8Array(pdf),
    cMapUrl: join(assets, 'cmaps') + sep,
    standardFontDataUrl: join(assets, 'standard_fonts') + sep,
    wasmUrl: join(assets, 'wasm') + sep,
    disableFontFace: true,
    verbosity: 0,
  }).promise;
  const text = async (page: number): Promise<string> => {
    const content = await (await document.getPage(page)).getTextContent();
    return content.items.map((item) => ('str' in item ? item.str : '')).join('');
  };
  const pixels = async (page: number, scale = 0.5) => {
    const sheet = await document.getPage(page);
    const viewport = sheet.getViewport({ scale });
    const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
    await sheet.render({ canvas: canvas as never, viewport, background: '#ffffff' }).promise;
    return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  };
  const outline = async (): Promise<{ title: string; page: number; level: number }[]> => {
    const found: { title: string; page: number; level: number }[] = [];
    const walk = async (items: Awaited<ReturnType<typeof document.getOutline>>, level: number): Promise<void> => {
      for (const item of items ?? []) {
        const target = typeof item.dest === 'string' ? await document.getDestination(item.dest) : item.dest;
        found.push({ title: item.title, page: (await document.getPageIndex(target?.[0])) + 1, level });
        await walk(item.items, level + 1);
      }
    };
    await walk(await document.getOutline(), 1);
    return found;
  };
  const metadata = await document.getMetadata();
  // The types say an object; it is a map.
  const marked = (await document.getMarkInfo()) as unknown as ReadonlyMap<string, boolean> | null;
  return { pages: document.numPages, text, pixels, outline, metadata, tagged: marked?.get('Marked') === true };
}

/** PDF/A-2u as far as it can be told without a validator: says what speaks against it. */
export function againstPdfA(pdf: Buffer): string[] {
  const source = pdf.toString('latin1');
  const against: string[] = [];
  if (!source.includes('<pdfaid:part>2</pdfaid:part>')) against.push('no part 2 in the metadata');
  if (!source.includes('<pdfaid:conformance>U</pdfaid:conformance>')) against.push('no conformance U in the metadata');
  if (!source.includes('/GTS_PDFA1')) against.push('no output intent');
  if (!/\/ID \[/.test(source)) against.push('no file identifier');
  if (/\/(JavaScript|Launch|EmbeddedFile|Encrypt)\b/.test(source))
    against.push('script, launch, attachment or encryption');
  if (/\/(LZWDecode|Type3)\b/.test(source)) against.push('LZW or a Type 3 font');
  const fonts = source.match(/\/Subtype \/CIDFontType[02]/g)?.length ?? 0;
  const embedded = source.match(/\/FontFile[23] /g)?.length ?? 0;
  const mapped = source.match(/\/ToUnicode /g)?.length ?? 0;
  if (fonts === 0 || embedded < fonts || mapped < fonts)
    against.push('a font that is not embedded or has no Unicode map');
  return against;
}

/** All text that lies in the PDF in any stream, to look for something that should be there or not. */
export function inflatedText(pdf: Buffer): string {
  let text = '';
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    try {
      text += inflateSync(pdf.subarray(at + 7)).toString('latin1');
    } catch {
      // Not a deflated stream.
    }
  }
  return text;
}
