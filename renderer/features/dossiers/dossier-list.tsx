import { SegmentedControl } from '@mantine/core';
import { IconFolders, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './list.module.css';

type Row = OutputOf<'dossiers.list'>['rows'][number];

/** Every customer's dossier with what stands in its five classes and what is missing (D6, D7). */
export function DossierList() {
  const { t } = useText();
  const formats = useFormats();
  const { go, replace } = useNavigate();
  const params = usePlace().params ?? {};
  const onlyMissing = params['show'] === 'missing';
  const [text, setText] = useState(params['text'] ?? '');
  const sought = useDeferredValue(text);
  const box = useRef<HTMLInputElement>(null);
  const set = (change: Record<string, string>): void =>
    replace({
      params: Object.fromEntries(Object.entries({ ...params, ...change }).filter(([, value]) => value !== '')),
    });

  const input = useMemo(() => ({ onlyMissing, text: sought.trim() }), [onlyMissing, sought]);
  const source = useArchivePages('dossiers.list', input, (answer) => answer);
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      {
        id: 'number',
        header: t('field.control.number'),
        width: 104,
        cell: (row) => <span className={styles.soft}>{row.number}</span>,
        text: (row) => row.number,
      },
      {
        id: 'name',
        header: t('dossiers.column.name'),
        width: 260,
        grow: true,
        cell: (row) => row.name,
        text: (row) => row.name,
      },
      ...[1, 2, 3, 4, 5].map(
        (number): Column<Row> => ({
          id: `class${number}`,
          header: t(`dossiers.short.${number}`),
          width: 92,
          cell: (row) => <ClassCount value={row.perClass[number - 1] ?? 0} number={number} />,
          text: (row) => String(row.perClass[number - 1] ?? 0),
        }),
      ),
      {
        id: 'papers',
        header: t('dossiers.column.papers'),
        width: 84,
        align: 'end',
        cell: (row) => formats.number(row.papers),
        text: (row) => String(row.papers),
      },
      {
        id: 'missing',
        header: t('dossiers.column.missing'),
        width: 116,
        cell: (row) =>
          row.missing === 0 ? (
            <span className={styles.whole}>{t('dossiers.nothingMissing')}</span>
          ) : (
            <Tag tone="seal">{t('dossiers.missingCount', { count: row.missing })}</Tag>
          ),
        text: (row) => String(row.missing),
      },
    ],
    [t, formats],
  );
  useShortcut('f', () => box.current?.focus(), { labelKey: 'dossiers.filter' });

  return (
    <section className={styles.screen} aria-label={t('dossiers.title')}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('dossiers.title')}</h1>
      </header>
      <div className={styles.filters}>
        <FilterBox
          inputRef={box}
          value={text}
          label={t('dossiers.filter')}
          placeholder={t('dossiers.filterPlaceholder')}
          onChange={(next) => {
            setText(next);
            set({ text: next });
          }}
        />
        <SegmentedControl
          aria-label={t('dossiers.show')}
          value={onlyMissing ? 'missing' : 'all'}
          onChange={(value) => set({ show: value === 'missing' ? 'missing' : '' })}
          data={[
            { value: 'all', label: t('dossiers.showAll') },
            { value: 'missing', label: t('dossiers.showMissing') },
          ]}
        />
      </div>
      <div className={styles.table}>
        <DataTable
          id="dossiers"
          label={t('dossiers.title')}
          columns={columns}
          source={source}
          rowKey={(row) => row.number}
          onOpen={(row) => go({ screen: 'dossiers', number: row.number })}
          autoFocus
          empty={
            text !== '' || onlyMissing ? (
              <EmptyState
                icon={IconSearch}
                title={t(onlyMissing && text === '' ? 'dossiers.allWhole' : 'dossiers.noneFound')}
              >
                {t(onlyMissing && text === '' ? 'dossiers.allWholeText' : 'dossiers.noneFoundText')}
              </EmptyState>
            ) : (
              <EmptyState
                icon={IconFolders}
                title={t('dossiers.empty')}
                actions={<Button onClick={() => go({ screen: 'cards' })}>{t('dossiers.toCards')}</Button>}
              >
                {t('dossiers.emptyText')}
              </EmptyState>
            )
          }
        />
      </div>
    </section>
  );
}

/** How many papers stand in a class: a small divider and the number. */
function ClassCount({ value, number }: { readonly value: number; readonly number: number }) {
  return (
    <span className={styles.classCount} data-none={value === 0 || undefined}>
      <span
        className={styles.classBar}
        style={{ background: value === 0 ? 'transparent' : `var(--class-${number})` }}
        aria-hidden
      />
      {value}
    </span>
  );
}
