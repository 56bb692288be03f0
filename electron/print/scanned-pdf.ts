import { inflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
} from 'pdf-lib';
import { addTurns, believableDpi, type PageImage } from './page-image.ts';

/** Paints one picture, perhaps inside graphics states and after moving the axes; nothing else. */
const ONE_PICTURE = /^(?:\s*(?:q|(?:[-+.\d]+\s+){6}cm))*\s*\/([!-~]+)\s+Do(?:\s*Q)*\s*$/;
const MATRIX = /((?:[-+.\d]+\s+){6})cm/g;
const MOST_CONTENT = 4096;

/**
 * For each page of the PDF the scanned picture if the page is that and nothing else, upright and filling the page;
 * undefined for any other page. An empty list if the PDF cannot be read this way: PDF.js then has a look at it.
 */
export async function scannedPages(bytes: Buffer, turn: number): Promise<(PageImage | undefined)[]> {
  let document: PDFDocument;
  try {
    document = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
  } catch {
    return [];
  }
  return document.getPages().map((page) => {
    try {
      return pictureOf(page, turn);
    } catch {
      return undefined;
    }
  });
}

function pictureOf(page: PDFPage, turn: number): PageImage | undefined {
  if ((page.node.Annots()?.size() ?? 0) > 0) return undefined;
  const content = contentOf(page);
  const name = content === undefined ? undefined : ONE_PICTURE.exec(content)?.[1];
  if (content === undefined || name === undefined) return undefined;
  const stream = page.node.Resources()?.lookup(PDFName.of('XObject'), PDFDict).lookup(PDFName.of(name));
  if (!(stream instanceof PDFRawStream) || !fillsPage(page, content)) return undefined;
  const get = (key: string): PDFObject | undefined => stream.dict.lookup(PDFName.of(key));
  const width = integer(get('Width'));
  const height = integer(get('Height'));
  const dictionary = dictionaryOf(get);
  const isPlain =
    get('Subtype') === PDFName.of('Image') &&
    ['SMask', 'Mask', 'Decode', 'ImageMask'].every((key) => get(key) === undefined);
  if (!isPlain || width <= 0 || height <= 0 || dictionary === undefined) return undefined;
  const box = page.getCropBox();
  return {
    width,
    height,
    turn: addTurns(turn, page.getRotation().angle),
    dpi: believableDpi((width * 72) / box.width),
    dictionary,
    data: stream.contents,
  };
}

/** Decoded content if it is short: a page with writing has more. */
function contentOf(page: PDFPage): string | undefined {
  const contents = page.node.Contents();
  const streams =
    contents instanceof PDFArray ? contents.asArray().map((_, index) => contents.lookup(index)) : [contents];
  let text = '';
  for (const stream of streams) {
    if (!(stream instanceof PDFRawStream) || stream.contents.length > MOST_CONTENT) return undefined;
    const filter = stream.dict.lookup(PDFName.of('Filter'));
    if (filter !== undefined && filter !== PDFName.of('FlateDecode')) return undefined;
    const plain =
      filter === undefined ? stream.contents : inflateSync(stream.contents, { maxOutputLength: MOST_CONTENT });
    text += `${Buffer.from(plain).toString('latin1')}\n`;
  }
  return text;
}

/** The product of all matrices must put the picture upright on the crop box, give or take one hundredth. */
function fillsPage(page: PDFPage, content: string): boolean {
  let [scaleX, scaleY, moveX, moveY] = [1, 1, 0, 0];
  for (const [, numbers] of content.matchAll(MATRIX)) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = (numbers ?? '').trim().split(/\s+/).map(Number);
    if (b !== 0 || c !== 0) return false;
    moveX += e * scaleX;
    moveY += f * scaleY;
    scaleX *= a;
    scaleY *= d;
  }
  const box = page.getCropBox();
  const near = (value: number, wanted: number, whole: number) => Math.abs(value - wanted) <= whole / 100;
  return (
    near(scaleX, box.width, box.width) &&
    near(scaleY, box.height, box.height) &&
    near(moveX, box.x, box.width) &&
    near(moveY, box.y, box.height)
  );
}

/** Entries for the archive PDF; undefined for what PDF/A-2 does not allow or what needs other objects of the file. */
function dictionaryOf(get: (key: string) => PDFObject | undefined): string | undefined {
  const filter = get('Filter');
  const name = filter instanceof PDFArray && filter.size() === 1 ? filter.lookup(0) : filter;
  const bits = integer(get('BitsPerComponent'));
  const space = colourSpace(get('ColorSpace'));
  if (space === undefined) return undefined;
  const common = `/BitsPerComponent ${bits} /ColorSpace ${space}`;
  const wrapped = get('DecodeParms');
  const parameters = wrapped instanceof PDFArray ? wrapped.lookup(0) : wrapped;
  const isDict = parameters instanceof PDFDict;
  if (parameters !== undefined && !isDict) return undefined;
  if (name === PDFName.of('DCTDecode') && bits === 8 && !isDict) return `/Filter /DCTDecode ${common}`;
  if (name === PDFName.of('CCITTFaxDecode') && bits === 1 && isDict)
    return `/Filter /CCITTFaxDecode ${common} /DecodeParms ${plainDict(parameters)}`;
  if (name === PDFName.of('FlateDecode') && [1, 2, 4, 8].includes(bits))
    return `/Filter /FlateDecode ${common}${isDict ? ` /DecodeParms ${plainDict(parameters)}` : ''}`;
  return undefined;
}

function colourSpace(space: PDFObject | undefined): string | undefined {
  if (space === PDFName.of('DeviceGray')) return '/DeviceGray';
  if (space === PDFName.of('DeviceRGB')) return '/DeviceRGB';
  if (!(space instanceof PDFArray)) return undefined;
  const family = space.lookup(0);
  if (family === PDFName.of('CalGray')) return '/DeviceGray';
  if (family === PDFName.of('CalRGB')) return '/DeviceRGB';
  if (family !== PDFName.of('ICCBased')) return undefined;
  const profile = space.lookup(1);
  const components = profile instanceof PDFRawStream ? integer(profile.dict.lookup(PDFName.of('N'))) : 0;
  return components === 1 ? '/DeviceGray' : components === 3 ? '/DeviceRGB' : undefined;
}

/** Numbers and booleans only; these are all that the fax and Flate filters know. */
function plainDict(dict: PDFDict): string {
  const entries = dict
    .entries()
    .map(([key, value]) => `${key.toString()} ${dict.context.lookup(value)?.toString() ?? 'null'}`);
  return `<< ${entries.join(' ')} >>`;
}

function integer(value: PDFObject | undefined): number {
  return value instanceof PDFNumber ? value.asNumber() : 0;
}
