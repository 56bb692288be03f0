import { type Canvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import { packagedFontPaths } from '../../../print/fonts.ts';
import type { Draw } from '../draw.ts';
import type { Words } from '../words.ts';
import { PAGE_HEIGHT, PAGE_WIDTH, PAPER } from './indexed-page.ts';

/** Ink, pen and seal on a sheet: what all designs of made-up scans draw with. */

export const LEFT = 78;
export const RIGHT = PAGE_WIDTH - 78;
/** The band under the title that carries name and numbers, page 1 of every design. */
export const BAND = { top: 176, height: 92 } as const;
export const BODY_TOP = BAND.top + BAND.height + 14;
const INK = '#26241f';
const PEN = '#2c3fa0';
const SEAL = '#c8281e';
const FAMILY = 'PracticeTC, PracticeSC';

/** Registers the packaged fonts once for this process. */
export function loadScanFonts(): void {
  if (GlobalFonts.has('PracticeTC')) return;
  const [regularTc, boldTc, regularSc, boldSc] = packagedFontPaths();
  for (const [path, name] of [
    [regularTc, 'PracticeTC'],
    [boldTc, 'PracticeTC'],
    [regularSc, 'PracticeSC'],
    [boldSc, 'PracticeSC'],
  ] as const)
    if (path !== undefined) GlobalFonts.registerFromPath(path, name);
}

export const font = (size: number, bold = false): string => `${bold ? 'bold ' : ''}${size}px ${FAMILY}`;

export class Sheet {
  readonly context: SKRSContext2D;
  readonly draw: Draw;
  readonly words: Words;
  /** Turn of the sheet on the scanner's glass, radians. */
  readonly turn: number;

  /** `canvas`: of a page's size; whatever is on it is painted over. */
  constructor(canvas: Canvas, draw: Draw, words: Words) {
    this.draw = draw;
    this.words = words;
    this.turn = (draw.next() - 0.5) * 0.008;
    this.context = canvas.getContext('2d');
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.fillStyle = PAPER;
    this.context.fillRect(0, 0, PAGE_WIDTH, PAGE_HEIGHT);
    this.context.rotate(this.turn);
  }

  text(
    text: string,
    x: number,
    y: number,
    size = 15,
    { bold = false, align = 'left' as 'left' | 'center' | 'right', colour = INK } = {},
  ): void {
    const { context } = this;
    context.font = font(size, bold);
    context.fillStyle = colour;
    context.textAlign = align;
    context.fillText(text, x, y);
  }

  /** Text broken to a width; answers the y below it. */
  paragraph(text: string, x: number, y: number, width: number, size = 15): number {
    const { context } = this;
    context.font = font(size);
    let [line, at] = ['', y];
    for (const character of text) {
      // A full stop never begins a line.
      if (context.measureText(line + character).width > width && !'，。；：、）'.includes(character)) {
        this.text(line, x, at, size);
        [line, at] = ['', at + size * 1.75];
      }
      line += character;
    }
    this.text(line, x, at, size);
    return at + size * 2.1;
  }

  line(x1: number, y1: number, x2: number, y2: number, width = 1): void {
    const { context } = this;
    context.strokeStyle = INK;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
  }

  box(x: number, y: number, width: number, height: number, stroke = 1): void {
    this.context.strokeStyle = INK;
    this.context.lineWidth = stroke;
    this.context.strokeRect(x, y, width, height);
  }

  /** Written with a pen: leaning, not quite level. */
  byHand(text: string, x: number, y: number, size = 17): void {
    const { context, draw } = this;
    context.save();
    context.translate(x, y + (draw.next() - 0.5) * 4);
    context.transform(1, (draw.next() - 0.5) * 0.06, -0.18, 1, 0, 0);
    this.text(text, 0, 0, size, { colour: PEN });
    context.restore();
  }

  /** A signature: nobody's name, one quick stroke. */
  signature(x: number, y: number): void {
    const { context, draw } = this;
    context.strokeStyle = PEN;
    context.lineWidth = 1.8;
    context.beginPath();
    context.moveTo(x, y);
    let [px, py] = [x, y];
    for (let stroke = 0; stroke < 5; stroke += 1) {
      const [nx, ny] = [px + 12 + draw.below(14), y - 14 + draw.below(26)];
      context.bezierCurveTo(px + 8, py - 22 + draw.below(30), nx - 10, ny + draw.below(24) - 8, nx, ny);
      [px, py] = [nx, ny];
    }
    context.stroke();
  }

  /** A round seal with a star and the issuer around it; square where seals are square. */
  seal(name: string, x: number, y: number, radius = 58): void {
    const { context, draw } = this;
    context.save();
    context.translate(x, y);
    context.rotate((draw.next() - 0.5) * 0.5);
    context.globalAlpha = 0.82;
    context.strokeStyle = SEAL;
    context.lineWidth = 3.5;
    context.beginPath();
    context.arc(0, 0, radius, 0, Math.PI * 2);
    context.stroke();
    star(context, radius * 0.3, SEAL);
    const characters = [...name].slice(0, 14);
    const spread = Math.min(Math.PI * 1.5, characters.length * (17 / (radius - 14)));
    for (const [at, character] of characters.entries()) {
      const angle = -spread / 2 + (spread * (at + 0.5)) / characters.length;
      context.save();
      context.rotate(angle);
      this.text(character, 0, -radius + 19, 14, { bold: true, align: 'center', colour: SEAL });
      context.restore();
    }
    this.text(this.words.handwriting.marks.practice, 0, radius * 0.62, 13, {
      bold: true,
      align: 'center',
      colour: SEAL,
    });
    context.restore();
  }

  /** Red emblem of an authority: circles and a star, no real one. */
  emblem(x: number, y: number, radius = 34): void {
    const { context } = this;
    context.save();
    context.translate(x, y);
    context.strokeStyle = SEAL;
    for (const [share, width] of [
      [1, 4],
      [0.8, 1.5],
    ] as const) {
      context.lineWidth = width;
      context.beginPath();
      context.arc(0, 0, radius * share, 0, Math.PI * 2);
      context.stroke();
    }
    star(context, radius * 0.5, SEAL);
    context.restore();
  }

  title(text: string, y: number, size = 30): void {
    const spaced = [...text].length <= 6 ? [...text].join(' ') : text;
    this.text(spaced, PAGE_WIDTH / 2, y, size, { bold: true, align: 'center' });
  }

  /** The marks of practice, and what a scanner adds: a shadow at the edge, a few specks. */
  finish(page: number, pages: number): void {
    const { context, draw, words } = this;
    const { marks, labels } = words.handwriting;
    context.save();
    context.globalAlpha = 0.1;
    context.translate(PAGE_WIDTH / 2, PAGE_HEIGHT * 0.62);
    context.rotate(-0.5);
    this.text(marks.sample, 0, 0, 120, { bold: true, align: 'center' });
    context.restore();
    context.strokeStyle = SEAL;
    context.lineWidth = 2;
    context.strokeRect(PAGE_WIDTH - 176, 30, 122, 30);
    this.text(`${marks.practice} PRACTICE`, PAGE_WIDTH - 115, 51, 15, { bold: true, align: 'center', colour: SEAL });
    this.text(marks.forPractice, PAGE_WIDTH / 2, PAGE_HEIGHT - 38, 12, { align: 'center' });
    if (pages > 1) this.text(`${labels.page} ${page + 1} / ${pages}`, RIGHT, PAGE_HEIGHT - 38, 12, { align: 'right' });
    context.fillStyle = 'rgba(40,38,30,0.35)';
    context.fillRect(-6, -6, 9, PAGE_HEIGHT + 12);
    for (let speck = 0; speck < 26; speck += 1)
      context.fillRect(draw.below(PAGE_WIDTH), draw.below(PAGE_HEIGHT), 1.2, 1.2);
  }
}

function star(context: SKRSContext2D, radius: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  for (let point = 0; point < 10; point += 1) {
    const [angle, reach] = [(Math.PI * point) / 5 - Math.PI / 2, point % 2 === 0 ? radius : radius * 0.4];
    context.lineTo(Math.cos(angle) * reach, Math.sin(angle) * reach);
  }
  context.fill();
}
