import { writeZip, type ZipPart } from './zip-writer.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';

export interface WorkbookParts {
  /** XML inside `<sheetData>`, one for each sheet. */
  readonly sheets: readonly { readonly name: string; readonly data: string | Buffer }[];
  readonly sharedStrings?: readonly string[];
  /** XML inside `<styleSheet>`. */
  readonly styles?: string;
  readonly date1904?: boolean;
  readonly contentType?: string;
  /** Instead of, or beside, the regular parts. */
  readonly replace?: readonly ZipPart[];
  /** Before the root element of the first sheet. */
  readonly prologue?: string;
}

/** The parts of a minimal XLSX, for tests that need to see to the last byte what is inside. */
export function workbookParts(workbook: WorkbookParts): ZipPart[] {
  const sheets = workbook.sheets.map(({ name, data }, index) => ({ name, data, id: index + 1 }));
  const parts: ZipPart[] = [
    {
      name: '[Content_Types].xml',
      data: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="${workbook.contentType ?? TYPE}"/></Types>`,
    },
    {
      name: 'xl/workbook.xml',
      data: `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${workbook.date1904 ? ' date1904="1"' : ''}/><sheets>${sheets
        .map(({ name, id }) => `<sheet name="${name}" sheetId="${id}" r:id="rId${id}"/>`)
        .join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets
        .map(
          ({ id }) => `<Relationship Id="rId${id}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${id}.xml"/>`,
        )
        .join(
          '',
        )}<Relationship Id="rIdS" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rIdT" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    },
  ];
  for (const { data, id } of sheets) {
    const start = `<?xml version="1.0" encoding="UTF-8"?>${id === 1 ? (workbook.prologue ?? '') : ''}<worksheet xmlns="${MAIN}"><sheetData>`;
    const body = typeof data === 'string' ? Buffer.from(data) : data;
    parts.push({
      name: `xl/worksheets/sheet${id}.xml`,
      data: Buffer.concat([Buffer.from(start), body, Buffer.from('</sheetData></worksheet>')]),
    });
  }
  if (workbook.sharedStrings !== undefined) {
    const items = workbook.sharedStrings.map((text) => `<si>${text}</si>`).join('');
    parts.push({ name: 'xl/sharedStrings.xml', data: `<sst xmlns="${MAIN}">${items}</sst>` });
  }
  if (workbook.styles !== undefined) {
    parts.push({ name: 'xl/styles.xml', data: `<styleSheet xmlns="${MAIN}">${workbook.styles}</styleSheet>` });
  }
  const replaced = workbook.replace ?? [];
  return [...parts.filter((part) => !replaced.some((other) => other.name === part.name)), ...replaced];
}

export function writeWorkbook(workbook: WorkbookParts): Buffer {
  return writeZip(workbookParts(workbook));
}

/** Rows of inline texts as sheet data. */
export function inlineRows(rows: readonly (readonly string[])[]): string {
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return rows
    .map(
      (cells, index) =>
        `<row r="${index + 1}">${cells.map((cell) => `<c t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`).join('')}</row>`,
    )
    .join('');
}
