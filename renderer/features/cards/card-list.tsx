import { SegmentedControl } from '@mantine/core';
import {
  IconAddressBook,
  IconBook2,
  IconFileExport,
  IconFileImport,
  IconPlus,
  IconSearch,
  IconX,
} from '@tabler/icons-react';
import { type RefObject, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { CARD_KINDS, type CardKind } from '../../../shared/domain/form-fields.ts';
import { customerListFields } from '../../../shared/domain/lists/customer-list.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { countedApart, useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useSession } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { CARD_BULK_ACTIONS } from '../../ui/card-bulk/card-bulk.ts';
import { useFieldKit } from '../../ui/fields/use-field-kit.ts';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { BulkLine } from '../../ui/table/bulk-actions.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import { ListBar } from '../../ui/table/list-bar.tsx';
import { movedColumn } from '../../ui/table/list-menus.tsx';
import { useMarks } from '../../ui/table/use-marks.ts';
import { useToday } from '../../ui/text/use-today.ts';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { askedColumns, type CustomerRow, cardColumns, chosenColumns, USUAL_COLUMNS } from './card-columns.tsx';
import { ListFoot } from './card-list-foot.tsx';
import { CardViews } from './card-views.tsx';
import { ExportDialog } from './export-dialog.tsx';
import styles from './screen.module.css';
import { choicesIn, USUAL_VIEW, useCardGroups, useCardView } from './use-card-view.ts';

type ListInput = InputOf<'customers.list'>;
type Show = NonNullable<ListInput['show']>;

const SHOWS: readonly Show[] = ['all', 'incomplete', 'stale', 'late', 'sealed'];
const TIERS = ['key', 'special', 'general'] as const;

interface CardListProps {
  readonly narrow: boolean;
  readonly openNumber: string | undefined;
  readonly mayAdd: boolean;
  readonly onOpen: (number: string) => void;
  readonly onNew: (kind: CardKind) => void;
  readonly onLook: (number: string) => void;
}

/** All cards: filtered, sorted, found by any two characters, pinyin or initials. Filters live in the place, so that coming back finds them. */
export function CardList({ narrow, openNumber, mayAdd, onOpen, onNew, onLook }: CardListProps) {
  const texts = useText();
  const { t } = texts;
  const formats = useFormats();
  const { today } = useToday();
  const { replace, go } = useNavigate();
  const params = usePlace().params ?? {};
  const [text, setText] = useState(params['text'] ?? '');
  const sought = useDeferredValue(text);
  const box = useRef<HTMLInputElement>(null);
  const [marked, setMarked] = useState<CustomerRow | null>(null);
  const [exporting, setExporting] = useState(false);

  const show = (SHOWS.find((one) => one === params['show']) ?? 'all') satisfies Show;
  const kind = CARD_KINDS.find((one) => one === params['kind']);
  const tier = TIERS.find((one) => one === params['tier']);
  const views = useCardView(params, replace);
  const { view, setView } = views;
  const set = (change: Record<string, string>): void => {
    const next = Object.fromEntries(Object.entries({ ...params, ...change }).filter(([, value]) => value !== ''));
    replace({ params: next });
    setView({ ...view, choices: choicesIn(next) });
  };

  const kit = useFieldKit();
  const print = usePrint();
  const role = useSession((state) => state.session?.user?.role) ?? 'keeper';
  const fields = customerListFields(role, kit.forms);
  const own = useMemo(() => cardColumns(texts, formats, today, narrow), [texts, formats, today, narrow]);
  const shown = useMemo(
    () => (narrow ? own.map((column) => column.id) : (view.columns ?? USUAL_COLUMNS)),
    [narrow, own, view.columns],
  );
  const columns = useMemo(() => chosenColumns(shown, fields, kit, own), [shown, fields, kit, own]);
  const group = narrow ? null : view.group;
  const query = useMemo(
    () => ({
      show,
      text: sought.trim(),
      filter: view.filter.map((condition) => ({ ...condition, values: [...condition.values] })),
      ...(kind === undefined ? {} : { kind }),
      ...(tier === undefined ? {} : { tier }),
    }),
    [show, sought, view.filter, kind, tier],
  );
  const input = useMemo(
    () => ({
      ...query,
      sort: view.sort.key,
      descending: view.sort.descending,
      count: 'enough' as const,
      columns: askedColumns(shown, own),
      ...(group === null ? {} : { group }),
    }),
    [query, view.sort, shown, own, group],
  );
  const pages = useArchivePages('customers.list', input, (answer) => answer);
  // Of a list narrowed to very many the first rows are there before anybody has counted them.
  const counted = useArchiveQuery('customers.totals', { ...query, fields: [] }, { enabled: pages.more }).data;
  const source = countedApart(pages, counted);
  const groups = useCardGroups(query, group, fields);
  const filtered = text !== '' || show !== 'all' || kind !== undefined || tier !== undefined || view.filter.length > 0;
  const [marks, setMarks] = useMarks(query);

  useShortcut('space', () => marked !== null && onLook(marked.number), {
    labelKey: 'cards.quickLook',
    enabled: !narrow,
  });
  useShortcut('e', () => marked !== null && onOpen(marked.number), {
    labelKey: 'cards.edit',
    enabled: !narrow && mayAdd,
  });
  useShortcut('n', () => onNew('enterprise'), { labelKey: 'cards.new', enabled: !narrow && mayAdd });
  useShortcut('f', () => box.current?.focus(), { labelKey: 'cards.filter' });

  return (
    <section className={styles.list} aria-label={t('cards.title')}>
      <header className={styles.listHead}>
        <CardViews narrow={narrow} />
        {mayAdd && (
          <div className={styles.listActions}>
            {!narrow && (
              <Button icon={IconFileImport} onClick={() => go({ screen: 'imports' })}>
                {t('cards.importFile')}
              </Button>
            )}
            <Button
              kind={narrow ? 'plain' : 'primary'}
              icon={IconPlus}
              {...(narrow ? { size: 'small' as const } : { keys: 'n' })}
              onClick={() => onNew('enterprise')}
            >
              {t('cards.new')}
            </Button>
          </div>
        )}
      </header>
      <div className={styles.filters}>
        <FilterBox
          inputRef={box as RefObject<HTMLInputElement>}
          value={text}
          label={t('cards.filter')}
          placeholder={t(narrow ? 'cards.filterShort' : 'cards.filterPlaceholder')}
          onChange={(next) => {
            setText(next);
            set({ text: next });
          }}
        />
        {!narrow && (
          <>
            <SegmentedControl
              aria-label={t('field.control.kind')}
              value={kind ?? ''}
              onChange={(value) => set({ kind: value })}
              data={[
                { value: '', label: t('cards.allKinds') },
                ...CARD_KINDS.map((value) => ({ value, label: t(`cards.kind.${value}`) })),
              ]}
            />
            <SegmentedControl
              aria-label={t('field.control.tier')}
              value={tier ?? ''}
              onChange={(value) => set({ tier: value })}
              data={[
                { value: '', label: t('cards.allTiers') },
                ...TIERS.map((value) => ({ value, label: t(`option.tier.${value}`) })),
              ]}
            />
          </>
        )}
        <SegmentedControl
          aria-label={t('cards.show')}
          value={show}
          onChange={(value) => set({ show: value === 'all' ? '' : value })}
          data={(narrow ? SHOWS.slice(0, 4) : SHOWS).map((value) => ({ value, label: t(`cards.show.${value}`) }))}
        />
      </div>
      {!narrow && (
        <ListBar fields={fields} views={views} shown={shown} usual={USUAL_VIEW}>
          <Button kind="quiet" size="small" icon={IconBook2} onClick={() => print({ form: 'registerBook' })}>
            {t('cards.registerBook')}
          </Button>
          {mayAdd && (
            <Button kind="quiet" size="small" icon={IconFileExport} onClick={() => setExporting(true)}>
              {t('exports.export')}
            </Button>
          )}
        </ListBar>
      )}
      {!narrow && mayAdd && (
        <BulkLine
          marks={marks}
          total={source.total ?? 0}
          actions={CARD_BULK_ACTIONS}
          selectionOf={() => (marks.all ? { query } : { numbers: [...marks.keys] })}
          onMarks={setMarks}
        />
      )}
      <div className={styles.table}>
        <DataTable
          id={narrow ? 'cards-narrow' : 'cards'}
          label={t('cards.title')}
          columns={columns}
          source={source}
          rowKey={(row) => row.number}
          selectedKey={narrow ? openNumber : undefined}
          onSelect={(row) => {
            setMarked(row);
            if (narrow) onOpen(row.number);
          }}
          onOpen={(row) => onOpen(row.number)}
          sort={view.sort}
          onSort={(next) => setView({ ...view, sort: next })}
          foot={narrow ? null : <ListFoot query={query} shown={shown} fields={fields} />}
          autoFocus={!narrow}
          groups={groups}
          {...(narrow || !mayAdd ? {} : { marks, onMarks: setMarks })}
          {...(narrow ? {} : { onMoveColumn: (key, by) => setView({ ...view, columns: movedColumn(shown, key, by) }) })}
          empty={
            filtered ? (
              <EmptyState
                icon={IconSearch}
                title={t('cards.noneFound')}
                actions={
                  <Button
                    icon={IconX}
                    onClick={() => {
                      setText('');
                      replace({ params: {} });
                      setView({ ...view, filter: [], choices: {} });
                    }}
                  >
                    {t('cards.clearFilters')}
                  </Button>
                }
              >
                {t('cards.noneFoundText')}
              </EmptyState>
            ) : (
              <EmptyState
                icon={IconAddressBook}
                title={t('cards.empty')}
                actions={
                  mayAdd && (
                    <>
                      <Button kind="primary" icon={IconFileImport} onClick={() => go({ screen: 'imports' })}>
                        {t('cards.importFile')}
                      </Button>
                      <Button icon={IconPlus} onClick={() => onNew('enterprise')}>
                        {t('cards.newEnterprise')}
                      </Button>
                    </>
                  )
                }
              >
                {t('cards.emptyText')}
              </EmptyState>
            )
          }
        />
      </div>
      {exporting && (
        <ExportDialog
          selection={marks.all || marks.keys.size === 0 ? { query } : { numbers: [...marks.keys] }}
          count={marks.all || marks.keys.size === 0 ? (source.total ?? 0) : marks.keys.size}
          columns={shown}
          fields={fields}
          onClose={() => setExporting(false)}
        />
      )}
    </section>
  );
}
