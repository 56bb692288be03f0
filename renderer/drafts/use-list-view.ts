import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ListView, ListViews } from '../state/list-view.ts';
import { onForget } from '../state/reset-registry.ts';
import { useSession } from '../state/session.ts';
import { type KeptViews, keepViews, loadViews } from './view-store.ts';

const KEEP_AFTER_MS = 250;

/** Within one session a list is found as it was left without waiting for the disk. */
const known = new Map<string, KeptViews>();
onForget(() => known.clear());

/** The view of a list as this person left it, and the views saved for it. `usual`: a constant. */
export function useListView(list: string, usual: ListView): ListViews {
  const login = useSession((state) => state.session?.user?.login) ?? '';
  const name = `${login}\n${list}`;
  const [kept, setKept] = useState<{ readonly name: string; readonly views: KeptViews } | null>(() => {
    const views = known.get(name);
    return views === undefined ? null : { name, views };
  });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => {
    if (known.has(name)) {
      setKept({ name, views: known.get(name) as KeptViews });
      return;
    }
    let wanted = true;
    loadViews(login, list)
      .catch(() => ({ current: null, saved: [] }))
      .then((views) => {
        known.set(name, views);
        if (wanted) setKept({ name, views });
      });
    return () => {
      wanted = false;
    };
  }, [login, list, name]);

  const change = useCallback(
    (next: KeptViews) => {
      known.set(name, next);
      setKept({ name, views: next });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void keepViews(login, list, next).catch(() => undefined), KEEP_AFTER_MS);
    },
    [login, list, name],
  );

  const ready = kept?.name === name;
  const views = ready ? kept.views : null;
  return useMemo(() => {
    const present = views ?? { current: null, saved: [] };
    const view = present.current ?? usual;
    return {
      ready,
      view,
      saved: present.saved,
      setView: (next) => change({ ...present, current: next }),
      saveAs: (title) =>
        change({
          current: view,
          saved: [...present.saved.filter((one) => one.name !== title), { name: title, view }].sort((a, b) =>
            a.name.localeCompare(b.name),
          ),
        }),
      remove: (title) => change({ ...present, saved: present.saved.filter((one) => one.name !== title) }),
    };
  }, [ready, views, usual, change]);
}
