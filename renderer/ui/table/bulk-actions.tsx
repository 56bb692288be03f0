import type { Icon } from '@tabler/icons-react';
import { type ComponentType, useState } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../actions/button.tsx';
import styles from './list-bar.module.css';
import { type Marks, markedCount, NO_MARKS } from './marks.ts';

/** What an act on marked rows is given. `selection`: as the operations of that list take it. */
export interface BulkActionProps<Selection> {
  readonly selection: Selection;
  readonly count: number;
  readonly onClose: () => void;
}

/** An act on the marked rows of a list; its component is a dialog that shows what would change before anything does. */
export interface BulkAction<Selection> {
  readonly id: string;
  readonly labelKey: string;
  readonly icon: Icon;
  readonly component: ComponentType<BulkActionProps<Selection>>;
}

interface BulkLineProps<Selection> {
  readonly marks: Marks;
  readonly total: number;
  readonly actions: readonly BulkAction<Selection>[];
  /** The marked rows, asked for when an act begins. */
  readonly selectionOf: () => Selection;
  readonly onMarks: (marks: Marks) => void;
}

/** Over the list while rows are marked: how many, and what can be done with them. */
export function BulkLine<Selection>({ marks, total, actions, selectionOf, onMarks }: BulkLineProps<Selection>) {
  const { t } = useText();
  const formats = useFormats();
  const [acting, setActing] = useState<{
    readonly action: BulkAction<Selection>;
    readonly selection: Selection;
  } | null>(null);
  const count = markedCount(marks, total);
  if (count === 0) return null;
  const Act = acting?.action.component;
  return (
    <section className={styles.bulk} aria-label={t('list.bulk')}>
      <span role="status">
        {t(marks.all ? 'list.markedAll' : 'list.marked', { count: marks.all ? formats.number(count) : count })}
      </span>
      {actions.map((action) => (
        <Button
          key={action.id}
          size="small"
          icon={action.icon}
          onClick={() => setActing({ action, selection: selectionOf() })}
        >
          {t(action.labelKey)}
        </Button>
      ))}
      <Button kind="quiet" size="small" onClick={() => onMarks(NO_MARKS)}>
        {t('list.mark.none')}
      </Button>
      {Act !== undefined && acting !== null && (
        <Act selection={acting.selection} count={count} onClose={() => setActing(null)} />
      )}
    </section>
  );
}
