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

function useBinderKey(keys: string, labelKey: string, run: () => void, enabled: boolean): void {
  useShortcut(keys, run, { labelKey, groupKey: 'dossiers.keys', enabled });
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
  useBinderKey('arrowdown', 'dossiers.key.next', () => move(1), enabled);
  useBinderKey('j', 'dossiers.key.next', () => move(1), enabled);
  useBinderKey('arrowup', 'dossiers.key.previous', () => move(-1), enabled);
  useBinderKey('k', 'dossiers.key.previous', () => move(-1), enabled);
  useBinderKey(
    'enter',
    'dossiers.key.open',
    () => {
      if (paper !== null) acts.showPaper(paper.code);
      else if (current?.kind === 'gap' && acts.mayChange)
        acts.add({ class: dossierClass, type: current.type, exportOrder: current.gap.exportOrder });
    },
    enabled,
  );
  useBinderKey('space', 'dossiers.key.look', () => current !== null && acts.look(current), enabled);
  useBinderKey('n', 'dossiers.add', () => acts.add({ class: dossierClass }), change);
  useBinderKey('e', 'dossiers.key.change', () => paper !== null && may?.move === true && edit(paper), change);
  useBinderKey(
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
  useBinderKey('alt+arrowdown', 'dossiers.key.moveDown', () => moveType(1), change);
  useBinderKey('alt+arrowup', 'dossiers.key.moveUp', () => moveType(-1), change);
  useBinderKey(
    't',
    'dossiers.key.takeOut',
    () => {
      if (current !== null && paper !== null && may?.takeOut === true)
        acts.act({ kind: 'removed', row: current.key, paper });
    },
    change,
  );
  useBinderKey(
    's',
    'dossiers.key.supersede',
    () => {
      if (current !== null && paper !== null && may?.takeOut === true)
        acts.act({ kind: 'superseded', row: current.key, paper });
    },
    change,
  );
  useBinderKey(
    'b',
    'dossiers.key.putBack',
    () => {
      if (current !== null && paper !== null && may?.putBack === true)
        acts.act({ kind: 'putBack', row: current.key, paper });
    },
    change,
  );
  useBinderKey(
    'w',
    'dossiers.key.waive',
    () => {
      if (current?.kind === 'gap')
        acts.act({ kind: 'waive', row: current.key, type: current.type, exportOrder: current.gap.exportOrder });
    },
    change,
  );
  useBinderKey('l', 'dossiers.key.lend', () => current !== null && may?.lend === true && acts.lend(current), change);
  useBinderKey(
    'r',
    'dossiers.key.return',
    () => current !== null && may?.takeBack === true && acts.lend(current),
    change,
  );
  useBinderKey('1', 'dossiers.key.class1', () => openClass(1), enabled);
  useBinderKey('2', 'dossiers.key.class2', () => openClass(2), enabled);
  useBinderKey('3', 'dossiers.key.class3', () => openClass(3), enabled);
  useBinderKey('4', 'dossiers.key.class4', () => openClass(4), enabled);
  useBinderKey('5', 'dossiers.key.class5', () => openClass(5), enabled);
  useBinderKey('escape', 'dossiers.key.leave', leave, enabled);
}
