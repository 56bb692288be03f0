import { SegmentedControl } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useSession } from '../../state/session.ts';
import { type FieldWords, useFieldWords } from '../../ui/fields/field-words.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { REVIEW_TONE } from './review-panel.tsx';
import styles from './screen.module.css';

type Row = OutputOf<'reviews.list'>['rows'][number];
const SHOWS = ['toAnswer', 'toReview', 'accepted', 'all'] as const;

function reviewColumns(words: FieldWords, narrow: boolean): readonly Column<Row>[] {
  const { t, formats } = words;
  const fields = (row: Row) => row.fields.map((field) => words.label(row.kind, field)).join(t('form.listSeparator'));
  const number: Column<Row> = {
    id: 'number',
    header: t('field.control.number'),
    width: 104,
    cell: (row) => row.number,
    text: (row) => row.number,
  };
  const name: Column<Row> = {
    id: 'name',
    header: t('cards.column.name'),
    width: narrow ? 140 : 240,
    grow: true,
    cell: (row) => row.name,
    text: (row) => row.name,
  };
  const state: Column<Row> = {
    id: 'state',
    header: t('cards.review.standing'),
    width: 92,
    cell: (row) => <Tag tone={REVIEW_TONE[row.state]}>{t(`cards.review.state.${row.state}`)}</Tag>,
    text: (row) => t(`cards.review.state.${row.state}`),
  };
  if (narrow) return [number, name, state];
  return [
    number,
    name,
    state,
    {
      id: 'open',
      header: t('cards.review.open'),
      width: 84,
      align: 'end',
      cell: (row) => (row.openRemarks === 0 ? '' : formats.number(row.openRemarks)),
      text: (row) => String(row.openRemarks),
    },
    {
      id: 'answered',
      header: t('cards.review.answered'),
      width: 84,
      align: 'end',
      cell: (row) => (row.answeredRemarks === 0 ? '' : formats.number(row.answeredRemarks)),
      text: (row) => String(row.answeredRemarks),
    },
    { id: 'fields', header: t('cards.review.fields'), width: 240, grow: true, cell: fields, text: fields },
    {
      id: 'since',
      header: t('cards.review.since'),
      width: 112,
      cell: (row) => formats.day(row.since),
      text: (row) => formats.day(row.since),
    },
  ];
}

/** The work list of guidance (C7): what the keeper answers, what waits for the supervisor; the longest waiting first. */
export function ReviewList({
  narrow,
  openNumber,
}: {
  readonly narrow: boolean;
  readonly openNumber?: string | undefined;
}) {
  const words = useFieldWords();
  const { t } = words;
  const { go, replace } = useNavigate();
  const params = usePlace().params ?? {};
  const role = useSession((state) => state.session?.user?.role);
  const usual = role === 'supervisor' ? 'toReview' : 'toAnswer';
  const show = SHOWS.find((one) => one === params['review']) ?? usual;
  const source = useArchivePages('reviews.list', { show }, (answer) => answer);
  const columns = useMemo(() => reviewColumns(words, narrow), [words, narrow]);
  return (
    <>
      <div className={styles.filters}>
        <SegmentedControl
          aria-label={t('cards.show')}
          value={show}
          onChange={(value) => replace({ params: { ...params, review: value } })}
          data={SHOWS.filter((one) => !narrow || one === 'toAnswer' || one === 'toReview').map((value) => ({
            value,
            label: t(`cards.review.show.${value}`),
          }))}
        />
      </div>
      <div className={styles.table}>
        <DataTable
          id={narrow ? 'reviews-narrow' : 'reviews'}
          label={t('cards.review.list')}
          columns={columns}
          source={source}
          rowKey={(row) => row.number}
          selectedKey={narrow ? openNumber : undefined}
          onOpen={(row) => go({ screen: 'cards', number: row.number, tab: 'review', params })}
          autoFocus={!narrow}
          empty={
            <EmptyState icon={IconChecklist} title={t(`cards.review.empty.${show}`)}>
              {t('cards.review.emptyText')}
            </EmptyState>
          }
        />
      </div>
    </>
  );
}
