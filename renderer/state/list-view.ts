import type { Condition } from '../../shared/domain/lists/list-query.ts';

/** How a person has set up a list: what survives a restart, and what a saved view brings back. */
export interface ListView {
  /** Fields shown as columns, in their order; null: the list's usual ones. */
  readonly columns: readonly string[] | null;
  readonly sort: { readonly key: string; readonly descending: boolean };
  readonly group: string | null;
  readonly filter: readonly Condition[];
  /** The list's own simple choices: kind, class, what is shown. */
  readonly choices: Readonly<Record<string, string>>;
}

export interface SavedView {
  readonly name: string;
  readonly view: ListView;
}

/** What a list's bar and table need of the place where views are kept. */
export interface ListViews {
  /** True once it is known how the list was left. */
  readonly ready: boolean;
  readonly view: ListView;
  readonly saved: readonly SavedView[];
  setView(view: ListView): void;
  saveAs(name: string): void;
  remove(name: string): void;
}
