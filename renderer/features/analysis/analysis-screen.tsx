import { SegmentedControl } from '@mantine/core';
import { IconChartBar, IconChevronLeft, IconChevronRight, IconFileTypeCsv, IconPrinter } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { AnalysisRow } from '../../../shared/contract/analysis.ts';
import { ANALYSES, groupsOf, monthsIn, type Period } from '../../../shared/domain/analysis.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import { useToday } from '../../ui/text/use-today.ts';
import { printForm } from '../../ui/viewer/document-dialog.tsx';
import styles from './analysis.module.css';
import { analysisColumns, drillOf, groupLabel, rowLabel, wholeAmount } from './analysis-columns.tsx';
import { CompositionChart, SeriesChart } from './composition-chart.tsx';
import { ExportAnalysis } from './export-analysis.tsx';
import { nextPeriod, PRESETS, type Preset, periodAround, periodText, presetOf } from './period.ts';

const MONTH = /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/;

/** Composition analysis (A1–A4): chart and table of a period, the period before, five years; a line leads to its cards. */
export function AnalysisScreen() {
  const { t } = useText();
  const formats = useFormats();
  const { today } = useToday();
  const { go, replace } = useNavigate();
  const params = usePlace().params ?? {};
  const acts = useActingRole();
  const maySave = acts !== undefined && acts !== 'auditor';
  const analysis = ANALYSES.find((one) => one === params['analysis']) ?? 'sales';
  const groups = groupsOf(analysis);
  const group = groups.find((one) => one === params['group']) ?? groups[0] ?? 'region';
  const usual = periodAround(today.slice(0, 7), 'year');
  const period: Period = { from: params['from'] ?? usual.from, to: params['to'] ?? usual.to };
  const query = { analysis, group, from: period.from, to: period.to };
  const fits = MONTH.test(period.from) && MONTH.test(period.to) && monthsIn(period) > 0;
  const answer = useArchiveQuery('analysis.compose', query, { enabled: fits, keepPrevious: true });
  const [selected, setSelected] = useState<AnalysisRow | null>(null);
  const [isExporting, setExporting] = useState(false);
  const output = answer.data;
  const columns = useMemo(
    () => (output === undefined ? [] : analysisColumns(output, t, formats)),
    [output, t, formats],
  );
  const source = useMemo(
    () => arraySource(output === undefined ? undefined : [...output.rows, output.total]),
    [output],
  );

  const set = (change: Record<string, string>): void => replace({ params: { ...params, ...change } });
  const setPeriod = (next: Period): void => set({ from: next.from, to: next.to });
  const open = (row: AnalysisRow): void => {
    if (output === undefined || row === output.total) return;
    const drill = drillOf(output.group, row);
    if (drill === null) return;
    if ('number' in drill) go({ screen: 'cards', number: drill.number });
    else go({ screen: 'cards', params: { filter: JSON.stringify(drill.filter) } });
  };
  useShortcut('[', () => setPeriod(nextPeriod(period, -1)), { labelKey: 'analysis.earlier' });
  useShortcut(']', () => setPeriod(nextPeriod(period, 1)), { labelKey: 'analysis.later' });
  const print = (): void =>
    printForm(
      { form: 'analysis', number: `${query.analysis}#${query.from}#${query.to}#${query.group ?? ''}` },
      t(`analysis.title.${query.analysis}`),
      `${query.from} – ${query.to}`,
    );
  useShortcut('mod+p', print, { labelKey: 'analysis.print', enabled: maySave });

  return (
    <section className={styles.screen} aria-label={t('analysis.title')}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('analysis.title')}</h1>
        {maySave && (
          <>
            <Button icon={IconFileTypeCsv} disabled={output === undefined} onClick={() => setExporting(true)}>
              {t('analysis.csv')}
            </Button>
            <Button icon={IconPrinter} keys="mod+p" disabled={output === undefined} onClick={print}>
              {t('analysis.print')}
            </Button>
          </>
        )}
      </header>
      <div className={styles.tools}>
        <SegmentedControl
          aria-label={t('analysis.which')}
          value={analysis}
          onChange={(value) => replace({ params: { from: period.from, to: period.to, analysis: value } })}
          data={ANALYSES.map((value) => ({ value, label: t(`analysis.tab.${value}`) }))}
        />
        <SegmentedControl
          aria-label={t('analysis.preset')}
          value={presetOf(period) ?? ''}
          onChange={(value) => setPeriod(periodAround(period.to, value as Preset))}
          data={PRESETS.map((value) => ({ value, label: t(`analysis.preset.${value}`) }))}
        />
        <div className={styles.period}>
          <IconButton
            icon={IconChevronLeft}
            label={t('analysis.earlier')}
            keys="["
            onClick={() => setPeriod(nextPeriod(period, -1))}
          />
          <MonthInput label={t('analysis.from')} value={period.from} onValue={(from) => set({ from, to: period.to })} />
          <span aria-hidden>–</span>
          <MonthInput label={t('analysis.to')} value={period.to} onValue={(to) => set({ from: period.from, to })} />
          <IconButton
            icon={IconChevronRight}
            label={t('analysis.later')}
            keys="]"
            onClick={() => setPeriod(nextPeriod(period, 1))}
          />
        </div>
        <select
          className={styles.group}
          aria-label={t('analysis.groupedBy')}
          value={group}
          onChange={(event) => set({ group: event.currentTarget.value })}
        >
          {groups.map((one) => (
            <option key={one} value={one}>
              {groupLabel(one, t)}
            </option>
          ))}
        </select>
      </div>
      {answer.error !== null ? (
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      ) : output === undefined ? (
        <LoadingSkeleton shape="rows" />
      ) : output.rows.length === 0 ? (
        <EmptyState icon={IconChartBar} title={t('analysis.empty')}>
          {t('analysis.emptyText')}
        </EmptyState>
      ) : (
        <>
          {output.unconverted.length > 0 && (
            <p className={styles.note} role="status">
              {t('analysis.unconvertedNote', {
                amounts: output.unconverted
                  .map(({ currency, amount }) => `${currency} ${wholeAmount(amount, currency, formats)}`)
                  .join(t('form.listSeparator')),
              })}
            </p>
          )}
          <div className={styles.body}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <section className={styles.charts} tabIndex={0} aria-label={t(`analysis.title.${output.analysis}`)}>
              <CompositionChart
                rows={output.rows}
                labelOf={(row) => rowLabel(output.group, row, t)}
                wordsOf={(row) =>
                  `${wholeAmount(row.amount, output.currency, formats)} · ${formats.decimal(row.share, 1)} %`
                }
                says={t('analysis.chart', {
                  title: t(`analysis.title.${output.analysis}`),
                  period: periodText(output),
                })}
                legend={[periodText(output), periodText({ from: output.formerFrom, to: output.formerTo })]}
                selected={selected}
                onSelect={setSelected}
                onOpen={open}
              />
              <h2>
                {t('analysis.series')}
                {selected !== null && output.rows.includes(selected) && ` · ${rowLabel(output.group, selected, t)}`}
              </h2>
              <SeriesChart
                years={output.years}
                values={(selected !== null && output.rows.includes(selected) ? selected : output.total).series}
                textOf={(value) => wholeAmount(value, output.currency, formats)}
                says={t('analysis.seriesChart', { first: output.years[0] ?? 0, last: output.years.at(-1) ?? 0 })}
              />
            </section>
            <div className={styles.table}>
              <DataTable
                id={`analysis-${output.analysis}`}
                label={t('analysis.table')}
                columns={columns}
                source={source}
                rowKey={(row) => (row === output.total ? 'total' : `${row.rest ? 'rest' : 'row'} ${row.value}`)}
                onSelect={setSelected}
                onOpen={open}
                autoFocus
                foot={<span>{t('analysis.drillHint')}</span>}
                empty={null}
              />
            </div>
          </div>
        </>
      )}
      {isExporting && output !== undefined && (
        <ExportAnalysis query={query} rows={output.rows.length} onClose={() => setExporting(false)} />
      )}
    </section>
  );
}

/** A month as `2026-01`; another text changes nothing. */
function MonthInput({
  label,
  value,
  onValue,
}: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (month: string) => void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <input
      className={styles.month}
      aria-label={label}
      autoComplete="off"
      inputMode="numeric"
      value={text}
      aria-invalid={!MONTH.test(text) || undefined}
      onChange={(event) => {
        const typed = event.currentTarget.value.trim();
        setText(typed);
        if (MONTH.test(typed)) onValue(typed);
      }}
    />
  );
}
