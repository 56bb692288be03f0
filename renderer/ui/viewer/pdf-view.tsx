import type { PDFDocumentProxy } from 'pdfjs-dist';
import { type RefObject, useEffect, useRef } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { type PageSize, PdfPage } from './pdf-page.tsx';
import styles from './viewer.module.css';

const THUMB_WIDTH = 84;
/** Its padding and its number. */
const THUMB_SURROUNDINGS = 32;

interface PdfViewProps {
  readonly document: PDFDocumentProxy;
  readonly firstSize: PageSize;
  readonly scale: number;
  readonly rotation: number;
  readonly page: number;
  readonly onPage: (page: number) => void;
  readonly area: RefObject<HTMLElement | null>;
  readonly mark: string;
}

/** All pages one below the other; reports which one is being read. */
export function PdfView({ document: pdf, firstSize, scale, rotation, onPage, area, mark }: PdfViewProps) {
  const { t } = useText();
  const pages = Array.from({ length: pdf.numPages }, (_, index) => index + 1);
  useEffect(() => {
    const scroller = area.current;
    if (scroller === null) return undefined;
    const onScroll = () => {
      const middle = scroller.getBoundingClientRect().top + scroller.clientHeight / 3;
      let seen = 1;
      for (const frame of scroller.querySelectorAll<HTMLElement>('[data-page]'))
        if (frame.getBoundingClientRect().top <= middle) seen = Number(frame.dataset.page);
      onPage(seen);
    };
    scroller.addEventListener('scroll', onScroll, { passive: true });
    return () => scroller.removeEventListener('scroll', onScroll);
  }, [area, onPage]);
  return (
    <div className={styles.stack}>
      {pages.map((number) => (
        <PdfPage
          key={number}
          document={pdf}
          number={number}
          expected={firstSize}
          scale={scale}
          rotation={rotation}
          label={t('viewer.page', { page: number })}
          mark={mark}
        />
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

/** Small pictures of the pages. */
export function PageList({ document: pdf, firstSize, page, onGo, mark }: PageListProps) {
  const { t } = useText();
  const list = useRef<HTMLElement>(null);
  const pages = Array.from({ length: pdf.numPages }, (_, index) => index + 1);
  const former = useRef(page);
  useEffect(() => {
    if (former.current !== page)
      list.current?.querySelector(`[data-thumb="${page}"]`)?.scrollIntoView({ block: 'nearest' });
    former.current = page;
  }, [page]);
  const height = THUMB_WIDTH * (firstSize.height / firstSize.width) + THUMB_SURROUNDINGS;
  return (
    <nav ref={list} className={styles.pages} aria-label={t('viewer.pages')}>
      {pages.map((number) => (
        <button
          key={number}
          type="button"
          data-thumb={number}
          className={styles.thumb}
          style={{ containIntrinsicBlockSize: `auto ${height}px` }}
          aria-current={number === page}
          aria-label={t('viewer.page', { page: number })}
          onClick={() => onGo(number)}
        >
          <PdfPage
            document={pdf}
            number={number}
            expected={firstSize}
            scale={THUMB_WIDTH / firstSize.width}
            rotation={0}
            label=""
            mark={mark}
          />
          {number}
        </button>
      ))}
    </nav>
  );
}
