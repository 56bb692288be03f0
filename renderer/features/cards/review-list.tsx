import { SegmentedControl } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { CardKind } from '../../../shared/domain/form-fields.ts';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useSession } from '../../state/session.ts';
import { type FieldWords, useFieldWords } from '../../ui/fields/field-words.ts';
import { numberAt, type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { REVIEW_TONE } from './review-panel.tsx';
import styles from './screen.module.css';

const SHOWS = ['toAnswer', 'toReview', 'accepted', 'all'] as const;
const SCOPES: Readonly<Record<(typeof SHOWS)[number], readonly Condition[]>> = {
  toAnswer: [{ field: 'toAnswer', is: 'is', values: [true] }],
  toReview: [{ field: 'toReview', is: 'is', values: [true] }],
  accepted: [{ field: 'state', is: 'is', values: ['accepted'] }],
  all: [],
};
const NARROW = ['customerNumber', 'customer', 'state'];
const NEEDED = ['state', 'customerKind', 'remarkedFields'];

/** Columns of the work list; what was remarked on is named as on its card. */
function reviewCells({ t, label }: FieldWords): RecordCells {
  return {
    customerNumber: { width: 104 },
    customer: { width: 200, grow: true },
    state: {
      width: 92,
      cell: (row) => {
        const state = textAt(row, 'state') as keyof typeof REVIEW_TONE;
        return <Tag tone={REVIEW_TONE[state]}>{t(`cards.review.state.${state}`)}</Tag>;
      },
    },
    openRemarks: { width: 84, cell: (row) => numberAt(row, 'openRemarks') || '' },
    answeredRemarks: { width: 84, cell: (row) => numberAt(row, 'answeredRemarks') || '' },
    remarkedFields: {
      width: 240,
      cell: (row) =>
        textAt(row, 'remarkedFields')
          .split(',')
          .filter((field) => field !== '')
          .map((field) => label(textAt(row, 'customerKind') as CardKind, field))
          .join(t('form.listSeparator')),
    },
    since: { width: 140 },
  };
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
  const cells = useMemo(() => reviewCells(words), [words]);
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
        <RecordList
          list="reviews"
          label={t('cards.review.list')}
          scope={SCOPES[show]}
          cells={cells}
          needs={NEEDED}
          narrow={narrow ? NARROW : undefined}
          selectedKey={narrow ? openNumber : undefined}
          onOpen={(row) => go({ screen: 'cards', number: row.key, tab: 'review', params })}
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
