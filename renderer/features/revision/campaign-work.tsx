import { SegmentedControl } from '@mantine/core';
import { IconChecks, IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { Campaign, RevisionLine } from '../../../shared/contract/revisions.ts';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { numberAt, type RecordCells, type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag, type Tone } from '../../ui/text/tag.tsx';
import { ProgressBar } from './progress-bar.tsx';
import styles from './revision.module.css';
import { RevisionCard } from './revision-card.tsx';

const SHOWN = ['open', 'flagged', 'all'] as const;
const NEEDED = ['outcome', 'flag', 'changedFacts', 'inquiries'];
const TONES: Readonly<Record<RevisionLine['outcome'], Tone>> = {
  open: 'plain',
  confirmed: 'moss',
  corrected: 'lake',
  flagged: 'amber',
};

/** A campaign under way: the list in the order of the work, and beside it the card that is in hand. */
export function CampaignWork({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useText();
  const place = usePlace();
  const { replace } = useNavigate();
  const shown = SHOWN.find((one) => one === place.params?.['show']) ?? 'open';
  const [text, setText] = useState('');
  const [first, setFirst] = useState<string | undefined>(undefined);
  const scope = useMemo<readonly Condition[]>(
    () => [
      { field: 'campaign', is: 'is', values: [campaign.number] },
      ...(shown === 'all' ? [] : [{ field: 'outcome', is: 'is' as const, values: [shown] }]),
    ],
    [campaign.number, shown],
  );
  const chosen = place.number ?? first;
  // The first of the list is in hand until another is chosen.
  useEffect(() => {
    if (place.number === undefined && first !== undefined) replace({ number: first });
  }, [place.number, first, replace]);
  const cells = useMemo<RecordCells>(
    () => ({
      workOrder: { width: 56 },
      customer: {
        width: 150,
        grow: true,
        cell: (row) => (
          <>
            {textAt(row, 'customer')} <span className={styles.soft}>{row.key}</span>
          </>
        ),
      },
      tier: { width: 80 },
      place: { width: 128 },
      outcome: { width: 132, cell: (row) => <RowState row={row} /> },
    }),
    [],
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
          <RecordList
            list="revisionRows"
            label={t('revision.cards')}
            scope={scope}
            text={text}
            cells={cells}
            needs={NEEDED}
            selectedKey={chosen ?? null}
            onSelect={(row) => replace({ number: row.key })}
            onFirst={(row) => setFirst(row?.key)}
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

function RowState({ row }: { readonly row: RecordRow }) {
  const { t } = useText();
  const outcome = textAt(row, 'outcome') as RevisionLine['outcome'];
  const [changed, inquiries] = [numberAt(row, 'changedFacts'), numberAt(row, 'inquiries')];
  if (outcome === 'flagged') return <Tag tone="amber">{t(`revisionFlag.${textAt(row, 'flag')}`)}</Tag>;
  if (outcome !== 'open') return <Tag tone={TONES[outcome]}>{t(`revisionOutcome.${outcome}`)}</Tag>;
  if (changed > 0) return <Tag tone="lake">{t('revision.changedFacts', { count: changed })}</Tag>;
  if (inquiries > 0) return <Tag>{t('revision.asked', { count: inquiries })}</Tag>;
  return <span className={styles.soft}>{t('revisionOutcome.open')}</span>;
}
