import { IconChecklist, IconPrinter } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Campaign } from '../../../shared/contract/revisions.ts';
import { fieldLabelKey } from '../../../shared/domain/form-fields.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Tag, type Tone } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { ProgressBar } from './progress-bar.tsx';
import styles from './revision.module.css';

const TONES: Readonly<Record<Campaign['state'], Tone>> = {
  open: 'lake',
  paused: 'amber',
  closed: 'moss',
  discarded: 'plain',
};

/** Earlier campaigns, and the chosen one beside the one before it. */
export function CampaignHistory() {
  const { t } = useText();
  const formats = useFormats();
  const place = usePlace();
  const { replace } = useNavigate();
  const source = useArchivePages('revisions.list', {}, ({ campaigns, total }) => ({ rows: campaigns, total }));
  const chosen = place.params?.['campaign'] ?? source.rowAt(0)?.number;
  const columns = useMemo<readonly Column<Campaign>[]>(() => {
    const words = (row: Campaign) => t(`revision.state.${row.state}`);
    return [
      {
        id: 'number',
        header: t('revision.column.number'),
        width: 104,
        cell: (row) => row.number,
        text: (row) => row.number,
      },
      {
        id: 'title',
        header: t('revision.column.title'),
        width: 120,
        grow: true,
        cell: (row) => row.title,
        text: (row) => row.title,
      },
      {
        id: 'started',
        header: t('revision.column.started'),
        width: 100,
        cell: (row) => formats.day(row.startedAt),
        text: (row) => row.startedAt.slice(0, 10),
      },
      {
        id: 'closed',
        header: t('revision.column.closed'),
        width: 100,
        cell: (row) => formats.day(row.closedAt),
        text: (row) => row.closedAt?.slice(0, 10) ?? '',
      },
      {
        id: 'cards',
        header: t('revision.column.cards'),
        width: 80,
        align: 'end',
        cell: (row) => formats.number(row.counts.total),
        text: (row) => String(row.counts.total),
      },
      {
        id: 'state',
        header: t('revision.column.state'),
        width: 96,
        cell: (row) => <Tag tone={TONES[row.state]}>{words(row)}</Tag>,
        text: words,
      },
    ];
  }, [t, formats]);
  return (
    <div className={styles.split}>
      <section className={styles.list} aria-label={t('revision.tab.history')}>
        <div className={styles.table}>
          <DataTable
            id="revision-campaigns"
            label={t('revision.tab.history')}
            columns={columns}
            source={source}
            rowKey={(row) => row.number}
            selectedKey={chosen ?? null}
            onSelect={(row) => replace({ params: { campaign: row.number } })}
            autoFocus
            empty={
              <EmptyState icon={IconChecklist} title={t('revision.noneYet')}>
                {t('revision.what')}
              </EmptyState>
            }
          />
        </div>
      </section>
      <section className={styles.pane} aria-label={chosen ?? ''}>
        {chosen !== undefined && <Comparison key={chosen} number={chosen} />}
      </section>
    </div>
  );
}

type Compared = OutputOf<'revisions.compare'>;

/** How a campaign went, beside the one before. */
function Comparison({ number }: { readonly number: string }) {
  const { t } = useText();
  const print = usePrint();
  const answer = useArchiveQuery('revisions.compare', { campaign: number });
  if (answer.error !== null) return <ErrorState error={answer.error} />;
  if (answer.data === undefined) return null;
  const { current, previous } = answer.data;
  return (
    <>
      <header className={styles.paneHead}>
        <h2 className={styles.paneTitle}>{number}</h2>
        <p className={styles.soft}>
          {previous === null ? t('revision.nothingBefore') : t('revision.besides', { number: previous.number })}
        </p>
      </header>
      <ProgressBar counts={current.counts} />
      <Figures compared={answer.data} />
      <Button icon={IconPrinter} onClick={() => print({ form: 'revisionReport', number })}>
        {t('kit.print.revisionReport')}
      </Button>
      <Corrected compared={answer.data} />
      <FlaggedAgain compared={answer.data} />
    </>
  );
}

const FIGURES = ['total', 'confirmed', 'corrected', 'flagged', 'notReachable'] as const;

function Figures({ compared }: { readonly compared: Compared }) {
  const { t } = useText();
  const formats = useFormats();
  const { current, previous } = compared;
  return (
    <table className={styles.compare}>
      <thead>
        <tr>
          <th scope="col">{t('revision.figure')}</th>
          <th scope="col">{current.number}</th>
          {previous !== null && <th scope="col">{previous.number}</th>}
        </tr>
      </thead>
      <tbody>
        {FIGURES.map((figure) => (
          <tr key={figure}>
            <th scope="row">{t(`revision.figure.${figure}`)}</th>
            <td>{formats.number(current.counts[figure])}</td>
            {previous !== null && <td>{formats.number(previous.counts[figure])}</td>}
          </tr>
        ))}
        <tr>
          <th scope="row">{t('revision.figure.days')}</th>
          <td>{formats.number(current.days)}</td>
          {previous !== null && <td>{formats.number(previous.days)}</td>}
        </tr>
        {previous !== null && (
          <tr>
            <th scope="row">{t('revision.figure.scope')}</th>
            <td colSpan={2}>
              {t('revision.addedGone', { added: formats.number(compared.added), gone: formats.number(compared.gone) })}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function Corrected({ compared }: { readonly compared: Compared }) {
  const { t } = useText();
  const formats = useFormats();
  if (compared.corrected.length === 0) return null;
  return (
    <section className={styles.part} aria-label={t('revision.correctedMost')}>
      <h3 className={styles.partTitle}>{t('revision.correctedMost')}</h3>
      <ul>
        {compared.corrected.map(({ kind, field, count, before }) => (
          <li key={`${kind} ${field}`} className={styles.inquiry}>
            <span>
              {t(field === 'tier' || field === 'status' ? fieldLabelKey('control', field) : fieldLabelKey(kind, field))}
            </span>
            <span className={styles.soft}>
              {formats.number(count)}
              {compared.previous !== null && ` (${formats.number(before)})`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function FlaggedAgain({ compared }: { readonly compared: Compared }) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  if (compared.flaggedAgain.length === 0) return null;
  return (
    <section className={styles.part} aria-label={t('revision.flaggedAgain')}>
      <h3 className={styles.partTitle}>
        {t('revision.flaggedAgain')} {formats.number(compared.flaggedAgainTotal)}
      </h3>
      <ul>
        {compared.flaggedAgain.map((row) => (
          <li key={row.number} className={styles.inquiry}>
            <Button kind="link" onClick={() => go({ screen: 'cards', number: row.number })}>
              {row.name}
            </Button>
            <span className={styles.soft}>
              {t(`revisionFlag.${row.lastFlag}`)} → {t(`revisionFlag.${row.flag}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
