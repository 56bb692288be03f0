import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useRef } from 'react';
import { PdfPage } from './pdf-page.tsx';
import { useNear } from './use-near.ts';
import type { PageSource } from './use-page-sources.ts';

const A4 = { width: 595, height: 842 };

/** The small picture of one page of a scan, drawn when it comes near. */
export function PagePicture({
  source,
  page,
  width,
}: {
  readonly source: PageSource | undefined;
  readonly page: number;
  readonly width: number;
}) {
  const place = useRef<HTMLSpanElement>(null);
  const near = useNear(place);
  return (
    <span ref={place} style={{ display: 'block', minHeight: Math.round(width * 1.2), width }}>
      {near && source !== undefined && <Drawn source={source} page={page} width={width} />}
    </span>
  );
}

function Drawn({
  source,
  page,
  width,
}: {
  readonly source: PageSource;
  readonly page: number;
  readonly width: number;
}) {
  if (typeof source === 'string') return <img src={source} alt="" width={width} draggable={false} />;
  return <PdfPicture document={source} page={page} width={width} />;
}

function PdfPicture({
  document: pdf,
  page,
  width,
}: {
  readonly document: PDFDocumentProxy;
  readonly page: number;
  readonly width: number;
}) {
  return (
    <PdfPage
      document={pdf}
      number={page}
      expected={A4}
      scale={width / A4.width}
      rotation={0}
      label=""
      mark=""
      find=""
    />
  );
}
