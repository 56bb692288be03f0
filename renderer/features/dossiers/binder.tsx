import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { prepareViewer } from '../../ui/viewer/open-pdf.ts';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './binder.module.css';
import { type BinderRow, binderRows, neighbourType } from './binder-rows.ts';
import { CatalogueSheet } from './catalogue-sheet.tsx';
import {
  actsOf,
  type Dossier,
  type DossierPart,
  type NewPaperPreset,
  type RowAct,
  type SidePane,
  typesOf,
} from './dossier-types.ts';
import { PaneView } from './pane-view.tsx';
import { PrintFileDialog } from './print-file-dialog.tsx';
import { attachScans, isScanFile } from './scan-files.ts';
import { ScanViewer } from './scan-viewer.tsx';
import { Spine } from './spine.tsx';
import { useBinderKeys } from './use-binder-keys.ts';

/** The binder of one customer: spine and dividers, the catalogue sheet of a class, the paper that is looked at. */
export function Binder({ number }: { readonly number: string }) {
  const dossier = useArchiveQuery('dossiers.get', { number });
  if (dossier.error !== null) return <ErrorState error={dossier.error} onRetry={() => void dossier.refetch()} />;
  if (dossier.data === undefined) return <LoadingSkeleton shape="rows" count={12} />;
  return <OpenBinder dossier={dossier.data} />;
}

/** What the parts of the binder may do to it. */
export interface BinderActs {
  readonly mayChange: boolean;
  select(row: BinderRow): void;
  act(act: RowAct | null): void;
  look(row: BinderRow): void;
  showPaper(code: string): void;
  add(preset: NewPaperPreset): void;
  addOrder(): void;
  dropFiles(row: BinderRow | null, files: readonly File[]): void;
  dropPaper(code: string, toType: string): void;
  lend(row: BinderRow): void;
}

const partOf = (dossier: Dossier, dossierClass: number): DossierPart =>
  dossier.classes.find((part) => part.class === dossierClass) ?? { class: dossierClass, papers: [], missing: [] };

function OpenBinder({ dossier }: { readonly dossier: Dossier }) {
  const { t } = useText();
  const { go, replace } = useNavigate();
  const place = usePlace();
  const role = useActingRole();
  const mayChange = role === 'keeper';
  const print = usePrint();
  const dossierClass = Number(place.tab ?? place.params?.['paper']?.match(/KH·([1-5])·/u)?.[1] ?? 1);
  const types = typesOf(dossierClass, dossier.directExport).map((type) => type.key as string);
  const part = partOf(dossier, dossierClass);
  const rows = useMemo(() => binderRows(part.papers, part.missing, types), [part, types]);

  const [selected, setSelected] = useState<string | null>(place.params?.['paper'] ?? null);
  const [act, setAct] = useState<RowAct | null>(null);
  const [pane, setPane] = useState<SidePane | null>(() => {
    const code = place.params?.['paper'];
    if (place.params?.['filing'] !== undefined && mayChange) return { show: 'add', preset: { class: dossierClass } };
    return code === undefined ? null : { show: 'paper', code };
  });
  const [looking, setLooking] = useState<string | null>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const current = rows.find((row) => row.key === selected) ?? null;

  const openClass = useCallback(
    (next: number) => {
      replace({ tab: String(next) });
      setSelected(null);
      setAct(null);
    },
    [replace],
  );

  // A paper may be sought that stands in another class than its code names: it was refiled, its number survived (D6).
  const sought = place.params?.['paper'];
  useEffect(() => {
    if (sought === undefined) return;
    const home = dossier.classes.find((one) => one.papers.some((paper) => paper.code === sought));
    if (home !== undefined) replace({ tab: String(home.class), params: {} });
    setSelected(sought);
    setPane({ show: 'paper', code: sought });
  }, [sought, dossier, replace]);

  const acts: BinderActs = {
    mayChange,
    select: (row) => setSelected(row.key),
    act: setAct,
    look: (row) => {
      if (row.kind === 'paper' && row.paper.scans.length > 0) setLooking(row.paper.code);
      else if (row.kind === 'paper') setPane({ show: 'paper', code: row.paper.code });
    },
    showPaper: (code) => setPane({ show: 'paper', code }),
    add: (preset) => setPane({ show: 'add', preset }),
    addOrder: () => setPane({ show: 'order' }),
    dropFiles: (row, files) => {
      const scans = files.filter(isScanFile);
      const taken = scans.length > 0 ? scans : files;
      if (row?.kind === 'paper') {
        setSelected(row.key);
        void attachScans(row.paper.code, taken);
      } else if (row?.kind === 'gap')
        setPane({
          show: 'add',
          preset: { class: dossierClass, type: row.type, exportOrder: row.gap.exportOrder, files: taken },
        });
      else setPane({ show: 'add', preset: { class: dossierClass, files: taken } });
    },
    dropPaper: (code, toType) => {
      const paper = dossier.classes.flatMap((one) => one.papers).find((one) => one.code === code);
      if (paper === undefined || paper.type === toType) return;
      openClass(paper.class);
      setSelected(code);
      setAct({ kind: 'move', row: code, paper, to: toType });
    },
    lend: (row) => {
      if (row.kind === 'paper') go({ screen: 'loans', params: { code: row.paper.code } });
    },
  };

  const move = (step: 1 | -1): void => {
    const index = rows.findIndex((row) => row.key === selected);
    const next = rows[index === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, index + step))];
    if (next !== undefined) setSelected(next.key);
  };
  const moveType = (step: 1 | -1): void => {
    if (current?.kind !== 'paper' || !actsOf(current).move) return;
    const to = neighbourType(types, act?.kind === 'move' && act.row === current.key ? act.to : current.type, step);
    if (to !== null) setAct({ kind: 'move', row: current.key, paper: current.paper, to });
  };
  const [choosing, setChoosing] = useState(false);
  useEffect(prepareViewer, []);
  useBinderKeys({
    current,
    acts,
    types,
    dossierClass,
    move,
    moveType,
    openClass,
    edit: (paper) => setPane({ show: 'change', paper }),
    leave: () => (act !== null ? setAct(null) : pane !== null ? setPane(null) : go({ screen: 'dossiers' })),
    enabled: looking === null && !choosing,
  });

  const scanned = dossier.classes
    .map((one) => ({ class: one.class, papers: one.papers.filter(({ scans }) => scans.length > 0) }))
    .filter(({ papers }) => papers.length > 0);
  const printForm = (form: 'catalogue' | 'dossierLabel' | 'customerFile'): void => {
    if (form === 'customerFile' && scanned.length > 0) setChoosing(true);
    else print({ form, number: dossier.number });
  };

  const viewed =
    looking === null ? undefined : dossier.classes.flatMap((one) => one.papers).find((paper) => paper.code === looking);
  return (
    <div className={pane === null ? styles.binder : styles.binderWithPane}>
      <Spine
        dossier={dossier}
        open={dossierClass}
        onOpen={openClass}
        onBack={() => go({ screen: 'dossiers' })}
        onCard={() => go({ screen: 'cards', number: dossier.number })}
        onDropPaper={(code, target) => {
          const first = typesOf(target, dossier.directExport).find((type) => !type.perExportOrder);
          if (first !== undefined) acts.dropPaper(code, first.key);
        }}
      />
      <CatalogueSheet
        ref={sheet}
        dossier={dossier}
        part={part}
        rows={rows}
        selected={selected}
        act={act}
        acts={acts}
        onPrint={mayChange || role === 'supervisor' ? printForm : null}
      />
      {pane !== null && <PaneView pane={pane} dossier={dossier} acts={acts} onPane={setPane} onSelect={setSelected} />}
      {choosing && <PrintFileDialog number={dossier.number} classes={scanned} onClose={() => setChoosing(false)} />}
      {viewed !== undefined && (
        <ScanViewer
          paper={viewed}
          title={t('dossiers.viewing', { title: viewed.title })}
          mayArrange={mayChange && viewed.volume === null && viewed.state !== 'destroyed'}
          onClose={() => setLooking(null)}
        />
      )}
    </div>
  );
}
