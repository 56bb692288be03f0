import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** What this window remembers in the clear: shapes and choices, never a word of the archive. */
interface Preferences {
  /** Widths in pixels by table id and column id. */
  readonly columnWidths: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Widths in pixels of panes and drawers by id. */
  readonly paneWidths: Readonly<Record<string, number>>;
  /** Screen on which the desk was left. */
  readonly lastScreen: string;
  setColumnWidth(table: string, column: string, width: number): void;
  setPaneWidth(pane: string, width: number): void;
  setLastScreen(screen: string): void;
}

export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      columnWidths: {},
      paneWidths: {},
      lastScreen: 'today',
      setColumnWidth: (table, column, width) =>
        set(({ columnWidths }) => ({
          columnWidths: { ...columnWidths, [table]: { ...columnWidths[table], [column]: width } },
        })),
      setPaneWidth: (pane, width) => set(({ paneWidths }) => ({ paneWidths: { ...paneWidths, [pane]: width } })),
      setLastScreen: (lastScreen) => set({ lastScreen }),
    }),
    { name: 'desk.preferences', version: 1 },
  ),
);
