import type { Paper } from '../../../shared/contract/dossiers.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import type { BinderActs } from './binder.tsx';
import type { BinderRow } from './binder-rows.ts';
import { actsOf } from './dossier-types.ts';

interface BinderKeys {
  readonly current: BinderRow | null;
  readonly acts: BinderActs;
  readonly types: readonly string[];
  readonly dossierClass: number;
  readonly move: (step: 1 | -1) => void;
  readonly moveType: (step: 1 | -1) => void;
  readonly openClass: (dossierClass: number) => void;
  readonly edit: (paper: Paper) => void;
  readonly leave: () => void;
  readonly enabled: boolean;
}

/** Single-key acts of the binder (ux.md "Keyboard"): everything the mouse can do. */
export function useBinderKeys({
  current,
  acts,
  types,
  dossierClass,
  move,
  moveType,
  openClass,
  edit,
  leave,
  enabled,
}: BinderKeys): void {
  const paper = current?.kind === 'paper' ? current.paper : null;
  const may = current === null ? null : actsOf(current);
  const change = enabled && acts.mayChange;
  const groupKey = 'dossiers.keys';
  const key = (keys: string, labelKey: string, run: () => void, on = enabled): void =>
    // The number of keys never changes between renders.
    useShortcut(keys, run, { labelKey, groupKey, enabled: on });

  key('arrowdown', 'dossiers.key.next', () => move(1));
  key('j', 'dossiers.key.next', () => move(1));
  key('arrowup', 'dossiers.key.previous', () => move(-1));
  key('k', 'dossiers.key.previous', () => move(-1));
  key('enter', 'dossiers.key.open', () => {
    if (paper !== null) acts.showPaper(paper.code);
    else if (current?.kind === 'gap' && acts.mayChange)
      acts.add({ class: dossierClass, type: current.type, exportOrder: current.gap.exportOrder });
  });
  key('space', 'dossiers.key.look', () => current !== null && acts.look(current));
  key('n', 'dossiers.add', () => acts.add({ class: dossierClass }), change);
  key('e', 'dossiers.key.change', () => paper !== null && may?.move === true && edit(paper), change);
  key(
    'm',
    'dossiers.key.move',
    () => {
      if (current !== null && paper !== null && may?.move === true)
        acts.act({
          kind: 'move',
          row: current.key,
          paper,
          to: types.find((type) => type !== paper.type) ?? paper.type,
        });
    },
    change,
  );
  key('alt+arrowdown', 'dossiers.key.moveDown', () => moveType(1), change);
  key('alt+arrowup', 'dossiers.key.moveUp', () => moveType(-1), change);
  key(
    't',
    'dossiers.key.takeOut',
    () => {
      if (current !== null && paper !== null && may?.takeOut === true)
        acts.act({ kind: 'removed', row: current.key, paper });
    },
    change,
  );
  key(
    'b',
    'dossiers.key.putBack',
    () => {
      if (current !== null && paper !== null && may?.putBack === true)
        acts.act({ kind: 'putBack', row: current.key, paper });
    },
    change,
  );
  key(
    'w',
    'dossiers.key.waive',
    () => {
      if (current?.kind === 'gap')
        acts.act({ kind: 'waive', row: current.key, type: current.type, exportOrder: current.gap.exportOrder });
    },
    change,
  );
  key('l', 'dossiers.key.lend', () => current !== null && may?.lend === true && acts.lend(current), change);
  key('r', 'dossiers.key.return', () => current !== null && may?.takeBack === true && acts.lend(current), change);
  for (const number of [1, 2, 3, 4, 5]) key(String(number), `dossiers.key.class${number}`, () => openClass(number));
  key('escape', 'dossiers.key.leave', leave);
}
