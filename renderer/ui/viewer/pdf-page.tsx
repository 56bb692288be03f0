import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { drawInTurn } from './draw-in-turn.ts';
import { drawMark } from './page-mark.tsx';
import { type FoundBox, foundBoxes } from './pdf-text.ts';
import styles from './viewer.module.css';

/** Size of a page in PDF points at no rotation of ours. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

interface PdfPageProps {
  readonly document: PDFDocumentProxy;
  /** From 1. */
  readonly number: number;
  /** Size to reserve until the page itself is known. */
  readonly expected: PageSize;
  /** CSS pixels per point. */
  readonly scale: number;
  /** Quarter turns of the person: 0, 90, 180, 270. */
  readonly rotation: number;
  readonly label: string;
  /** Words drawn into the page; empty: none. */
  readonly mark: string;
  /** Words that are marked where they stand; empty: none. */
  readonly find: string;
  /** Address of a picture of it, shown until it is drawn. */
  readonly picture?: string | undefined;
  /** Told the page's own size once it is known. */
  readonly onSize?: (number: number, size: PageSize) => void;
}

/** Draws one page on a canvas, and the boxes around what is sought in it. */
export function PdfPage({
  document: pdf,
  number,
  expected,
  scale,
  rotation,
  label,
  mark,
  find,
  picture,
  onSize,
}: PdfPageProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(expected);
  const turned = rotation % 180 !== 0;

  useEffect(() => {
    const host = frame.current;
    if (host === null) return undefined;
    let task: { cancel(): void } | null = null;
    let current = true;
    const canvas = window.document.createElement('canvas');
    if (label === '') canvas.setAttribute('aria-hidden', 'true');
    else {
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', label);
    }
    const draw = async () => {
      const page = await pdf.getPage(number);
      const plain = page.getViewport({ scale: 1 });
      if (!current) return;
      setSize((known) =>
        known.width === plain.width && known.height === plain.height
          ? known
          : { width: plain.width, height: plain.height },
      );
      onSize?.(number, { width: plain.width, height: plain.height });
      const sharpness = Math.min(window.devicePixelRatio || 1, 2);
      const viewport = page.getViewport({ scale: scale * sharpness, rotation: (page.rotate + rotation) % 360 });
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
      if (context === null) return;
      const rendering = page.render({ canvas: null, canvasContext: context, viewport });
      rendering.onContinue = (go: () => void) => {
        // What was drawn in this slice becomes pixels now; otherwise the whole page would at the end, in one go.
        context.getImageData(0, 0, 1, 1);
        go();
      };
      task = rendering;
      await rendering.promise;
      if (mark !== '') drawMark(canvas, mark);
      if (current) host.replaceChildren(canvas);
    };
    const giveUp = drawInTurn(draw, label !== '');
    return () => {
      giveUp();
      current = false;
      task?.cancel();
      host.replaceChildren();
      // Gives the picture's memory back at once.
      canvas.width = 0;
    };
  }, [pdf, number, scale, rotation, label, mark, onSize]);

  const [boxes, setBoxes] = useState<readonly FoundBox[]>([]);
  useEffect(() => {
    setBoxes([]);
    if (find.trim() === '') return undefined;
    let current = true;
    const look = async (): Promise<void> => {
      const page = await pdf.getPage(number);
      const viewport = page.getViewport({ scale: 1, rotation: (page.rotate + rotation) % 360 });
      const found = await foundBoxes(page, viewport, find);
      if (current) setBoxes(found);
    };
    look().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [pdf, number, rotation, find]);

  return (
    <div
      className={styles.page}
      data-page={number}
      style={{
        width: Math.round((turned ? size.height : size.width) * scale),
        height: Math.round((turned ? size.width : size.height) * scale),
        ...(picture === undefined ? {} : { background: `#fff url("${picture}") 0 0 / 100% 100%` }),
      }}
    >
      <div ref={frame} className={styles.drawn} />
      {boxes.map((box) => (
        <span
          key={`${box.left} ${box.top} ${box.width}`}
          className={styles.foundBox}
          style={{
            left: `${box.left * 100}%`,
            top: `${box.top * 100}%`,
            width: `${box.width * 100}%`,
            height: `${box.height * 100}%`,
          }}
        />
      ))}
    </div>
  );
}
