import { type DateSystem, type NumberStyle, numberStyle } from './cell-number.ts';
import { fileRefusal, type ReadContext } from './table-limits.ts';
import { readXml } from './xml-reader.ts';
import type { ZipPackage } from './zip-package.ts';

/** The parts of a workbook that a sheet needs: the list of sheets, shared texts, number formats. */

export interface SheetEntry {
  readonly name: string;
  readonly part: string;
}

export interface Workbook {
  readonly sheets: readonly SheetEntry[];
  readonly dateSystem: DateSystem;
  readonly sharedStringsPart: string | undefined;
  readonly stylesPart: string | undefined;
}

interface Relation {
  readonly type: string;
  readonly target: string;
}

const CONTENT_TYPES = '[Content_Types].xml';
const WORKBOOK_TYPE = /spreadsheetml\.(sheet|template)\.main\+xml$/u;

/** A relation's target as the name of a part; `..` stays inside the package because parts are only looked up. */
function resolvePart(from: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const segments = from.split('/').slice(0, -1);
  for (const segment of target.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}

async function readRelations(zip: ZipPackage, part: string, context: ReadContext): Promise<Map<string, Relation>> {
  const slash = part.lastIndexOf('/');
  const relationsPart = `${part.slice(0, slash + 1)}_rels/${part.slice(slash + 1)}.rels`;
  const relations = new Map<string, Relation>();
  if (!zip.has(relationsPart)) return relations;
  await readXml(zip.read(relationsPart), context, {
    open(name, { Id: id, Type: type, Target: target, TargetMode: mode }) {
      if (name !== 'Relationship' || id === undefined || target === undefined || mode === 'External') return;
      relations.set(id, { type: type?.slice(type.lastIndexOf('/') + 1) ?? '', target: resolvePart(part, target) });
    },
  });
  return relations;
}

/** The workbook's own part, found by content type: a document or an old binary workbook in a ZIP is not one. */
async function findWorkbookPart(zip: ZipPackage, context: ReadContext): Promise<string> {
  if (!zip.has(CONTENT_TYPES)) throw fileRefusal('FILE_TYPE_NOT_ALLOWED', context.name, 'exchange.file.notTable');
  let found: string | undefined;
  await readXml(zip.read(CONTENT_TYPES), context, {
    open(name, { PartName: part, ContentType: type }) {
      if (name === 'Override' && part !== undefined && type !== undefined && WORKBOOK_TYPE.test(type)) {
        found ??= part.replace(/^\//u, '');
      }
    },
  });
  if (found === undefined || !zip.has(found)) {
    throw fileRefusal('FILE_TYPE_NOT_ALLOWED', context.name, 'exchange.file.notTable');
  }
  return found;
}

export async function readWorkbook(zip: ZipPackage, context: ReadContext): Promise<Workbook> {
  const part = await findWorkbookPart(zip, context);
  const relations = await readRelations(zip, part, context);
  const sheets: SheetEntry[] = [];
  let dateSystem: DateSystem = 1900;
  await readXml(zip.read(part), context, {
    open(name, attributes) {
      if (name === 'workbookPr' && /^(1|true)$/u.test(attributes.date1904 ?? '')) dateSystem = 1904;
      if (name !== 'sheet') return;
      const relation = relations.get(attributes.id ?? '');
      // Chart sheets have no cells.
      if (relation?.type === 'worksheet') sheets.push({ name: attributes.name ?? '', part: relation.target });
    },
  });
  const partOf = (type: string): string | undefined => [...relations.values()].find((r) => r.type === type)?.target;
  return { sheets, dateSystem, sharedStringsPart: partOf('sharedStrings'), stylesPart: partOf('styles') };
}

/** `_x000D_` in a stored text stands for that character. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9a-fA-F]{4})_/gu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Texts by index. Phonetic readings beside a text (`rPh`) are no part of it. */
export async function readSharedStrings(zip: ZipPackage, workbook: Workbook, context: ReadContext): Promise<string[]> {
  const part = workbook.sharedStringsPart;
  if (part === undefined || !zip.has(part)) return [];
  const { name: file, limits } = context;
  const strings: string[] = [];
  let current = '';
  let inText = false;
  let phonetic = 0;
  await readXml(zip.read(part), context, {
    open(name) {
      if (name === 'si') current = '';
      else if (name === 'rPh') phonetic += 1;
      else if (name === 't') inText = phonetic === 0;
    },
    text(piece) {
      if (!inText) return;
      current += piece;
      if (current.length > limits.cellCharacters * 7) {
        throw fileRefusal('FILE_TOO_LARGE', file, 'exchange.xml.cellTooLong', { limit: limits.cellCharacters });
      }
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'si') {
        strings.push(unescapeText(current));
        if (strings.length > limits.cells) {
          throw fileRefusal('FILE_TOO_LARGE', file, 'exchange.xlsx.cells', { limit: limits.cells });
        }
      }
    },
  });
  return strings;
}

/** Number styles by the index that a cell names in its `s` attribute. */
export async function readStyles(zip: ZipPackage, workbook: Workbook, context: ReadContext): Promise<NumberStyle[]> {
  const part = workbook.stylesPart;
  if (part === undefined || !zip.has(part)) return [];
  const codes = new Map<number, string>();
  const formatIds: number[] = [];
  let inCellFormats = false;
  await readXml(zip.read(part), context, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) formatIds.push(Number(attributes.numFmtId ?? '0'));
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return formatIds.map((id) => numberStyle(id, codes.get(id)));
}
