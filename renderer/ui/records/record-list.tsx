import { IconFileExport, IconSearch, IconX } from '@tabler/icons-react';
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { type RecordListName, recordListOf } from '../../../shared/domain/lists/record-lists.ts';
import { useListView } from '../../drafts/use-list-view.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { countedApart, useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import type { ListView } from '../../state/list-view.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../actions/button.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { LoadingSkeleton } from '../states/loading-skeleton.tsx';
import { type BulkAction, BulkLine } from '../table/bulk-actions.tsx';
import type { Sort } from '../table/columns.ts';
import { DataTable } from '../table/data-table.tsx';
import type { LineGroup } from '../table/grouped-lines.ts';
import { ListBar } from '../table/list-bar.tsx';
import { movedColumn } from '../table/list-menus.tsx';
import { listFieldLabel, listValueText } from '../table/list-words.ts';
import { type Marks, NO_MARKS } from '../table/marks.ts';
import { useMarks } from '../table/use-marks.ts';
import { type RecordCells, type RecordRow, recordColumns } from './record-columns.tsx';
import { RecordExport } from './record-export.tsx';
import styles from './records.module.css';

/** Numbers that mean nothing when they are added up. */
const NOT_SUMMED = new Set([
  'year',
  'use',
  'share',
  'probability',
  'score',
  'line',
  'daysOverdue',
  'hours',
  'seq',
  'step',
  'queuePlace',
  'noticesGiven',
  'salesShare',
  'cumulativeShare',
  'averageShare',
  'yearsOfDealing',
  'thickness',
  'workOrder',
  'quietDays',
  'cards',
  'confirmed',
  'corrected',
  'flagged',
  'notYet',
]);
const NOTHING: RecordCells = {};
const NO_FIELDS: readonly string[] = [];
const EVERYWHERE: readonly Condition[] = [];

export interface RecordListProps {
  readonly list: RecordListName;
  /** Under which the view is remembered, where one list stands in several places. Constant. */
  readonly id?: string;
  /** What the list is, for screen readers. */
  readonly label: string;
  /** What always holds here: what the tab or the card is about. A constant or memoised. */
  readonly scope?: readonly Condition[];
  /** Columns and order before anybody sets the list up, where they are not the list's own. Constants. */
  readonly usual?: readonly string[];
  readonly sort?: Sort;
  /** A typed text from the screen's own search field. */
  readonly text?: string;
  readonly cells?: RecordCells;
  /** Fields that rows bring along though no column shows them. A constant. */
  readonly needs?: readonly string[];
  /** Only these columns, and no bar: beside an opened record. */
  readonly narrow?: readonly string[] | undefined;
  readonly selectedKey?: string | null | undefined;
  readonly onSelect?: (row: RecordRow) => void;
  /** The first row, once it is there and whenever another one comes first: what acts on a row begin with. */
  readonly onFirst?: (row: RecordRow | null) => void;
  readonly onOpen?: (row: RecordRow) => void;
  readonly autoFocus?: boolean;
  /** What can be done with a row, in a column of its own at the end. A constant or memoised. */
  readonly act?: ((row: RecordRow) => ReactNode) | undefined;
  readonly actWidth?: number;
  /** Acts on marked rows, `most` of them at once. A constant. */
  readonly bulk?: RecordBulk | undefined;
  /** Shown when the list has nothing at all. */
  readonly empty: ReactNode;
}

export interface RecordBulk {
  readonly actions: readonly BulkAction<readonly RecordRow[]>[];
  readonly most: number;
}

/**
 * One list of records: filtered by any field, sorted by any column, grouped, with chosen columns, saved views, counts and totals, and
 * out as a file; it stands as this person left it. What it can be asked is the list's vocabulary (`RECORD_LISTS`).
 */
export function RecordList(props: RecordListProps) {
  const { list, id = list, usual, sort } = props;
  const own = recordListOf(list);
  const usualView = useMemo(
    (): ListView => ({
      columns: usual ?? null,
      sort: sort ?? own.sort,
      group: null,
      filter: [],
      choices: {},
    }),
    [own, usual, sort],
  );
  const views = useListView(id, usualView);
  if (!views.ready) return <LoadingSkeleton shape="rows" />;
  return <Shown key={id} {...props} id={id} views={views} usualView={usualView} />;
}

function Shown({
  list,
  id,
  label,
  scope = EVERYWHERE,
  usual,
  text = '',
  cells = NOTHING,
  needs = NO_FIELDS,
  narrow,
  selectedKey,
  onSelect,
  onFirst,
  onOpen,
  autoFocus,
  act,
  actWidth = 170,
  bulk,
  empty,
  views,
  usualView,
}: RecordListProps & {
  readonly id: string;
  readonly views: ReturnType<typeof useListView>;
  readonly usualView: ListView;
}) {
  const { t } = useText();
  const formats = useFormats();
  const mayExport = useActingRole() === 'keeper';
  const [exporting, setExporting] = useState(false);
  const { fields, usual: ownUsual } = recordListOf(list);
  const { view, setView } = views;
  const sought = useDeferredValue(text.trim());
  const shown = useMemo(
    () => narrow ?? (view.columns ?? usual ?? ownUsual).filter((key) => fields.has(key)),
    [narrow, view.columns, usual, ownUsual, fields],
  );
  const group = narrow === undefined ? view.group : null;
  const query = useMemo(
    () => ({
      list,
      text: sought,
      filter: [...scope, ...(narrow === undefined ? view.filter : [])].map((condition) => ({
        ...condition,
        values: [...condition.values],
      })),
    }),
    [list, sought, scope, narrow, view.filter],
  );
  const order = useMemo(() => ({ sort: view.sort.key, descending: view.sort.descending }), [view.sort]);
  const input = useMemo(
    () => ({
      ...query,
      ...order,
      count: 'enough' as const,
      columns: [...new Set([...shown, ...needs])],
      ...(group === null ? {} : { group }),
    }),
    [query, order, shown, needs, group],
  );
  const pages = useArchivePages('lists.rows', input, (answer) => answer);
  const counted = useArchiveQuery('lists.totals', { ...query, fields: [] }, { enabled: pages.more }).data;
  const source = countedApart(pages, counted);
  const groups = useRecordGroups(query, group);
  const first = source.rowAt(0) ?? null;
  const tellFirst = useRef(onFirst);
  tellFirst.current = onFirst;
  useEffect(() => tellFirst.current?.(first), [first]);
  const columns = useMemo(
    () => [
      ...recordColumns(shown, fields, cells, t, formats),
      ...(act === undefined ? [] : [{ id: 'act', header: '', width: actWidth, cell: act, text: () => '' }]),
    ],
    [shown, fields, cells, t, formats, act, actWidth],
  );
  const marking = bulk !== undefined && narrow === undefined;
  const [marks, setMarks] = useMarks(input);
  /** Rows that are there, from the first one on. */
  const rows = (): RecordRow[] =>
    Array.from({ length: source.total ?? 0 }, (_, at) => source.rowAt(at)).filter((row) => row !== undefined);
  const mark = (next: Marks): void => {
    const keys = next.all ? rows().map((row) => row.key) : [...next.keys];
    setMarks(keys.length === 0 ? NO_MARKS : { all: false, keys: new Set(keys.slice(0, bulk?.most)) });
  };
  const narrowed = view.filter.length > 0 && narrow === undefined;
  return (
    <div className={styles.list}>
      {narrow === undefined && (
        <ListBar fields={fields} views={views} shown={shown} usual={usualView}>
          {mayExport && (
            <Button kind="quiet" size="small" icon={IconFileExport} onClick={() => setExporting(true)}>
              {t('exports.export')}
            </Button>
          )}
        </ListBar>
      )}
      {marking && (
        <BulkLine
          marks={marks}
          total={source.total ?? 0}
          actions={bulk.actions}
          selectionOf={() => rows().filter((row) => marks.keys.has(row.key))}
          onMarks={setMarks}
        />
      )}
      <div className={styles.table}>
        <DataTable
          id={narrow === undefined ? id : `${id}-narrow`}
          label={label}
          columns={columns}
          source={source}
          rowKey={(row) => row.key}
          selectedKey={selectedKey}
          {...(onSelect === undefined ? {} : { onSelect })}
          {...(onOpen === undefined ? {} : { onOpen })}
          {...(marking ? { marks, onMarks: mark } : {})}
          sort={view.sort}
          onSort={(next) => setView({ ...view, sort: next })}
          autoFocus={autoFocus ?? false}
          groups={groups}
          foot={narrow === undefined ? <RecordTotals query={query} shown={shown} /> : null}
          {...(narrow === undefined
            ? { onMoveColumn: (key: string, by: -1 | 1) => setView({ ...view, columns: movedColumn(shown, key, by) }) }
            : {})}
          empty={
            narrowed ? (
              <EmptyState
                icon={IconSearch}
                title={t('list.none')}
                actions={
                  <Button icon={IconX} onClick={() => setView({ ...view, filter: [] })}>
                    {t('list.filter.clear')}
                  </Button>
                }
              >
                {t('list.noneText')}
              </EmptyState>
            ) : (
              empty
            )
          }
        />
      </div>
      {exporting && (
        <RecordExport
          wanted={{ ...query, ...order, columns: [...shown] }}
          count={source.total ?? 0}
          onClose={() => setExporting(false)}
        />
      )}
    </div>
  );
}

type Query = {
  readonly list: RecordListName;
  readonly text: string;
  readonly filter: { field: string; is: Condition['is']; values: Condition['values'][number][] }[];
};

/** Headings of the groups of a list, in the order of its rows; undefined without groups. */
function useRecordGroups(query: Query, group: string | null): readonly LineGroup[] | undefined {
  const { t } = useText();
  const formats = useFormats();
  const { fields, sort } = recordListOf(query.list);
  const answer = useArchiveQuery(
    'lists.groups',
    { ...query, group: group ?? sort.key },
    { enabled: group !== null, keepPrevious: true },
  ).data;
  return useMemo(() => {
    const field = group === null ? undefined : fields.get(group);
    if (field === undefined || answer === undefined) return undefined;
    return answer.groups.map(({ value, count }) => ({ label: listValueText(field, value, t, formats), count }));
  }, [answer, group, fields, t, formats]);
}

/** Under a list: sums of the numeric columns, amounts by currency. */
function RecordTotals({ query, shown }: { readonly query: Query; readonly shown: readonly string[] }) {
  const { t } = useText();
  const formats = useFormats();
  const { fields } = recordListOf(query.list);
  const summed = shown.filter((key) => fields.get(key)?.type === 'number' && !NOT_SUMMED.has(key)).slice(0, 20);
  const totals = useArchiveQuery(
    'lists.totals',
    { ...query, fields: summed },
    { enabled: summed.length > 0 || query.text !== '', keepPrevious: true },
  ).data;
  const sums = summed.flatMap((key) => {
    const field = fields.get(key);
    const own = totals?.sums.filter((sum) => sum.field === key) ?? [];
    if (field === undefined || own.length === 0) return [];
    const amounts = own.map(({ currency, sum }) =>
      currency === '' ? formats.number(sum) : formats.money(sum.toFixed(2), currency),
    );
    return [
      <span key={key}>
        {t('list.sum', { field: listFieldLabel(field, t), sum: amounts.join(t('form.listSeparator')) })}
      </span>,
    ];
  });
  return (
    <>
      {totals !== undefined && totals.firstOnly !== null && (
        <strong>{t('list.firstOnly', { count: formats.number(totals.firstOnly) })}</strong>
      )}
      {sums}
    </>
  );
}
