import { SegmentedControl } from '@mantine/core';
import { IconPrinter, IconSearch, IconTimeline } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { OPTION_SETS } from '../../../shared/domain/forms/option-sets.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useSession } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { AdvanceDialog } from './advance-dialog.tsx';
import styles from './visits.module.css';

export type Project = OutputOf<'projects.list'>['projects'][number];

const SHOWS = ['open', 'stalled', 'all'] as const;

/** Projects of all customers (X2): by stage, with the next step and its day. Enter moves one on, C opens its card. */
export function ProjectsTab() {
  const { t, has } = useText();
  const formats = useFormats();
  const print = usePrint();
  const place = usePlace();
  const { go, replace } = useNavigate();
  const keeper = useSession((state) => state.session?.user?.role) === 'keeper';
  const [text, setText] = useState('');
  const [chosen, setMarked] = useState<Project | null>(null);
  const [advancing, setAdvancing] = useState<Project | null>(null);
  const sought = useDeferredValue(text.trim());
  const params = place.params ?? {};
  const show = SHOWS.find((one) => one === params['show']) ?? 'open';
  const stage = OPTION_SETS.projectStage.find((one) => one === params['stage']);
  const input = useMemo(
    () => ({ show, text: sought, ...(stage === undefined ? {} : { stage }) }),
    [show, sought, stage],
  );
  const source = useArchivePages('projects.list', input, (answer) => ({ rows: answer.projects, total: answer.total }));
  const marked = chosen ?? source.rowAt(0) ?? null;
  const stages = useArchiveQuery('projects.list', { show: 'all', limit: 1 }).data?.stages ?? {};
  const set = (key: string, value: string | undefined): void => {
    const { [key]: _former, ...others } = params;
    replace({ params: value === undefined ? others : { ...others, [key]: value } });
  };
  useShortcut('c', () => marked !== null && go({ screen: 'cards', number: marked.customer }), {
    labelKey: 'visits.toCard',
  });
  const columns = useMemo<readonly Column<Project>[]>(() => {
    const stageText = (value: string): string =>
      has(`option.projectStage.${value}`) ? t(`option.projectStage.${value}`) : value;
    return [
      {
        id: 'customer',
        header: t('field.visit.customer'),
        width: 168,
        cell: (row) => row.customerName,
        text: (row) => `${row.customer} ${row.customerName}`,
      },
      {
        id: 'name',
        header: t('visits.project'),
        width: 168,
        grow: true,
        cell: (row) => row.name,
        text: (row) => row.name,
      },
      {
        id: 'stage',
        header: t('visits.stage'),
        width: 96,
        cell: (row) => (row.stage === '' ? '' : <Tag tone="lake">{stageText(row.stage)}</Tag>),
        text: (row) => stageText(row.stage),
      },
      {
        id: 'nextStep',
        header: t('visits.nextStep'),
        width: 200,
        cell: (row) =>
          row.stalled === 'noStep' ? (
            <Tag tone="amber">{t('visits.noStep')}</Tag>
          ) : (
            <span title={row.nextStep}>{row.nextStep}</span>
          ),
        text: (row) => row.nextStep,
      },
      {
        id: 'nextStepOn',
        header: t('visits.nextStepOn'),
        width: 112,
        cell: (row) => {
          if (row.nextStepOn === '') return '';
          const shown = formats.day(row.nextStepOn);
          return row.stalled === 'overdue' ? <Tag tone="seal">{shown}</Tag> : shown;
        },
        text: (row) => row.nextStepOn,
      },
      {
        id: 'signing',
        header: t('visits.expectedSigning'),
        width: 112,
        cell: (row) => (row.expectedSigning === '' ? '' : formats.day(row.expectedSigning)),
        text: (row) => row.expectedSigning,
      },
      {
        id: 'probability',
        header: t('visits.probability'),
        width: 72,
        align: 'end',
        cell: (row) => (row.probability === null ? '' : `${formats.number(row.probability)} %`),
        text: (row) => String(row.probability ?? ''),
      },
    ];
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
        <DataTable
          id="projects"
          label={t('visits.tab.projects')}
          columns={columns}
          source={source}
          rowKey={(row) => `${row.customer} ${row.position}`}
          onSelect={setMarked}
          onOpen={(row) => (keeper ? setAdvancing(row) : go({ screen: 'cards', number: row.customer }))}
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
