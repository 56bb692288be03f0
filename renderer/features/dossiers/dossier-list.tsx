import { SegmentedControl } from '@mantine/core';
import { IconFolders, IconSearch } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { DOSSIER_CLASSES } from '../../../shared/domain/dossier-classes.ts';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { numberAt, type RecordCells, type RecordRow } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { DossierViews } from './dossier-views.tsx';
import styles from './list.module.css';

const ALL: readonly Condition[] = [];
const MISSING: readonly Condition[] = [{ field: 'missingPapers', is: 'atLeast', values: [1] }];

/** Every customer's dossier with what stands in its five classes and what is missing (D6, D7). */
export function DossierList() {
  const { t } = useText();
  const { go, replace } = useNavigate();
  const params = usePlace().params ?? {};
  const onlyMissing = params['show'] === 'missing';
  const [text, setText] = useState(params['text'] ?? '');
  const box = useRef<HTMLInputElement>(null);
  const set = (change: Record<string, string>): void =>
    replace({
      params: Object.fromEntries(Object.entries({ ...params, ...change }).filter(([, value]) => value !== '')),
    });

  const cells = useMemo<RecordCells>(
    () => ({
      customerNumber: { width: 104, cell: (row) => <span className={styles.soft}>{row.key}</span> },
      customer: { width: 260, grow: true },
      ...Object.fromEntries(
        DOSSIER_CLASSES.map((number) => [
          `class${number}`,
          {
            width: 92,
            cell: (row: RecordRow) => <ClassCount value={numberAt(row, `class${number}`)} number={number} />,
          },
        ]),
      ),
      missingPapers: {
        width: 116,
        cell: (row) =>
          numberAt(row, 'missingPapers') === 0 ? (
            <span className={styles.whole}>{t('dossiers.nothingMissing')}</span>
          ) : (
            <Tag tone="seal">{t('dossiers.missingCount', { count: numberAt(row, 'missingPapers') })}</Tag>
          ),
      },
    }),
    [t],
  );
  useShortcut('f', () => box.current?.focus(), { labelKey: 'dossiers.filter' });

  return (
    <section className={styles.screen} aria-label={t('dossiers.title')}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('dossiers.title')}</h1>
        <DossierViews />
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
        <RecordList
          list="dossiers"
          label={t('dossiers.title')}
          scope={onlyMissing ? MISSING : ALL}
          text={text}
          cells={cells}
          onOpen={(row) => go({ screen: 'dossiers', number: row.key })}
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
