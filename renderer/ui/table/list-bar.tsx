import { Popover } from '@mantine/core';
import { type Icon, IconBookmark, IconColumns, IconFilter, IconLayoutRows, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { Condition, ListField } from '../../../shared/domain/lists/list-query.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import type { ListView, ListViews } from '../../state/list-view.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button, IconButton } from '../actions/button.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import { FieldSelect } from './field-select.tsx';
import styles from './list-bar.module.css';
import { ColumnsMenu, ViewsMenu } from './list-menus.tsx';
import { conditionText, listFieldLabel } from './list-words.ts';

interface ListBarProps {
  readonly fields: ReadonlyMap<string, ListField>;
  readonly views: ListViews;
  /** Columns that are shown now. */
  readonly shown: readonly string[];
  /** The list as it is before anybody set it up. */
  readonly usual: ListView;
  /** Beside the four menus: acts on the list, such as an export. */
  readonly children?: ReactNode;
}

/** Filter, group, columns and saved views of a list, and its conditions in words. */
export function ListBar({ fields, views, shown, usual, children }: ListBarProps) {
  const { t } = useText();
  const formats = useFormats();
  const { view, setView } = views;
  const [open, setOpen] = useState<string | null>(null);
  const change = (part: Partial<ListView>): void => setView({ ...view, ...part });
  const replaceCondition = (index: number | null, condition: Condition | null): void => {
    const rest = view.filter.filter((_, at) => at !== index);
    change({
      filter:
        condition === null
          ? rest
          : index === null
            ? [...view.filter, condition]
            : view.filter.map((one, at) => (at === index ? condition : one)),
    });
    setOpen(null);
  };
  useShortcut('shift+f', () => setOpen('filter'), { labelKey: 'list.filter.add' });
  const group = view.group === null ? undefined : fields.get(view.group);

  return (
    <div className={styles.bar} role="toolbar" aria-label={t('list.bar')}>
      <BarMenu
        id="views"
        icon={IconBookmark}
        label={t('list.views')}
        open={open}
        onOpen={setOpen}
        content={<ViewsMenu views={views} onUsual={() => setView(usual)} onClose={() => setOpen(null)} />}
      />
      <BarMenu
        id="columns"
        icon={IconColumns}
        label={t('list.columns')}
        open={open}
        onOpen={setOpen}
        content={<ColumnsMenu fields={fields} shown={shown} onColumns={(columns) => change({ columns })} />}
      />
      <BarMenu
        id="group"
        icon={IconLayoutRows}
        label={group === undefined ? t('list.group') : t('list.group.by', { field: listFieldLabel(group, t) })}
        open={open}
        onOpen={setOpen}
        content={
          <div className={styles.menu}>
            <FieldSelect
              fields={fields}
              accept={groupable}
              label={t('list.group')}
              none={t('list.group.none')}
              value={view.group ?? ''}
              onChange={(key) => {
                change({ group: key === '' ? null : key });
                setOpen(null);
              }}
            />
          </div>
        }
      />
      <BarMenu
        id="filter"
        icon={IconFilter}
        label={t('list.filter.add')}
        open={open}
        onOpen={setOpen}
        content={
          <ConditionEditor fields={fields} condition={null} onDone={(condition) => replaceCondition(null, condition)} />
        }
      />
      {view.filter.map((condition, index) => {
        const field = fields.get(condition.field);
        if (field === undefined) return null;
        const words = conditionText(field, condition, t, formats);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two conditions may be alike
          <span key={index} className={styles.chip}>
            <BarMenu
              id={`condition-${index}`}
              label={words}
              says={t('list.filter.edit', { condition: words })}
              open={open}
              onOpen={setOpen}
              content={
                <ConditionEditor
                  fields={fields}
                  condition={condition}
                  onDone={(changed) => replaceCondition(index, changed)}
                />
              }
            />
            <IconButton
              icon={IconX}
              label={t('list.filter.remove', { condition: words })}
              onClick={() => replaceCondition(index, null)}
            />
          </span>
        );
      })}
      <span className={styles.space} />
      {children}
    </div>
  );
}

/** What stands in one row of a card can be grouped by; numbers and texts of many kinds make groups of one, but are allowed. */
const groupable = (field: ListField): boolean => field.several !== true;

interface BarMenuProps {
  readonly id: string;
  readonly icon?: Icon;
  readonly label: string;
  /** What a screen reader says instead of the label. */
  readonly says?: string;
  readonly open: string | null;
  readonly onOpen: (id: string | null) => void;
  readonly content: ReactNode;
}

function BarMenu({ id, icon, label, says, open, onOpen, content }: BarMenuProps) {
  const opened = open === id;
  return (
    <Popover
      opened={opened}
      onChange={(next) => onOpen(next ? id : null)}
      position="bottom-start"
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <Button
          kind="quiet"
          size="small"
          {...(icon === undefined ? {} : { icon })}
          aria-label={says ?? label}
          onClick={() => onOpen(opened ? null : id)}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>{content}</Popover.Dropdown>
    </Popover>
  );
}
