import { useEffect } from 'react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Binder } from './binder.tsx';
import { DossierList } from './dossier-list.tsx';
import { ExportSets } from './export-sets.tsx';
import { MissingLedger } from './missing-ledger.tsx';
import { PaperList } from './paper-list.tsx';
import { PlaceTree } from './place-tree.tsx';
import { ScanTray } from './scan-tray.tsx';

/** Dossiers: all of them, all papers, what is missing, export orders, or the binder of one customer (D1–D8). */
export function DossiersScreen() {
  const { number, params } = usePlace();
  const paper = params?.['paper'];
  if (number !== undefined) return <Binder key={number} number={number} />;
  if (paper !== undefined) return <BinderOfPaper code={paper} />;
  if (params?.['view'] === 'papers') return <PaperList />;
  if (params?.['view'] === 'missing') return <MissingLedger />;
  if (params?.['view'] === 'places') return <PlaceTree />;
  if (params?.['view'] === 'tray') return <ScanTray />;
  return params?.['view'] === 'orders' ? <ExportSets /> : <DossierList />;
}

/** A code leads to its place (D6): the binder of the paper's customer, open at the paper. */
function BinderOfPaper({ code }: { readonly code: string }) {
  const { replace } = useNavigate();
  const entry = useArchiveQuery('dossiers.paper', { code });
  const paper = entry.data?.paper;
  useEffect(() => {
    if (paper !== undefined)
      replace({ number: paper.customer, tab: String(paper.class), params: { paper: paper.code } });
  }, [paper, replace]);
  return entry.error === null ? <LoadingSkeleton shape="rows" count={12} /> : <ErrorState error={entry.error} />;
}
