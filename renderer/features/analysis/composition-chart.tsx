import { useId } from 'react';
import type { AnalysisRow } from '../../../shared/contract/analysis.ts';
import styles from './analysis.module.css';

interface CompositionChartProps {
  readonly rows: readonly AnalysisRow[];
  readonly labelOf: (row: AnalysisRow) => string;
  readonly wordsOf: (row: AnalysisRow) => string;
  readonly says: string;
  readonly legend: readonly [now: string, former: string];
  readonly selected: AnalysisRow | null;
  readonly onSelect: (row: AnalysisRow) => void;
  readonly onOpen: (row: AnalysisRow) => void;
}

const WIDTH = 560;
const LABEL = 148;
const VALUE = 148;
const LINE = 34;
const MOST_BARS = 16;

const cut = (text: string, most: number): string => {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
};

/** How many characters of a label fit: a Chinese character takes twice the room of a Latin one. */
const fitting = (text: string): string => cut(text, /\p{Script=Han}/u.test(text) ? 11 : 20);

/**
 * Bars of the period, dark and full, over those of the period before, hatched: told apart by pattern, not by colour alone, and in
 * grey on paper. The table beside it says the same to whoever does not see it.
 */
export function CompositionChart(props: CompositionChartProps) {
  const { rows, labelOf, wordsOf, says, legend, selected, onSelect, onOpen } = props;
  const hatch = useId();
  const shown = rows.slice(0, MOST_BARS);
  const largest = Math.max(1, ...shown.flatMap((row) => [row.amount, row.former]));
  const room = WIDTH - LABEL - VALUE;
  const length = (amount: number): number => Math.max(0, (amount / largest) * room);
  const height = shown.length * LINE + 30;
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={says}>
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" className={styles.hatchGround} />
          <line x1="0" y1="0" x2="0" y2="5" className={styles.hatchLine} />
        </pattern>
      </defs>
      {shown.map((row, index) => {
        const y = index * LINE;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table beside the chart does the same by keyboard
          <g
            key={`${row.value}${row.rest}`}
            className={selected === row ? styles.barSelected : styles.bar}
            onClick={() => onSelect(row)}
            onDoubleClick={() => onOpen(row)}
          >
            <rect x="0" y={y} width={WIDTH} height={LINE} className={styles.barGround} />
            <text x={LABEL - 8} y={y + 20} className={styles.barLabel}>
              {fitting(labelOf(row))}
            </text>
            <rect x={LABEL} y={y + 5} width={length(row.amount)} height="14" className={styles.barNow} />
            <rect
              x={LABEL}
              y={y + 21}
              width={length(row.former)}
              height="7"
              fill={`url(#${hatch})`}
              className={styles.barFormer}
            />
            <text x={LABEL + length(row.amount) + 6} y={y + 17} className={styles.barValue}>
              {wordsOf(row)}
            </text>
          </g>
        );
      })}
      <g transform={`translate(${LABEL} ${shown.length * LINE + 12})`}>
        <rect width="18" height="10" className={styles.barNow} />
        <text x="24" y="9" className={styles.legend}>
          {legend[0]}
        </text>
        <rect x="170" width="18" height="10" fill={`url(#${hatch})`} className={styles.barFormer} />
        <text x="194" y="9" className={styles.legend}>
          {legend[1]}
        </text>
      </g>
    </svg>
  );
}

interface SeriesChartProps {
  readonly years: readonly number[];
  readonly values: readonly number[];
  readonly textOf: (value: number) => string;
  readonly says: string;
}

const SERIES_HEIGHT = 132;
const BAR_WIDTH = 56;

/** Five years as columns. */
export function SeriesChart({ years, values, textOf, says }: SeriesChartProps) {
  const largest = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, years.length);
  const top = 22;
  const room = SERIES_HEIGHT - top - 22;
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${SERIES_HEIGHT}`} role="img" aria-label={says}>
      {years.map((year, index) => {
        const value = values[index] ?? 0;
        const height = Math.max(0, (value / largest) * room);
        const x = index * step + (step - BAR_WIDTH) / 2;
        return (
          <g key={year}>
            <rect
              x={x}
              y={top + room - height}
              width={BAR_WIDTH}
              height={height}
              className={index === years.length - 1 ? styles.barNow : styles.barEarlier}
            />
            <text x={x + BAR_WIDTH / 2} y={top + room - height - 6} className={styles.yearValue}>
              {textOf(value)}
            </text>
            <text x={x + BAR_WIDTH / 2} y={SERIES_HEIGHT - 6} className={styles.year}>
              {year}
            </text>
          </g>
        );
      })}
      <line x1="0" x2={WIDTH} y1={top + room} y2={top + room} className={styles.axis} />
    </svg>
  );
}
