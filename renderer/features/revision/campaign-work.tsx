import { SegmentedControl } from '@mantine/core';
import { IconChecks, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { Campaign, RevisionLine } from '../../../shared/contract/revisions.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Tag, type Tone } from '../../ui/text/tag.tsx';
import { ProgressBar } from './progress-bar.tsx';
import styles from './revision.module.css';
import { RevisionCard } from './revision-card.tsx';

const SHOWN = ['open', 'flagged', 'all'] as const;
const TONES: Readonly<Record<RevisionLine['outcome'], Tone>> = {
  open: 'plain',
  confirmed: 'moss',
  corrected: 'lake',
  flagged: 'amber',
};

/** A campaign under way: the list in the order of the work, and beside it the card that is in hand. */
export function CampaignWork({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useText();
  const formats = useFormats();
  const place = usePlace();
  const { replace } = useNavigate();
  const shown = SHOWN.find((one) => one === place.params?.['show']) ?? 'open';
  const [text, setText] = useState('');
  const sought = useDeferredValue(text.trim());
  const input = useMemo(
    () => ({ campaign: campaign.number, text: sought, ...(shown === 'all' ? {} : { outcome: shown }) }),
    [campaign.number, sought, shown],
  );
  const source = useArchivePages('revisions.rows', input, ({ rows, total }) => ({ rows, total }));
  const first = source.rowAt(0)?.number;
  const chosen = place.number ?? first;
  // The first of the list is in hand until another is chosen.
  useEffect(() => {
    if (place.number === undefined && first !== undefined) replace({ number: first });
  }, [place.number, first, replace]);
  const columns = useMemo<readonly Column<RevisionLine>[]>(
    () => [
      {
        id: 'position',
        header: t('revision.column.position'),
        width: 56,
        align: 'end',
        cell: (row) => formats.number(row.position),
        text: (row) => String(row.position),
      },
      {
        id: 'name',
        header: t('revision.column.name'),
        width: 150,
        grow: true,
        cell: (row) => (
          <>
            {row.name} <span className={styles.soft}>{row.number}</span>
          </>
        ),
        text: (row) => `${row.number} ${row.name}`,
      },
      {
        id: 'tier',
        header: t('revision.column.tier'),
        width: 80,
        cell: (row) => t(`option.tier.${row.tier}`),
        text: (row) => t(`option.tier.${row.tier}`),
      },
      {
        id: 'place',
        header: t('revision.column.place'),
        width: 128,
        cell: (row) => row.place,
        text: (row) => row.place,
      },
      {
        id: 'state',
        header: t('revision.column.state'),
        width: 132,
        cell: (row) => <RowState row={row} />,
        text: (row) => t(`revisionOutcome.${row.outcome}`),
      },
    ],
    [t, formats],
  );
  return (
    <div className={styles.split}>
      <section className={styles.list} aria-label={t('revision.cards')}>
        <ProgressBar counts={campaign.counts} />
        <div className={styles.listHead}>
          <SegmentedControl
            aria-label={t('revision.show')}
            value={shown}
            onChange={(value) => replace({ number: undefined, params: value === 'open' ? undefined : { show: value } })}
            data={SHOWN.map((value) => ({ value, label: t(`revision.show.${value}`) }))}
          />
          <FilterBox
            value={text}
            label={t('revision.filter')}
            placeholder={t('revision.filterPlaceholder')}
            onChange={setText}
          />
        </div>
        <div className={styles.table}>
          <DataTable
            id="revision-rows"
            label={t('revision.cards')}
            columns={columns}
            source={source}
            rowKey={(row) => row.number}
            selectedKey={chosen ?? null}
            onSelect={(row) => replace({ number: row.number })}
            autoFocus
            empty={
              text === '' ? (
                <EmptyState icon={IconChecks} title={t(`revision.empty.${shown}`)}>
                  {t(`revision.emptyText.${shown}`)}
                </EmptyState>
              ) : (
                <EmptyState icon={IconSearch} title={t('revision.noneFound')} />
              )
            }
          />
        </div>
      </section>
      {chosen === undefined ? (
        <div className={styles.pane} />
      ) : (
        <RevisionCard
          key={chosen}
          campaign={campaign}
          number={chosen}
          onNext={(number) => replace({ number: number ?? undefined })}
        />
      )}
    </div>
  );
}

function RowState({ row }: { readonly row: RevisionLine }) {
  const { t } = useText();
  if (row.outcome === 'flagged') return <Tag tone="amber">{t(`revisionFlag.${row.flag}`)}</Tag>;
  if (row.outcome !== 'open') return <Tag tone={TONES[row.outcome]}>{t(`revisionOutcome.${row.outcome}`)}</Tag>;
  if (row.changed > 0) return <Tag tone="lake">{t('revision.changedFacts', { count: row.changed })}</Tag>;
  if (row.inquiries > 0) return <Tag>{t('revision.asked', { count: row.inquiries })}</Tag>;
  return <span className={styles.soft}>{t('revisionOutcome.open')}</span>;
}
