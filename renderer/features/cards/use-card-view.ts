import { useEffect, useMemo, useRef } from 'react';
import type { InputOf } from '../../../shared/contract/contract.ts';
import type { Condition, ListField } from '../../../shared/domain/lists/list-query.ts';
import { useListView } from '../../drafts/use-list-view.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import type { ListView, ListViews } from '../../state/list-view.ts';
import type { Place } from '../../state/navigation.ts';
import type { LineGroup } from '../../ui/table/grouped-lines.ts';
import { listValueText } from '../../ui/table/list-words.ts';

/** The list of cards as it is before anybody set it up. */
export const USUAL_VIEW: ListView = {
  columns: null,
  sort: { key: 'number', descending: false },
  group: null,
  filter: [],
  choices: {},
};

const CHOICES = ['kind', 'tier', 'show'] as const;

/** The list's simple choices among the parameters of a place. */
export function choicesIn(params: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(CHOICES.flatMap((key) => (params[key] === undefined ? [] : [[key, params[key]]])));
}

/** Conditions that another screen hands over in a place: drill-down from an analysis. */
function handedFilter(text: string | undefined): readonly Condition[] | undefined {
  if (text === undefined) return undefined;
  try {
    const conditions: unknown = JSON.parse(text);
    return Array.isArray(conditions) ? (conditions as Condition[]) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * How this person has set up the list of cards. The simple choices live in the place as well, so that coming back finds them:
 * a place without any takes those of the kept view, once; a saved view brings its own; a place that hands over conditions
 * begins with these.
 */
export function useCardView(
  params: Readonly<Record<string, string>>,
  replace: (change: Omit<Partial<Place>, 'screen'>) => void,
): ListViews {
  const views = useListView('cards', USUAL_VIEW);
  const { ready, view, setView } = views;
  const begun = useRef(false);
  const handed = params['filter'];
  useEffect(() => {
    if (!ready) return;
    const conditions = handedFilter(handed);
    if (conditions !== undefined) {
      const { filter: _filter, ...rest } = params;
      begun.current = true;
      setView({ ...USUAL_VIEW, columns: view.columns, filter: conditions, choices: choicesIn(rest) });
      replace({ params: rest });
      return;
    }
    if (begun.current) return;
    begun.current = true;
    if (Object.keys(params).length === 0 && Object.keys(view.choices).length > 0)
      replace({ params: { ...view.choices } });
  }, [ready, handed, params, view, setView, replace]);

  return useMemo(
    () => ({
      ...views,
      setView: (next) => {
        setView(next);
        if (JSON.stringify(next.choices) === JSON.stringify(choicesIn(params))) return;
        const others = Object.fromEntries(
          Object.entries(params).filter(([key]) => !CHOICES.some((choice) => choice === key)),
        );
        replace({ params: { ...others, ...next.choices } });
      },
    }),
    [views, setView, params, replace],
  );
}

/** Headings of the groups of the list, in the order of its rows; undefined without groups. */
export function useCardGroups(
  query: Omit<InputOf<'customers.groups'>, 'group'>,
  group: string | null,
  fields: ReadonlyMap<string, ListField>,
): readonly LineGroup[] | undefined {
  const { t } = useText();
  const formats = useFormats();
  const answer = useArchiveQuery(
    'customers.groups',
    { ...query, group: group ?? 'number' },
    { enabled: group !== null, keepPrevious: true },
  ).data;
  return useMemo(() => {
    const field = group === null ? undefined : fields.get(group);
    if (field === undefined || answer === undefined) return undefined;
    return answer.groups.map(({ value, count }) => ({ label: listValueText(field, value, t, formats), count }));
  }, [answer, group, fields, t, formats]);
}
