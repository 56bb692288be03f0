import { useCallback, useEffect, useState } from 'react';
import { type Draft, deleteDraft, listDrafts, loadDraft, onDraftsChanged, saveDraftSoon } from './draft-store.ts';

const DEBOUNCE_MS = 300;

export interface DraftHandle<Value> {
  /** True once it is known whether a draft waits. */
  readonly ready: boolean;
  /** What waited when the form was opened; null if nothing. */
  readonly found: Draft<Value> | null;
  /** Keeps what is typed, within a second, encrypted (C3). */
  save(value: Value, title: string): void;
  /** After saving to the archive, or giving up. */
  discard(): void;
}

/**
 * The draft of one form. `scope` names the form, `id` the record (`new` for one that does not exist yet). Survives a crash,
 * a lock and a reload. Two forms on the same record share one draft: the last word wins.
 */
export function useDraft<Value>(scope: string, id: string): DraftHandle<Value> {
  const name = `${scope}\n${id}`;
  const [state, setState] = useState<{ name: string; found: Draft<Value> | null } | null>(null);
  useEffect(() => {
    let current = true;
    loadDraft<Value>(scope, id)
      .catch(() => null)
      .then((found) => {
        if (current) setState({ name, found });
      });
    return () => {
      current = false;
    };
  }, [scope, id, name]);

  const save = useCallback(
    (value: Value, title: string) => saveDraftSoon({ scope, id, title, value }, DEBOUNCE_MS),
    [scope, id],
  );
  const discard = useCallback(() => void deleteDraft(scope, id), [scope, id]);
  const ready = state?.name === name;
  return { ready, found: ready ? (state?.found ?? null) : null, save, discard };
}

/** Every unfinished draft, kept up to date: for Today. */
export function useDrafts(): readonly Draft[] {
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  useEffect(() => {
    let current = true;
    const read = () => {
      listDrafts()
        .catch(() => [])
        .then((found) => {
          if (current) setDrafts(found);
        });
    };
    read();
    const stop = onDraftsChanged(read);
    return () => {
      current = false;
      stop();
    };
  }, []);
  return drafts;
}
