import { SegmentedControl } from '@mantine/core';
import { IconAddressBook, IconFileImport, IconPlus, IconSearch, IconX } from '@tabler/icons-react';
import { type RefObject, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { CARD_KINDS, type CardKind } from '../../../shared/domain/form-fields.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import { type CustomerRow, cardColumns } from './card-columns.tsx';
import styles from './screen.module.css';

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

  const show = (SHOWS.find((one) => one === params['show']) ?? 'all') satisfies Show;
  const kind = CARD_KINDS.find((one) => one === params['kind']);
  const tier = TIERS.find((one) => one === params['tier']);
  const sort = { key: params['sort'] ?? 'number', descending: params['descending'] === 'true' };
  const set = (change: Record<string, string>): void => {
    const next = { ...params, ...change };
    replace({ params: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '')) });
  };

  const input = useMemo(
    () => ({
      show,
      text: sought.trim(),
      sort: sort.key as NonNullable<ListInput['sort']>,
      descending: sort.descending,
      ...(kind === undefined ? {} : { kind }),
      ...(tier === undefined ? {} : { tier }),
    }),
    [show, sought, sort.key, sort.descending, kind, tier],
  );
  const source = useArchivePages('customers.list', input, (answer) => answer);
  const columns = useMemo(() => cardColumns(texts, formats, today, narrow), [texts, formats, today, narrow]);
  const filtered = text !== '' || show !== 'all' || kind !== undefined || tier !== undefined;

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
        <h1 className={styles.title}>{t('cards.title')}</h1>
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
          sort={sort}
          onSort={(next) => set({ sort: next.key, descending: next.descending ? 'true' : '' })}
          foot={narrow ? null : <NumberGaps />}
          autoFocus={!narrow}
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
    </section>
  );
}

const GAPS_SHOWN = 5;

/** Registration numbers that nobody has: reported, never filled (C1). */
function NumberGaps() {
  const { t } = useText();
  const gaps = useArchiveQuery('customers.numberGaps', {}).data?.gaps ?? [];
  if (gaps.length === 0) return null;
  const words = gaps.map(({ from, to }) => (from === to ? from : t('cards.gapRange', { from, to })));
  const shown = words.slice(0, GAPS_SHOWN).join(t('form.listSeparator'));
  return (
    <span title={words.join(t('form.listSeparator'))}>
      {words.length > GAPS_SHOWN
        ? t('cards.gapsMore', { gaps: shown, count: words.length })
        : t('cards.gaps', { gaps: shown })}
    </span>
  );
}
