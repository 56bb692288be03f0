import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Paper } from '../../../shared/contract/dossiers.ts';
import {
  type DocumentType,
  documentType,
  documentTypesOf,
  isDocumentTypeKey,
} from '../../../shared/domain/document-types.ts';
import { dossierClassOf } from '../../../shared/domain/dossier-classes.ts';
import type { BinderRow } from './binder-rows.ts';

export type Dossier = OutputOf<'dossiers.get'>;
export type DossierPart = Dossier['classes'][number];

/** What is being done to one row, in the row itself: every act asks for its reason once. */
export type RowAct =
  | { readonly kind: 'move'; readonly row: string; readonly paper: Paper; readonly to: string }
  | { readonly kind: 'removed' | 'superseded' | 'putBack'; readonly row: string; readonly paper: Paper }
  | { readonly kind: 'waive'; readonly row: string; readonly type: string; readonly exportOrder: string | null };

/** What the side pane shows. */
export type SidePane =
  | { readonly show: 'paper'; readonly code: string }
  | { readonly show: 'add'; readonly preset: NewPaperPreset }
  | { readonly show: 'change'; readonly paper: Paper }
  | { readonly show: 'order' };

export interface NewPaperPreset {
  readonly class: number;
  readonly type?: string;
  readonly exportOrder?: string | null;
  /** Files that become its scans. */
  readonly files?: readonly File[];
}

/** Types of a class in binder order. */
export function typesOf(dossierClass: number, directExport: boolean): readonly DocumentType[] {
  const known = dossierClassOf(dossierClass);
  return known === undefined ? [] : documentTypesOf(known, directExport);
}

export function typeOf(key: string): DocumentType | undefined {
  return isDocumentTypeKey(key) ? documentType(key) : undefined;
}

/** The four documents that every export order needs (D4), in binder order. */
export const ORDER_TYPES: readonly string[] = documentTypesOf(4, true)
  .filter((type) => type.perExportOrder)
  .map((type) => type.key);

/** What may be done with a row, by its state. Bound papers are fixed (Y2), lent ones are not here. */
export function actsOf(row: BinderRow): {
  readonly move: boolean;
  readonly takeOut: boolean;
  readonly putBack: boolean;
  readonly lend: boolean;
  readonly takeBack: boolean;
  readonly waive: boolean;
} {
  if (row.kind === 'gap')
    return { move: false, takeOut: false, putBack: false, lend: false, takeBack: false, waive: true };
  const { state, original } = row.paper;
  return {
    move: state === 'inPlace' || state === 'lent',
    takeOut: state === 'inPlace',
    putBack: state === 'removed' || state === 'superseded',
    lend: (state === 'inPlace' || state === 'bound') && !original,
    takeBack: state === 'lent',
    waive: false,
  };
}
