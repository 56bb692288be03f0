import { IconChecklist, IconPrinter } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Campaign } from '../../../shared/contract/revisions.ts';
import { fieldLabelKey } from '../../../shared/domain/form-fields.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { type RecordCells, type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
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
  const [first, setFirst] = useState<RecordRow | null>(null);
  const chosen = place.params?.['campaign'] ?? first?.key;
  const cells = useMemo<RecordCells>(
    () => ({
      number: { width: 104 },
      campaignName: { width: 120, grow: true },
      startedAt: { width: 100, cell: (row) => formats.day(textAt(row, 'startedAt')) },
      closedAt: { width: 100, cell: (row) => formats.day(textAt(row, 'closedAt') || null) },
      state: {
        width: 96,
        cell: (row) => (
          <Tag tone={TONES[textAt(row, 'state') as Campaign['state']]}>
            {t(`revision.state.${textAt(row, 'state')}`)}
          </Tag>
        ),
      },
    }),
    [t, formats],
  );
  return (
    <div className={styles.split}>
      <section className={styles.list} aria-label={t('revision.tab.history')}>
        <div className={styles.table}>
          <RecordList
            list="campaigns"
            label={t('revision.tab.history')}
            cells={cells}
            selectedKey={chosen ?? null}
            onSelect={(row) => replace({ params: { campaign: row.key } })}
            onFirst={setFirst}
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
