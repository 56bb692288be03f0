import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import { IconButton } from '../actions/button.tsx';
import { pagesWith } from './pdf-text.ts';
import styles from './viewer.module.css';

const PAUSE_MS = 200;

interface FindProps {
  readonly document: PDFDocumentProxy | null;
  /** What was read of the pages, where the file itself says nothing; null: not asked yet. */
  readonly read: readonly string[] | null;
  readonly value: string;
  readonly onValue: (text: string) => void;
  readonly onGo: (page: number) => void;
  readonly onClose: () => void;
}

/** The field in the viewer's bar that seeks words in the document: Enter goes to the next page that has them. */
export function FindInDocument({ document: pdf, read, value, onValue, onGo, onClose }: FindProps) {
  const { t } = useText();
  const [pages, setPages] = useState<readonly number[] | null>(null);
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const go = useRef(onGo);
  go.current = onGo;
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    setPages(null);
    if (value.trim() === '') return undefined;
    let current = true;
    const timer = setTimeout(() => {
      pagesWith(pdf, read ?? [], value, () => current).then(
        (found) => {
          if (!current) return;
          setPages(found);
          setAt(0);
          if (found[0] !== undefined) go.current(found[0]);
        },
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [pdf, read, value]);
  const step = (by: 1 | -1): void => {
    if (pages === null || pages.length === 0) return;
    const next = (at + by + pages.length) % pages.length;
    setAt(next);
    onGo(pages[next] ?? 1);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    // The letters that are keys of the viewer are letters here.
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  };
  return (
    <search className={styles.find}>
      <input
        ref={field}
        type="search"
        autoComplete="off"
        value={value}
        aria-label={t('viewer.find')}
        placeholder={t('viewer.find')}
        onChange={(event) => onValue(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span className={styles.found} role="status">
        {value.trim() === '' || pages === null
          ? ''
          : pages.length === 0
            ? t('viewer.notFound')
            : t('viewer.foundPage', { at: at + 1, total: pages.length })}
      </span>
      <IconButton icon={IconChevronUp} label={t('viewer.findPrevious')} onClick={() => step(-1)} />
      <IconButton icon={IconChevronDown} label={t('viewer.findNext')} onClick={() => step(1)} />
      <IconButton icon={IconX} label={t('viewer.findClose')} onClick={onClose} />
    </search>
  );
}
