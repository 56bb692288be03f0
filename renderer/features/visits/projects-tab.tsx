import { SegmentedControl } from '@mantine/core';
import { IconPrinter, IconSearch, IconTimeline } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { OPTION_SETS } from '../../../shared/domain/forms/option-sets.ts';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { numberAt, type RecordCells, type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { AdvanceDialog } from './advance-dialog.tsx';
import styles from './visits.module.css';

export type Project = Pick<
  OutputOf<'projects.list'>['projects'][number],
  'customer' | 'customerName' | 'position' | 'name' | 'stage' | 'nextStep' | 'nextStepOn' | 'expectedSigning'
>;

/** What moving a project on begins with. */
const NEEDED = ['customer', 'project', 'stage', 'nextStep', 'nextStepOn', 'expectedSigning', 'stalled'];
const UNDER_WAY: Condition = { field: 'stage', is: 'isNot', values: ['signed', 'cancelled'] };

function projectOf(row: RecordRow): Project {
  return {
    customer: row.customer ?? '',
    customerName: textAt(row, 'customer'),
    position: Number(row.key.split(' ').at(-1)),
    name: textAt(row, 'project'),
    stage: textAt(row, 'stage'),
    nextStep: textAt(row, 'nextStep'),
    nextStepOn: textAt(row, 'nextStepOn'),
    expectedSigning: textAt(row, 'expectedSigning'),
  };
}

const SHOWS = ['open', 'stalled', 'all'] as const;

/** Projects of all customers (X2): by stage, with the next step and its day. Enter moves one on, C opens its card. */
export function ProjectsTab() {
  const { t, has } = useText();
  const formats = useFormats();
  const print = usePrint();
  const place = usePlace();
  const { go, replace } = useNavigate();
  const keeper = useActingRole() === 'keeper';
  const [text, setText] = useState('');
  const [chosen, setMarked] = useState<Project | null>(null);
  const [first, setFirst] = useState<Project | null>(null);
  const marked = chosen ?? first;
  const [advancing, setAdvancing] = useState<Project | null>(null);
  const params = place.params ?? {};
  const show = SHOWS.find((one) => one === params['show']) ?? 'open';
  const stage = OPTION_SETS.projectStage.find((one) => one === params['stage']);
  const scope = useMemo(
    (): readonly Condition[] => [
      ...(stage === undefined ? [] : [{ field: 'stage', is: 'is' as const, values: [stage] }]),
      ...(stage !== undefined || show === 'all' ? [] : [UNDER_WAY]),
      ...(show === 'stalled' ? [{ field: 'stalled', is: 'is' as const, values: [true] }] : []),
    ],
    [show, stage],
  );
  const stages = useArchiveQuery('projects.list', { show: 'all', limit: 1 }).data?.stages ?? {};
  const set = (key: string, value: string | undefined): void => {
    const { [key]: _former, ...others } = params;
    replace({ params: value === undefined ? others : { ...others, [key]: value } });
  };
  useShortcut('c', () => marked !== null && go({ screen: 'cards', number: marked.customer }), {
    labelKey: 'visits.toCard',
  });
  const cells = useMemo<RecordCells>(() => {
    const stageText = (value: string): string =>
      has(`option.projectStage.${value}`) ? t(`option.projectStage.${value}`) : value;
    return {
      customer: { width: 168 },
      project: { width: 168, grow: true },
      stage: {
        cell: (row) => (textAt(row, 'stage') === '' ? '' : <Tag tone="lake">{stageText(textAt(row, 'stage'))}</Tag>),
      },
      nextStep: {
        width: 200,
        cell: (row) =>
          textAt(row, 'nextStep') === '' && numberAt(row, 'stalled') === 1 ? (
            <Tag tone="amber">{t('visits.noStep')}</Tag>
          ) : (
            <span title={textAt(row, 'nextStep')}>{textAt(row, 'nextStep')}</span>
          ),
      },
      nextStepOn: {
        width: 112,
        cell: (row) => {
          const day = textAt(row, 'nextStepOn');
          if (day === '') return '';
          return numberAt(row, 'stalled') === 1 ? <Tag tone="seal">{formats.day(day)}</Tag> : formats.day(day);
        },
      },
    };
  }, [t, has, formats]);
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={t('visits.show')}
          value={show}
          onChange={(value) => set('show', value === 'open' ? undefined : value)}
          data={SHOWS.map((value) => ({ value, label: t(`visits.projectShow.${value}`) }))}
        />
        <FilterBox
          value={text}
          label={t('visits.filter')}
          placeholder={t('visits.filterPlaceholder')}
          onChange={setText}
        />
        <span className={styles.spacer} />
        <Button icon={IconPrinter} onClick={() => print({ form: 'projectList', number: '' })}>
          {t('visits.printProjects')}
        </Button>
        {keeper && (
          <Button kind="primary" keys="enter" disabled={marked === null} onClick={() => setAdvancing(marked)}>
            {t('visits.advance')}
          </Button>
        )}
        <fieldset className={styles.stages} aria-label={t('visits.stage')}>
          {OPTION_SETS.projectStage.map((value) => (
            <button
              key={value}
              type="button"
              className={styles.stage}
              aria-pressed={stage === value}
              onClick={() => set('stage', stage === value ? undefined : value)}
            >
              {t(`option.projectStage.${value}`)} {formats.number(stages[value] ?? 0)}
            </button>
          ))}
        </fieldset>
      </div>
      <div className={styles.fill}>
        <RecordList
          list="projects"
          label={t('visits.tab.projects')}
          scope={scope}
          text={text}
          cells={cells}
          needs={NEEDED}
          onFirst={(row) => setFirst(row === null ? null : projectOf(row))}
          onSelect={(row) => setMarked(projectOf(row))}
          onOpen={(row) =>
            keeper ? setAdvancing(projectOf(row)) : go({ screen: 'cards', number: row.customer ?? '' })
          }
          autoFocus
          empty={
            <EmptyState
              icon={text === '' ? IconTimeline : IconSearch}
              title={t(text === '' ? `visits.projectsEmpty.${show}` : 'visits.noneFound')}
            >
              {t(text === '' ? 'visits.projectsEmptyText' : 'visits.noneFoundText')}
            </EmptyState>
          }
        />
      </div>
      {advancing !== null && <AdvanceDialog project={advancing} onClose={() => setAdvancing(null)} />}
    </div>
  );
}
