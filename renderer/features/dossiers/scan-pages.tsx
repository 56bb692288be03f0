import {
  IconArrowsSplit2,
  IconFileOff,
  IconLayersUnion,
  IconRotate,
  IconRotateClockwise,
  IconTrash,
} from '@tabler/icons-react';
import { type DragEvent, type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { Paper } from '../../../shared/contract/dossiers.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { PagePicture } from '../../ui/viewer/page-picture.tsx';
import { type PageSource, usePageSources } from '../../ui/viewer/use-page-sources.ts';
import {
  dropPages,
  joinAll,
  movePages,
  type PlannedPage,
  resultsOf,
  startPlan,
  togglePart,
  turnPages,
} from './scan-page-plan.ts';
import styles from './scan-pages.module.css';

const WIDTH = 116;
const PAGE_DRAG = 'application/x-dossier-pages';

interface ScanPagesProps {
  readonly paper: Paper;
  readonly onDone: () => void;
}

/** All pages of a paper's scans on a table: turned, laid in another order, left out, divided into scans or joined (D8). */
export function ScanPages({ paper, onDone }: ScanPagesProps) {
  const { t } = useText();
  const [plan, setPlan] = useState(() => startPlan(paper.scans));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const arrange = useArchiveJob('scans.arrange', 'scanPages.title');
  const blank = useBlankPages(paper);
  const sources = usePageSources(paper.scans);
  const table = useRef<HTMLDivElement>(null);
  const results = resultsOf(plan, paper.scans);
  const changed = JSON.stringify(plan) !== JSON.stringify(startPlan(paper.scans));
  const act = (next: readonly PlannedPage[]): void => setPlan(next);
  const choose = (key: string, more: boolean): void =>
    setChosen((former) => {
      if (!more) return new Set([key]);
      const next = new Set(former);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  const focusPage = (index: number): void => {
    const page = plan[Math.min(plan.length - 1, Math.max(0, index))];
    if (page !== undefined) table.current?.querySelector<HTMLElement>(`[data-key="${page.key}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, index: number, key: string): void => {
    const targets = chosen.has(key) ? chosen : new Set([key]);
    const acts: Record<string, () => void> = {
      arrowright: () => (event.altKey ? act(movePages(plan, targets, index + 2)) : focusPage(index + 1)),
      arrowleft: () => (event.altKey ? act(movePages(plan, targets, index - 1)) : focusPage(index - 1)),
      ' ': () => choose(key, true),
      r: () => act(turnPages(plan, targets, event.shiftKey ? -90 : 90)),
      s: () => act(togglePart(plan, targets)),
      delete: () => targets.size < plan.length && act(dropPages(plan, targets)),
    };
    const chosenAct = acts[event.key.toLowerCase()];
    if (chosenAct === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    chosenAct();
  };
  const drop = (event: DragEvent, index: number): void => {
    const keys: unknown = JSON.parse(event.dataTransfer.getData(PAGE_DRAG) || '[]');
    if (!Array.isArray(keys)) return;
    event.preventDefault();
    act(movePages(plan, new Set(keys.map(String)), index));
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (!changed || reason.trim() === '' || arrange.job !== null) return;
    arrange
      .run({ code: paper.code, reason: reason.trim(), replaces: paper.scans.map(({ id }) => id), results })
      .then(({ scans }) => {
        toast(t('scanPages.saved', { count: scans.length }));
        onDone();
      })
      .catch(() => undefined);
  };
  const some = chosen.size > 0;
  return (
    <div className={styles.body}>
      <div className={styles.bar} role="toolbar" aria-label={t('scanPages.acts')}>
        <Button
          size="small"
          icon={IconRotateClockwise}
          keys="r"
          disabled={!some}
          onClick={() => act(turnPages(plan, chosen, 90))}
        >
          {t('scanPages.turn')}
        </Button>
        <Button size="small" icon={IconRotate} disabled={!some} onClick={() => act(turnPages(plan, chosen, -90))}>
          {t('scanPages.turnBack')}
        </Button>
        <Button
          size="small"
          icon={IconArrowsSplit2}
          keys="s"
          disabled={!some}
          onClick={() => act(togglePart(plan, chosen))}
        >
          {t('scanPages.divide')}
        </Button>
        <Button size="small" icon={IconLayersUnion} disabled={results.length < 2} onClick={() => act(joinAll(plan))}>
          {t('scanPages.join')}
        </Button>
        <Button
          size="small"
          icon={IconTrash}
          keys="delete"
          disabled={!some || chosen.size >= plan.length}
          onClick={() => {
            act(dropPages(plan, chosen));
            setChosen(new Set());
          }}
        >
          {t('scanPages.drop')}
        </Button>
        {blank.size > 0 && (
          <Button size="small" kind="quiet" icon={IconFileOff} onClick={() => setChosen(blank)}>
            {t('scanPages.chooseBlank', { count: blank.size })}
          </Button>
        )}
        <span className={styles.hint}>{t('scanPages.hint')}</span>
      </div>
      <div ref={table} className={styles.table}>
        {plan.map((page, index) => (
          <PageCard
            key={page.key}
            page={page}
            paper={paper}
            source={sources.get(page.scan)}
            number={index + 1}
            name={
              page.begins
                ? (results.find(({ pages }) => pages[0]?.scan === page.scan && pages[0].page === page.page)?.name ?? '')
                : ''
            }
            chosen={chosen.has(page.key)}
            blank={blank.has(page.key)}
            first={index === 0}
            onChoose={(more) => choose(page.key, more)}
            onKeyDown={(event) => onKeyDown(event, index, page.key)}
            onDrag={(event) => {
              const keys = chosen.has(page.key) ? [...chosen] : [page.key];
              event.dataTransfer.setData(PAGE_DRAG, JSON.stringify(keys));
              event.dataTransfer.effectAllowed = 'move';
            }}
            onDrop={(event) => drop(event, index)}
          />
        ))}
      </div>
      {arrange.error !== null && <ErrorNote error={arrange.error} showFields />}
      {arrange.job !== null ? (
        <JobProgress job={arrange.job} />
      ) : (
        <form className={styles.foot} onSubmit={save}>
          <span className={styles.soft}>{t('scanPages.result', { count: results.length, pages: plan.length })}</span>
          <ReasonField value={reason} onChange={setReason} label={t('scanPages.reason')} />
          <Button kind="quiet" disabled={!changed} onClick={() => setPlan(startPlan(paper.scans))}>
            {t('scanPages.asBefore')}
          </Button>
          <Button kind="primary" type="submit" disabled={!changed || reason.trim() === ''}>
            {t('scanPages.save')}
          </Button>
        </form>
      )}
    </div>
  );
}

/** Pages that were found blank when the scans were read. */
function useBlankPages(paper: Paper): ReadonlySet<string> {
  const found = useArchiveQuery('scans.findings', { customer: paper.customer });
  const pages = (found.data?.blank ?? []).filter(({ code }) => code === paper.code);
  return new Set(pages.map(({ scan, page }) => `${scan} ${page}`));
}

interface PageCardProps {
  readonly page: PlannedPage;
  readonly paper: Paper;
  readonly source: PageSource | undefined;
  readonly number: number;
  /** Of the scan that begins here. */
  readonly name: string;
  readonly chosen: boolean;
  readonly blank: boolean;
  readonly first: boolean;
  readonly onChoose: (more: boolean) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onDrag: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
}

function PageCard({
  page,
  paper,
  source,
  number,
  name,
  chosen,
  blank,
  first,
  onChoose,
  onKeyDown,
  onDrag,
  onDrop,
}: PageCardProps) {
  const { t } = useText();
  const [over, setOver] = useState(false);
  const scan = paper.scans.find(({ id }) => id === page.scan);
  return (
    <>
      {page.begins && (
        <p className={styles.part} data-first={first || undefined}>
          {name}
        </p>
      )}
      <button
        type="button"
        className={styles.card}
        data-key={page.key}
        data-over={over || undefined}
        aria-pressed={chosen}
        aria-label={t('scanPages.page', { number, name: scan?.name ?? '', page: page.page, turn: page.turn })}
        draggable
        onClick={(event) => onChoose(event.ctrlKey || event.metaKey || event.shiftKey)}
        onKeyDown={onKeyDown}
        onDragStart={onDrag}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes(PAGE_DRAG)) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          setOver(false);
          onDrop(event);
        }}
      >
        <span
          className={styles.picture}
          data-sideways={page.turn % 180 !== 0 || undefined}
          style={{ transform: `rotate(${page.turn}deg)` }}
        >
          <PagePicture source={source} page={page.page} width={WIDTH} />
        </span>
        <span className={styles.number}>
          {number}
          {blank && <Tag tone="amber">{t('scanPages.blank')}</Tag>}
        </span>
      </button>
    </>
  );
}
