import type { ScanDesign } from '../vocabulary/scan-vocabulary.ts';
import { PAGE_HEIGHT, PAGE_WIDTH } from './indexed-page.ts';
import { BAND, BODY_TOP, LEFT, RIGHT, type Sheet } from './page-painter.ts';

type Layout = (sheet: Sheet, design: ScanDesign, page: number, pages: number) => void;

const WIDTH = RIGHT - LEFT;
const FOOT = PAGE_HEIGHT - 80;

const amount = (sheet: Sheet) => `${sheet.draw.between(1, 98)},${sheet.draw.digits(3)}.00`;
const shortDay = (sheet: Sheet) => `${sheet.draw.between(1, 12)}/${sheet.draw.between(1, 28)}`;

const labelAndValue = (part: string): [string, string] => {
  const [label = '', value = ''] = part.split('|');
  return [label, value];
};

/** An entry of a register by the kind of its column. */
function entryOf(sheet: Sheet, kind: string, row: number): string {
  const { draw, words } = sheet;
  switch (kind) {
    case 'row':
      return String(row + 1);
    case 'day':
      return `${1 + Math.floor(row / 2)}/${(row % 2) * 15 + draw.between(1, 14)}`;
    case 'money':
      return amount(sheet);
    case 'count':
      return draw.digits(draw.between(1, 3));
    case 'number':
      return `${draw.pick(['A', 'D', 'H', 'S'])}-${draw.digits(5)}`;
    case 'item':
      return draw.pick(words.handwriting.items);
    default:
      return draw.pick(words.handwriting.answers);
  }
}

const certificate: Layout = (sheet, design) => {
  const { draw, words } = sheet;
  sheet.box(36, 26, PAGE_WIDTH - 72, PAGE_HEIGHT - 92, 5);
  sheet.box(46, 36, PAGE_WIDTH - 92, PAGE_HEIGHT - 112, 1);
  sheet.emblem(PAGE_WIDTH / 2, 84);
  sheet.title(design.title, 160, 38);
  let y = BODY_TOP + 30;
  for (const part of design.parts) {
    const [label, value] = labelAndValue(part);
    sheet.text(label, LEFT + 20, y, 18, { bold: true });
    if (value === '') sheet.paragraph(words.trades[0]?.scope ?? '', LEFT + 190, y, WIDTH - 210, 17);
    else sheet.text(value, LEFT + 190, y, 17);
    y += 48;
  }
  sheet.text(design.issuer, RIGHT - 30, FOOT - 130, 18, { align: 'right' });
  sheet.text(
    `${draw.between(2012, 2024)} . ${draw.between(1, 12)} . ${draw.between(1, 28)}`,
    RIGHT - 30,
    FOOT - 98,
    17,
    { align: 'right' },
  );
  sheet.seal(design.issuer, RIGHT - 110, FOOT - 120, 66);
};

const form: Layout = (sheet, design, page, pages) => {
  sheet.title(design.title, 130);
  const top = BODY_TOP;
  const small = design.parts.slice(0, -3);
  const opinions = design.parts.slice(-3);
  const rowHeight = 54;
  for (const [at, part] of small.entries()) {
    const [column, row] = [at % 2, Math.floor(at / 2)];
    const [x, y] = [LEFT + (column * WIDTH) / 2, top + row * rowHeight];
    sheet.box(x, y, WIDTH / 2, rowHeight);
    sheet.line(x + 110, y, x + 110, y + rowHeight);
    const [label, value] = labelAndValue(part);
    sheet.text(label, x + 10, y + 34, 16);
    sheet.byHand(value, x + 124, y + 35);
  }
  let y = top + Math.ceil(small.length / 2) * rowHeight;
  for (const part of opinions) {
    sheet.box(LEFT, y, WIDTH, 118);
    sheet.line(LEFT + 110, y, LEFT + 110, y + 118);
    const [label, value] = labelAndValue(part);
    sheet.text(label, LEFT + 10, y + 62, 16);
    sheet.byHand(`${value}。`, LEFT + 130, y + 46, 20);
    sheet.signature(RIGHT - 240, y + 84);
    sheet.byHand(shortDay(sheet), RIGHT - 90, y + 90, 15);
    y += 118;
  }
  if (page === pages - 1) sheet.seal(design.issuer, RIGHT - 130, y - 30);
};

const register: Layout = (sheet, design) => {
  sheet.title(design.title, 130);
  const columns = design.parts.length;
  const rows = sheet.draw.between(9, 20);
  const [top, rowHeight, columnWidth] = [BODY_TOP, 36, WIDTH / columns];
  sheet.context.fillStyle = '#e2e1da';
  sheet.context.fillRect(LEFT, top, WIDTH, rowHeight);
  for (let row = 0; row <= 21; row += 1) sheet.line(LEFT, top + row * rowHeight, RIGHT, top + row * rowHeight);
  for (let column = 0; column <= columns; column += 1)
    sheet.line(LEFT + column * columnWidth, top, LEFT + column * columnWidth, top + 21 * rowHeight);
  for (const [column, part] of design.parts.entries()) {
    const [label, kind] = labelAndValue(part);
    const left = LEFT + column * columnWidth;
    sheet.text(label, left + columnWidth / 2, top + 24, 15, { bold: true, align: 'center' });
    for (let row = 0; row < rows; row += 1) {
      const [text, y] = [entryOf(sheet, kind, row), top + (row + 1) * rowHeight + 25];
      if (kind === 'hand') sheet.byHand(text, left + 10, y, 15);
      else if (kind === 'money' || kind === 'count')
        sheet.text(text, left + columnWidth - 10, y, 14, { align: 'right' });
      else sheet.text(text, left + 10, y, 14);
    }
  }
  sheet.seal(design.issuer, RIGHT - 100, top + 21 * rowHeight + 30, 48);
};

const letter: Layout = (sheet, design, page, pages) => {
  const { labels } = sheet.words.handwriting;
  if (page === 0) sheet.title(design.title, 130);
  const perPage = Math.ceil(design.parts.length / pages);
  let y = page === 0 ? BODY_TOP + 20 : 120;
  for (const part of design.parts.slice(page * perPage, (page + 1) * perPage))
    y = sheet.paragraph(part, LEFT, y, WIDTH, 17) + 8;
  if (page < pages - 1) return;
  const signed = Math.min(Math.max(y + 60, 620), FOOT - 190);
  for (const [at, party] of [labels.party, labels.other].entries()) {
    const x = LEFT + (at * WIDTH) / 2;
    sheet.text(`${party}（${labels.sign}）`, x, signed, 17, { bold: true });
    sheet.line(x, signed + 70, x + 250, signed + 70);
    sheet.signature(x + 30, signed + 56);
    sheet.byHand(shortDay(sheet), x + 190, signed + 60, 15);
    sheet.seal(design.issuer, x + 130, signed + 90, 56);
  }
};

const declaration: Layout = (sheet, design) => {
  const { draw, words } = sheet;
  sheet.title(design.title, 148);
  let x = LEFT;
  sheet.context.fillStyle = '#26241f';
  while (x < LEFT + 250) {
    const width = 1 + draw.below(4);
    sheet.context.fillRect(x, 56, width, 44);
    x += width + 2 + draw.below(3);
  }
  const [top, height] = [BODY_TOP, 58];
  for (const [at, part] of design.parts.entries()) {
    const [column, row] = [at % 4, Math.floor(at / 4)];
    const [left, y] = [LEFT + (column * WIDTH) / 4, top + row * height];
    sheet.box(left, y, WIDTH / 4, height);
    const [label, value] = labelAndValue(part);
    sheet.text(label, left + 6, y + 18, 12);
    sheet.text(value, left + 12, y + 44, 15);
  }
  const table = top + Math.ceil(design.parts.length / 4) * height + 16;
  for (let row = 0; row < 9; row += 1) {
    sheet.box(LEFT, table + row * 44, WIDTH, 44);
    if (row > 5) continue;
    sheet.text(String(row + 1), LEFT + 12, table + row * 44 + 28, 14);
    sheet.text(`${draw.digits(4)}.${draw.digits(2)}.${draw.digits(2)}`, LEFT + 46, table + row * 44 + 28, 14);
    sheet.text(`${draw.pick(words.handwriting.items)}　${draw.digits(3)} KG`, LEFT + 200, table + row * 44 + 28, 14);
    sheet.text(`${amount(sheet)} USD`, RIGHT - 12, table + row * 44 + 28, 14, { align: 'right' });
  }
  sheet.signature(LEFT + 80, table + 9 * 44 + 76);
  sheet.seal(design.issuer, RIGHT - 130, table + 9 * 44 + 60, 62);
};

const LAYOUTS: Readonly<Record<ScanDesign['layout'], Layout>> = { certificate, form, register, letter, declaration };

/** Draws one page of a design; page 0 leaves the band free. */
export function paintPage(sheet: Sheet, design: ScanDesign, page: number, pages: number): void {
  LAYOUTS[design.layout](sheet, design, page, pages);
  if (page === 0 && design.layout !== 'certificate') {
    sheet.line(LEFT, BAND.top + 2, RIGHT, BAND.top + 2, 1.5);
    sheet.line(LEFT, BAND.top + BAND.height - 2, RIGHT, BAND.top + BAND.height - 2);
  }
  sheet.finish(page, pages);
}
