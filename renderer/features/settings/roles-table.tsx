import { SegmentedControl } from '@mantine/core';
import { Fragment, useMemo, useState } from 'react';
import {
  CARD_READERS,
  fieldRows,
  operationRows,
  type Place,
  paperRows,
  SITTERS,
} from '../../../shared/contract/role-table.ts';
import { CARD_KINDS, cardForm, fieldLabelKey, sectionLabelKey } from '../../../shared/domain/form-fields.ts';
import { useText } from '../../i18n/use-text.ts';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import styles from './roles-table.module.css';

/** A cell: a shape, and its words for whoever does not see it. */
interface Mark {
  readonly shape: 'full' | 'ring' | 'half' | 'square' | 'diamond' | 'none';
  readonly words: string;
}

interface Line {
  readonly key: string;
  readonly name: string;
  readonly marks: readonly (readonly Mark[])[];
}
interface Group {
  readonly key: string;
  readonly title: string;
  readonly lines: readonly Line[];
}

const VIEWS = ['operations', ...CARD_KINDS, 'papers'] as const;
type View = (typeof VIEWS)[number];
const PLACE_SHAPES: Readonly<Record<Place, Mark['shape']>> = {
  desk: 'full',
  room: 'ring',
  closed: 'square',
  handover: 'diamond',
};

/** Who may do what and see what: the rules of the program as a table (rule R). The same as build/roles.md, walked by a test. */
export function RolesTable() {
  const { t } = useText();
  const [view, setView] = useState<View>('operations');
  const [filter, setFilter] = useState('');
  const columns = view === 'operations' ? SITTERS : CARD_READERS;
  const groups = useGroups(view);
  const wanted = filter.trim().toLowerCase();
  const shown = groups
    .map((group) => ({
      ...group,
      lines: group.lines.filter(({ name, key }) =>
        [name, key, group.title].some((text) => text.toLowerCase().includes(wanted)),
      ),
    }))
    .filter(({ lines }) => lines.length > 0);
  const count = shown.reduce((sum, { lines }) => sum + lines.length, 0);
  return (
    <div className={styles.roles}>
      <p className={styles.lead}>{t('roles.lead')}</p>
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={t('roles.title')}
          value={view}
          onChange={(next) => setView(next as View)}
          data={VIEWS.map((one) => ({
            value: one,
            label:
              one === 'operations' || one === 'papers'
                ? t(`roles.${one}`)
                : `${t(`option.cardKind.${one}`)} · ${t('roles.fields')}`,
          }))}
        />
        {view !== 'papers' && (
          <div className={styles.filter}>
            <FilterBox value={filter} onChange={setFilter} label={t('roles.filter')} placeholder={t('roles.filter')} />
          </div>
        )}
        <span className={styles.count} role="status">
          {t('roles.count', { count })}
        </span>
      </div>
      <Legend view={view} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.frame} tabIndex={0} aria-label={t('roles.title')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.nameHead}>
                {t(view === 'operations' ? 'roles.what' : view === 'papers' ? 'roles.level' : 'roles.field')}
              </th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`role.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((group) => (
              <Fragment key={group.key}>
                {group.title !== '' && (
                  <tr className={styles.group}>
                    <th scope="rowgroup" colSpan={columns.length + 1}>
                      {group.title}
                    </th>
                  </tr>
                )}
                {group.lines.map((line) => (
                  <tr key={line.key}>
                    <th scope="row">
                      {line.name}
                      {line.key !== line.name && (
                        <span className={styles.key} translate="no">
                          {line.key}
                        </span>
                      )}
                    </th>
                    {line.marks.map((marks, index) => (
                      <td key={columns[index]}>
                        {marks.map((mark) => (
                          <Shape key={mark.words} mark={mark} />
                        ))}
                      </td>
                    ))}
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p className={styles.none}>{t('roles.none')}</p>}
      </section>
    </div>
  );
}

function Shape({ mark }: { readonly mark: Mark }) {
  return (
    <span className={styles.mark} title={mark.words}>
      <span className={styles[mark.shape]} aria-hidden />
      <span className="visually-hidden">{mark.words}</span>
    </span>
  );
}

function Legend({ view }: { readonly view: View }) {
  const { t } = useText();
  const marks: readonly Mark[] =
    view === 'operations'
      ? [
          ...(['desk', 'room', 'closed', 'handover'] as const).map((place) => ({
            shape: PLACE_SHAPES[place],
            words: t(`roles.place.${place}`),
          })),
          { shape: 'none', words: t('roles.refused') },
        ]
      : view === 'papers'
        ? [
            { shape: 'full', words: t('roles.paper.full') },
            { shape: 'half', words: t('roles.paper.entry') },
            { shape: 'none', words: t('roles.paper.nothing') },
          ]
        : [
            { shape: 'full', words: t('roles.showing.clear') },
            { shape: 'half', words: t('roles.showing.masked') },
            { shape: 'none', words: t('roles.showing.absent') },
          ];
  return (
    <ul className={styles.legend}>
      {marks.map((mark) => (
        <li key={mark.words}>
          <span className={styles.mark} aria-hidden>
            <span className={styles[mark.shape]} />
          </span>
          {mark.words}
        </li>
      ))}
      {view !== 'operations' && <li>{t('roles.salespersonNote')}</li>}
    </ul>
  );
}

function useGroups(view: View): readonly Group[] {
  const { t, has } = useText();
  return useMemo(() => {
    if (view === 'operations') {
      const name = (row: ReturnType<typeof operationRows>[number]) =>
        t(has(`operation.${row.name}`) ? `operation.${row.name}` : `audit.type.${row.operation.audit.type}`);
      return [...Map.groupBy(operationRows(), ({ area }) => area)].map(([area, rows]) => ({
        key: area,
        title: t(`operationArea.${area}`),
        lines: rows.map((row) => ({
          key: row.name,
          name: name(row),
          marks: SITTERS.map((sitter) => {
            const places = row.places[sitter];
            return places.length === 0
              ? [{ shape: 'none' as const, words: t('roles.refused') }]
              : places.map((place) => ({ shape: PLACE_SHAPES[place], words: t(`roles.place.${place}`) }));
          }),
        })),
      }));
    }
    if (view === 'papers') {
      const shapes = { full: 'full', entry: 'half', nothing: 'none' } as const;
      return [
        {
          key: 'papers',
          title: '',
          lines: paperRows().map(({ level, views }) => ({
            key: level,
            name: t(`option.securityLevel.${level}`),
            marks: CARD_READERS.map((reader) => [
              { shape: shapes[views[reader]], words: t(`roles.paper.${views[reader]}`) },
            ]),
          })),
        },
      ];
    }
    const shapes = { clear: 'full', masked: 'half', absent: 'none' } as const;
    const sections = new Map(
      cardForm(view).sections.flatMap(({ key, fields }) => fields.map((field) => [field.key, key] as const)),
    );
    const rows = fieldRows(view, (key) => sections.get(key) ?? '');
    return [...Map.groupBy(rows, ({ section }) => section)].map(([section, own]) => ({
      key: section,
      title: has(sectionLabelKey(section)) ? t(sectionLabelKey(section)) : section,
      lines: own.map(({ path, showing }) => ({
        key: path,
        name: path
          .split('.')
          .map((_, index, parts) => t(fieldLabelKey(view, parts.slice(0, index + 1).join('.'))))
          .join(' · '),
        marks: CARD_READERS.map((reader) => [
          { shape: shapes[showing[reader]], words: t(`roles.showing.${showing[reader]}`) },
        ]),
      })),
    }));
  }, [view, t, has]);
}
