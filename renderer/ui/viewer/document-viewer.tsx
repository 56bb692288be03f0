import {
  IconArrowAutofitWidth,
  IconLayoutSidebar,
  IconRotateClockwise,
  IconSearch,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { FIRST_PAGE_DPI } from '../../../shared/domain/scan-pages.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { DocumentContent } from '../../gateway/documents.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import { IconButton } from '../actions/button.tsx';
import { useWidth } from '../frame/use-width.ts';
import { ErrorState } from '../states/error-state.tsx';
import { LoadingSkeleton } from '../states/loading-skeleton.tsx';
import { FindInDocument } from './find-in-document.tsx';
import { ImageView } from './image-view.tsx';
import { type GoToPage, PageList, PdfView } from './pdf-view.tsx';
import { usePdf } from './use-pdf.ts';
import { usePicture } from './use-picture.ts';
import styles from './viewer.module.css';

const STEP = 1.25;
const SMALLEST = 0.1;
const LARGEST = 8;
const MARGIN = 34;
const SHOWN_IMAGES = ['image/png', 'image/jpeg'];
const FIRST_PAGE_MEDIA_TYPE = 'image/webp';
/** Of a PDF's page, of which a pixel of its picture is a part. */
const POINTS_OF_PIXEL = 72 / FIRST_PAGE_DPI;
const A4_POINTS = 595;

export interface DocumentViewerProps {
  readonly name: string;
  readonly mediaType: string;
  /** Null while the archive is still reading and checking. */
  readonly content: DocumentContent | null;
  /** The picture of a long one's first page, shown until the whole is open. */
  readonly firstPage?: DocumentContent | null;
  /** How many pages a long one has, as far as it is known before it is open. */
  readonly pages?: number | undefined;
  readonly error?: AppError | null;
  /** Further buttons at the end of its bar (save, close). */
  readonly actions?: ReactNode;
  readonly autoFocus?: boolean;
  /** Words that are drawn into every page (L2). */
  readonly mark?: string;
  /** What was read of its pages where the file itself says nothing: asked for when words are sought. */
  readonly readText?: () => Promise<readonly string[]>;
}

/**
 * Shows a scan or a print: PDF page by page, PNG and JPEG as they are, a sentence for TIFF. Keys: + − zoom, 0 fits the width,
 * R turns, N and P or Page Down and Page Up go by pages, / seeks words. Nothing in a PDF can act (R66).
 */
export function DocumentViewer({
  name,
  mediaType,
  content,
  firstPage = null,
  pages = 1,
  error: unopened = null,
  actions,
  autoFocus = false,
  mark = '',
  readText,
}: DocumentViewerProps) {
  const { t } = useText();
  const formats = useFormats();
  const area = useRef<HTMLDivElement>(null);
  const isPdf = mediaType === 'application/pdf';
  const isImage = SHOWN_IMAGES.includes(mediaType);
  const pdf = usePdf(isPdf ? content : null);
  const { picture: bridge } = usePicture(isPdf ? firstPage : null, FIRST_PAGE_MEDIA_TYPE);
  const image = usePicture(isImage ? content : null, mediaType);
  const [zoom, setZoom] = useState<number | null>(null);
  const [rotation, setRotation] = useState(0);
  const [page, setPage] = useState(1);
  const [listShown, setListShown] = useState(true);
  const [seeking, setSeeking] = useState(false);
  const [find, setFind] = useState('');
  const [read, setRead] = useState<readonly string[] | null>(null);
  const jump = useRef<GoToPage | null>(null);
  const areaWidth = useWidth(area, 800);
  const pageCount = pdf.document?.numPages ?? 1;

  useEffect(() => {
    if (autoFocus) area.current?.focus({ preventScroll: true });
  }, [autoFocus]);

  const fitWidth = Math.max(200, areaWidth - MARGIN);
  const turned = rotation % 180 !== 0;
  const bridgeSize = bridge && { width: bridge.width * POINTS_OF_PIXEL, height: bridge.height * POINTS_OF_PIXEL };
  const size = isImage ? image.picture : (pdf.firstSize ?? bridgeSize);
  const width = size === null ? A4_POINTS : turned ? size.height : size.width;
  const scale = zoom ?? Math.min(isImage ? 1 : 2, fitWidth / width);
  const zoomBy = (factor: number) => setZoom(Math.min(LARGEST, Math.max(SMALLEST, (zoom ?? scale) * factor)));
  const goTo = useCallback(
    (wanted: number) => {
      const bounded = Math.min(pageCount, Math.max(1, wanted));
      setPage(bounded);
      jump.current?.(bounded);
    },
    [pageCount],
  );
  const seek = (): void => {
    setSeeking(true);
    if (read === null && readText !== undefined) readText().then(setRead, () => setRead([]));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Record<string, () => void> = {
      '+': () => zoomBy(STEP),
      '=': () => zoomBy(STEP),
      '-': () => zoomBy(1 / STEP),
      '0': () => setZoom(null),
      r: () => setRotation((turn) => (turn + 90) % 360),
      n: () => goTo(page + 1),
      p: () => goTo(page - 1),
      '/': seek,
    };
    const act = acts[event.key.toLowerCase()];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  const error = unopened ?? pdf.error ?? image.error;
  const shown = isPdf || isImage;
  const broken = pdf.failed || image.failed;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to everything inside
    <div className={styles.viewer} onKeyDown={onKeyDown}>
      <div className={styles.bar}>
        {isPdf && (
          <IconButton
            icon={IconLayoutSidebar}
            label={t(listShown ? 'viewer.hidePages' : 'viewer.showPages')}
            aria-pressed={listShown}
            onClick={() => setListShown(!listShown)}
          />
        )}
        <span className={styles.name} title={name}>
          {name}
        </span>
        {isPdf && (pdf.document ?? bridge) !== null && (
          <span className={styles.pageOf} role="status">
            {pdf.document === null ? t('viewer.restComes') : t('viewer.pageOf', { page, total: pageCount })}
          </span>
        )}
        {shown &&
          (isPdf || readText !== undefined) &&
          (seeking ? (
            <FindInDocument
              document={pdf.document}
              read={read}
              value={find}
              onValue={setFind}
              onGo={goTo}
              onClose={() => {
                setSeeking(false);
                setFind('');
                area.current?.focus({ preventScroll: true });
              }}
            />
          ) : (
            <IconButton icon={IconSearch} label={t('viewer.find')} keys="/" onClick={seek} />
          ))}
        {shown && (
          <>
            <IconButton icon={IconZoomOut} label={t('viewer.zoomOut')} keys="-" onClick={() => zoomBy(1 / STEP)} />
            <span className={styles.zoom}>{formats.percent(Math.round(scale * 100))}</span>
            <IconButton icon={IconZoomIn} label={t('viewer.zoomIn')} keys="+" onClick={() => zoomBy(STEP)} />
            <IconButton
              icon={IconArrowAutofitWidth}
              label={t('viewer.fitWidth')}
              keys="0"
              onClick={() => setZoom(null)}
            />
            <IconButton
              icon={IconRotateClockwise}
              label={t('viewer.rotate')}
              keys="r"
              onClick={() => setRotation((turn) => (turn + 90) % 360)}
            />
          </>
        )}
        {actions}
      </div>
      {isPdf &&
        listShown &&
        (pdf.document !== null && pdf.firstSize !== null
          ? pageCount > 1 && (
              <PageList document={pdf.document} firstSize={pdf.firstSize} page={page} onGo={goTo} mark={mark} />
            )
          : // What is read stays where it is when the list comes.
            pages > 1 && (
              <div className={styles.pages} aria-hidden>
                {bridge !== null && mark === '' && (
                  <div className={styles.firstThumb}>
                    <img src={bridge.address} alt="" className={styles.thumbBlank} />1
                  </div>
                )}
              </div>
            ))}
      <section
        ref={area}
        className={styles.sheetArea}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={t('viewer.label', { name })}
        // A dialog around it gives the focus to what bears this mark, else to its own close button, where no key of the viewer acts.
        data-autofocus={autoFocus || undefined}
      >
        {error !== null ? (
          <ErrorState error={error} />
        ) : !shown ? (
          <p className={styles.note}>{t(mediaType === 'image/tiff' ? 'viewer.tiff' : 'viewer.unsupported')}</p>
        ) : broken ? (
          <p className={styles.note}>{t('viewer.damaged')}</p>
        ) : pdf.document !== null && pdf.firstSize !== null ? (
          <PdfView
            document={pdf.document}
            firstSize={pdf.firstSize}
            firstPicture={mark === '' ? bridge?.address : undefined}
            scale={scale}
            rotation={rotation}
            onPage={setPage}
            area={area}
            go={jump}
            mark={mark}
            find={find}
          />
        ) : bridge !== null ? (
          <ImageView
            picture={bridge}
            name={t('viewer.page', { page: 1 })}
            scale={scale * POINTS_OF_PIXEL}
            rotation={rotation}
            mark={mark}
            atTop
          />
        ) : image.picture !== null ? (
          <ImageView picture={image.picture} name={name} scale={scale} rotation={rotation} mark={mark} />
        ) : (
          <LoadingSkeleton shape="form" count={12} />
        )}
      </section>
    </div>
  );
}
