import {
  IconArrowBackUp,
  IconCalendarDue,
  IconFile,
  IconFileOff,
  IconPaperclip,
  IconUserShare,
} from '@tabler/icons-react';
import { type DragEvent, useEffect, useRef } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { DateText } from '../../ui/text/date-text.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import styles from './binder.module.css';
import type { BinderActs } from './binder.tsx';
import type { BinderRow } from './binder-rows.ts';
import { actsOf, type Dossier, type RowAct, typeOf } from './dossier-types.ts';
import { RowActForm } from './row-act-form.tsx';
import { useScanUploads } from './scan-files.ts';
import { UploadLine } from './upload-line.tsx';
import { PAPER_DRAG, useFileDrop } from './use-file-drop.ts';

interface PaperLineProps {
  readonly row: BinderRow;
  readonly dossier: Dossier;
  readonly startsType: boolean;
  readonly selected: boolean;
  readonly act: RowAct | null;
  readonly acts: BinderActs;
}

/** One line of the catalogue: a paper, or the gap where one is missing. What is being done to it stands in it. */
export function PaperLine({ row, dossier, startsType, selected, act, acts }: PaperLineProps) {
  const { t } = useText();
  const line = useRef<HTMLDivElement>(null);
  const uploads = useScanUploads((state) => state.uploads);
  const own = row.kind === 'paper' ? uploads.filter((upload) => upload.code === row.paper.code) : [];
  const { over, handlers } = useFileDrop({
    onFiles: acts.mayChange ? (files) => acts.dropFiles(row, files) : undefined,
    onPaper: acts.mayChange ? (code) => acts.dropPaper(code, row.type) : undefined,
  });
  useEffect(() => {
    if (!selected || act !== null) return;
    const active = document.activeElement;
    line.current?.scrollIntoView({ block: 'nearest' });
    if (active === null || active === document.body || active.closest('[data-line]') !== null)
      line.current?.focus({ preventScroll: true });
  }, [selected, act]);

  const startDrag = (event: DragEvent): void => {
    if (row.kind !== 'paper') return;
    event.dataTransfer.setData(PAPER_DRAG, row.paper.code);
    event.dataTransfer.effectAllowed = 'move';
  };
  return (
    <li className={styles.item}>
      {startsType && (
        <h2 className={styles.typeHead}>
          <span className={styles.typeNumber}>{typeOf(row.type)?.number}</span>
          {t(`documentType.${row.type}`)}
        </h2>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the binder act on the marked line */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <div
        ref={line}
        data-line
        tabIndex={selected ? 0 : -1}
        className={row.kind === 'gap' ? styles.gap : styles.line}
        data-state={row.kind === 'paper' ? row.paper.state : undefined}
        data-selected={selected || undefined}
        data-over={over || undefined}
        draggable={row.kind === 'paper' && acts.mayChange && actsOf(row).move}
        onDragStart={startDrag}
        onClick={() => acts.select(row)}
        onDoubleClick={() => row.kind === 'paper' && acts.showPaper(row.paper.code)}
        {...handlers}
      >
        {row.kind === 'paper' ? <PaperCells row={row} acts={acts} /> : <GapCells row={row} acts={acts} />}
      </div>
      {row.kind === 'paper' && row.paper.loan !== null && <OutCard row={row} acts={acts} />}
      {own.map((upload) => (
        <UploadLine key={upload.id} upload={upload} />
      ))}
      {act !== null && <RowActForm act={act} dossier={dossier} onDone={() => acts.act(null)} />}
    </li>
  );
}

type PaperRow = Extract<BinderRow, { kind: 'paper' }>;
type GapRow = Extract<BinderRow, { kind: 'gap' }>;

const STATE_TONE = {
  inPlace: 'plain',
  lent: 'amber',
  removed: 'plain',
  superseded: 'plain',
  bound: 'lake',
  destroyed: 'plain',
} as const;

function PaperCells({ row: { paper }, acts }: { readonly row: PaperRow; readonly acts: BinderActs }) {
  const { t } = useText();
  const formats = useFormats();
  const { today } = useToday();
  const expired =
    paper.validUntil !== null && paper.validUntil < today && paper.state !== 'superseded' && paper.state !== 'removed';
  return (
    <>
      <span className={styles.colSequence}>{paper.sequence}</span>
      <span className={styles.colTitle}>
        <span className={styles.paperTitle}>{paper.title}</span>
        <span className={styles.paperFacts}>
          <span className={styles.code}>{paper.code}</span>
          {paper.documentNumber !== '' && <span>{paper.documentNumber}</span>}
          {paper.exportOrder !== null && <span>{t('dossiers.orderShort', { order: paper.exportOrder })}</span>}
          {paper.original && <Tag>{t('dossiers.original')}</Tag>}
          {paper.scans.length > 0 && (
            <button
              type="button"
              className={styles.scans}
              tabIndex={-1}
              onClick={(event) => {
                event.stopPropagation();
                acts.select({ kind: 'paper', key: paper.code, type: paper.type, paper });
                acts.look({ kind: 'paper', key: paper.code, type: paper.type, paper });
              }}
            >
              <IconPaperclip size={12} aria-hidden />
              {t('dossiers.scanCount', { count: paper.scans.length })}
            </button>
          )}
          {expired && (
            <Tag tone="seal">
              <IconCalendarDue size={12} aria-hidden /> {t('dossiers.expired', { day: formats.day(paper.validUntil) })}
            </Tag>
          )}
        </span>
      </span>
      <span>
        <DateText value={paper.date} />
      </span>
      <span className={styles.colEnd}>{t('dossiers.pages', { count: paper.pages })}</span>
      <span className={styles.colPlace}>
        {paper.place === '' ? <span className={styles.soft}>—</span> : paper.place}
      </span>
      <span>
        <Tag tone={STATE_TONE[paper.state]}>{t(`dossiers.state.${paper.state}`)}</Tag>
        {paper.volume !== null && (
          <span className={styles.volume}>
            {t('dossiers.volume', {
              year: paper.volume.year,
              number: paper.volume.number,
              from: paper.volume.fromPage,
            })}
          </span>
        )}
      </span>
    </>
  );
}

/** What is missing, since when, and the ways to close the gap (D7). */
function GapCells({ row, acts }: { readonly row: GapRow; readonly acts: BinderActs }) {
  const { t } = useText();
  const formats = useFormats();
  const { gap } = row;
  return (
    <>
      <span className={styles.colSequence}>
        <IconFileOff size={16} aria-hidden />
      </span>
      <span className={styles.gapText}>
        <span className={styles.gapTitle}>
          {t('dossiers.gap', { type: t(`documentType.${row.type}`) })}
          {gap.exportOrder !== null && <span> · {t('dossiers.orderShort', { order: gap.exportOrder })}</span>}
        </span>
        <span className={styles.paperFacts}>
          {gap.since === null ? t('dossiers.gapNever') : t('dossiers.gapSince', { day: formats.day(gap.since) })}
        </span>
      </span>
      {acts.mayChange && (
        <span className={styles.gapActions}>
          <Button
            size="small"
            icon={IconFile}
            tabIndex={-1}
            onClick={() => acts.add({ class: gap.class, type: row.type, exportOrder: gap.exportOrder })}
          >
            {t('dossiers.fileIt')}
          </Button>
          <Button
            size="small"
            kind="quiet"
            tabIndex={-1}
            onClick={() => acts.act({ kind: 'waive', row: row.key, type: row.type, exportOrder: gap.exportOrder })}
          >
            {t('dossiers.waive')}
          </Button>
        </span>
      )}
    </>
  );
}

/** The card that stands in the place of a lent paper: who has it, since when, until when, and whether it was called back (B2). */
function OutCard({ row, acts }: { readonly row: PaperRow; readonly acts: BinderActs }) {
  const { t } = useText();
  const formats = useFormats();
  const { today } = useToday();
  const { loan } = row.paper;
  if (loan === null) return null;
  const overdue = loan.due < today;
  return (
    <div className={styles.outCard} data-overdue={overdue || undefined}>
      <span className={styles.outMark}>{t('dossiers.out')}</span>
      <div className={styles.outFacts}>
        <span className={styles.outWho}>
          <IconUserShare size={14} aria-hidden /> {loan.borrower}
        </span>
        <span>{t('dossiers.outSince', { day: formats.day(loan.since) })}</span>
        <span>{t(overdue ? 'dossiers.outOverdue' : 'dossiers.outDue', { day: formats.day(loan.due) })}</span>
        {loan.recalled && <Tag tone="seal">{t('dossiers.outRecalled')}</Tag>}
        <span className={styles.soft}>{loan.loanNumber}</span>
        {acts.mayChange && (
          <Button size="small" kind="quiet" icon={IconArrowBackUp} tabIndex={-1} onClick={() => acts.lend(row)}>
            {t('dossiers.takeBack')}
          </Button>
        )}
      </div>
    </div>
  );
}
