import { IconArrowDown, IconArrowUp, IconTrash, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ListField } from '../../../shared/domain/lists/list-query.ts';
import { useText } from '../../i18n/use-text.ts';
import type { ListViews } from '../../state/list-view.ts';
import { Button, IconButton } from '../actions/button.tsx';
import { toast } from '../dialog/toasts.tsx';
import { FieldSelect } from './field-select.tsx';
import styles from './list-bar.module.css';
import { listFieldLabel } from './list-words.ts';

interface ColumnsMenuProps {
  readonly fields: ReadonlyMap<string, ListField>;
  readonly shown: readonly string[];
  /** null: the usual ones again. */
  readonly onColumns: (columns: readonly string[] | null) => void;
}

/** Which columns a list shows, in which order. */
export function ColumnsMenu({ fields, shown, onColumns }: ColumnsMenuProps) {
  const { t } = useText();
  const label = (key: string): string => {
    const field = fields.get(key);
    return field === undefined ? key : listFieldLabel(field, t);
  };
  return (
    <div className={styles.menu}>
      <ol className={styles.lines} aria-label={t('list.columns.shown')}>
        {shown.map((key, index) => (
          <li key={key} className={styles.menuLine}>
            <span className={styles.menuLabel}>{label(key)}</span>
            <IconButton
              icon={IconArrowUp}
              label={t('list.columns.up', { column: label(key) })}
              disabled={index === 0}
              onClick={() => onColumns(movedColumn(shown, key, -1))}
            />
            <IconButton
              icon={IconArrowDown}
              label={t('list.columns.down', { column: label(key) })}
              disabled={index === shown.length - 1}
              onClick={() => onColumns(movedColumn(shown, key, 1))}
            />
            <IconButton
              icon={IconX}
              label={t('list.columns.remove', { column: label(key) })}
              disabled={shown.length === 1}
              onClick={() => onColumns(shown.filter((one) => one !== key))}
            />
          </li>
        ))}
      </ol>
      <FieldSelect
        fields={fields}
        accept={(field) => !shown.includes(field.key) && field.filterOnly !== true}
        label={t('list.columns.add')}
        none={t('list.columns.add')}
        value=""
        onChange={(key) => key !== '' && onColumns([...shown, key])}
      />
      <p className={styles.hint}>{t('list.columns.hint')}</p>
      <Button size="small" onClick={() => onColumns(null)}>
        {t('list.columns.usual')}
      </Button>
    </div>
  );
}

/** The columns with one moved by a place; unchanged at the ends. */
export function movedColumn(columns: readonly string[], key: string, by: -1 | 1): readonly string[] {
  const from = columns.indexOf(key);
  const to = from + by;
  if (from < 0 || to < 0 || to >= columns.length) return columns;
  const next = [...columns];
  next.splice(from, 1);
  next.splice(to, 0, key);
  return next;
}

interface ViewsMenuProps {
  readonly views: ListViews;
  readonly onUsual: () => void;
  readonly onClose: () => void;
}

/** Saved views: one press brings one back; a name saves how the list stands now. */
export function ViewsMenu({ views, onUsual, onClose }: ViewsMenuProps) {
  const { t } = useText();
  const [name, setName] = useState('');
  const title = name.trim();
  return (
    <div className={styles.menu}>
      <ul className={styles.lines}>
        <li className={styles.menuLine}>
          <button
            type="button"
            className={styles.menuChoice}
            onClick={() => {
              onUsual();
              onClose();
            }}
          >
            {t('list.views.usual')}
          </button>
        </li>
        {views.saved.map((saved) => (
          <li key={saved.name} className={styles.menuLine}>
            <button
              type="button"
              className={styles.menuChoice}
              onClick={() => {
                views.setView(saved.view);
                onClose();
              }}
            >
              {saved.name}
            </button>
            <IconButton
              icon={IconTrash}
              label={t('list.views.remove', { name: saved.name })}
              onClick={() => views.remove(saved.name)}
            />
          </li>
        ))}
      </ul>
      {views.saved.length === 0 && <p className={styles.hint}>{t('list.views.none')}</p>}
      <form
        className={styles.pair}
        onSubmit={(event) => {
          event.preventDefault();
          if (title === '') return;
          views.saveAs(title);
          toast(t('list.views.saved', { name: title }));
          onClose();
        }}
      >
        <input
          className={styles.input}
          aria-label={t('list.views.name')}
          autoComplete="off"
          placeholder={t('list.views.name')}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" kind="primary" disabled={title === ''}>
          {views.saved.some((one) => one.name === title)
            ? t('list.views.overwrite', { name: title })
            : t('list.views.save')}
        </Button>
      </form>
      <p className={styles.hint}>{t('list.views.kept')}</p>
    </div>
  );
}
