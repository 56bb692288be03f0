import { useVirtualizer } from '@tanstack/react-virtual';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { type RefObject, useCallback, useEffect, useImperativeHandle, useRef } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { type PageSize, PdfPage } from './pdf-page.tsx';
import styles from './viewer.module.css';

const THUMB_WIDTH = 84;
/** A page's number below its small picture, and the space around both. */
const THUMB_FRAME = 40;
const GAP = 16;

/** Goes to a page, from 1. */
export type GoToPage = (page: number) => void;

interface PdfViewProps {
  readonly document: PDFDocumentProxy;
  readonly firstSize: PageSize;
  /** Address of a picture of the first page, shown until that is drawn. */
  readonly firstPicture?: string | undefined;
  readonly scale: number;
  readonly rotation: number;
  readonly onPage: (page: number) => void;
  readonly area: RefObject<HTMLElement | null>;
  readonly go: RefObject<GoToPage | null>;
  readonly mark: string;
  /** Words that are marked where they stand; empty: none. */
  readonly find: string;
}

/** Pages one below the other, of which only those near are there at all; reports which one is being read. */
export function PdfView({
  document: pdf,
  firstSize,
  firstPicture,
  scale,
  rotation,
  onPage,
  area,
  go,
  mark,
  find,
}: PdfViewProps) {
  const { t } = useText();
  const sizes = useRef(new Map<number, PageSize>());
  const turned = rotation % 180 !== 0;
  const heightOf = (index: number): number => {
    const size = sizes.current.get(index + 1) ?? firstSize;
    return Math.round((turned ? size.width : size.height) * scale);
  };
  const virtualizer = useVirtualizer({
    count: pdf.numPages,
    getScrollElement: () => area.current,
    estimateSize: heightOf,
    gap: GAP,
    paddingStart: GAP,
    paddingEnd: GAP,
    overscan: 1,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scale or turn is another height
  useEffect(() => virtualizer.measure(), [virtualizer, scale, turned]);
  useImperativeHandle(go, () => (page) => virtualizer.scrollToIndex(page - 1, { align: 'start' }), [virtualizer]);
  const onSize = useCallback(
    (number: number, size: PageSize) => {
      const known = sizes.current.get(number) ?? firstSize;
      if (known.width === size.width && known.height === size.height) return;
      sizes.current.set(number, size);
      virtualizer.measure();
    },
    [virtualizer, firstSize],
  );
  const near = virtualizer.getVirtualItems();
  const line = (virtualizer.scrollOffset ?? 0) + (area.current?.clientHeight ?? 0) / 3;
  const read = (near.findLast((item) => item.start <= line)?.index ?? 0) + 1;
  useEffect(() => onPage(read), [read, onPage]);
  const widest = Math.max(
    ...near.map(({ index }) => {
      const size = sizes.current.get(index + 1) ?? firstSize;
      return Math.round((turned ? size.height : size.width) * scale);
    }),
    0,
  );
  return (
    <div className={styles.stack} style={{ height: virtualizer.getTotalSize(), minWidth: widest + 2 * GAP }}>
      {near.map(({ key, index, start }) => (
        <div key={key} className={styles.place} style={{ transform: `translateY(${start}px)` }}>
          <PdfPage
            document={pdf}
            number={index + 1}
            expected={sizes.current.get(index + 1) ?? firstSize}
            scale={scale}
            rotation={rotation}
            label={t('viewer.page', { page: index + 1 })}
            mark={mark}
            find={find}
            picture={index === 0 && rotation === 0 ? firstPicture : undefined}
            onSize={onSize}
          />
        </div>
      ))}
    </div>
  );
}

interface PageListProps {
  readonly document: PDFDocumentProxy;
  readonly firstSize: PageSize;
  readonly page: number;
  readonly onGo: (page: number) => void;
  readonly mark: string;
}

/** Small pictures of the pages, of which only those near are there. */
export function PageList({ document: pdf, firstSize, page, onGo, mark }: PageListProps) {
  const { t } = useText();
  const list = useRef<HTMLElement>(null);
  const scale = THUMB_WIDTH / firstSize.width;
  const virtualizer = useVirtualizer({
    count: pdf.numPages,
    getScrollElement: () => list.current,
    estimateSize: () => Math.round(firstSize.height * scale) + THUMB_FRAME,
    paddingStart: 12,
    paddingEnd: 12,
    overscan: 2,
  });
  const former = useRef(page);
  useEffect(() => {
    if (former.current !== page) virtualizer.scrollToIndex(page - 1, { align: 'auto' });
    former.current = page;
  }, [virtualizer, page]);
  return (
    <nav ref={list} className={styles.pages} aria-label={t('viewer.pages')}>
      <div style={{ position: 'relative', height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start, size }) => (
          <button
            key={key}
            type="button"
            data-thumb={index + 1}
            className={styles.thumb}
            style={{ position: 'absolute', top: start, height: size }}
            aria-current={index + 1 === page}
            aria-label={t('viewer.page', { page: index + 1 })}
            onClick={() => onGo(index + 1)}
          >
            <PdfPage
              document={pdf}
              number={index + 1}
              expected={firstSize}
              scale={scale}
              rotation={0}
              label=""
              mark={mark}
              find=""
            />
            {index + 1}
          </button>
        ))}
      </div>
    </nav>
  );
}
