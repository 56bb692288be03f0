import { useId, useRef } from 'react';
import type { AnalysisRow } from '../../../shared/contract/analysis.ts';
import { useWidth } from '../../ui/frame/use-width.ts';
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

/** Before it is measured: a chart is as wide as its place, so that its words are as large as everybody's. */
const WIDTH = 400;
/** Of the width goes to the names; a figure takes what it takes. */
const LABEL_SHARE = 0.36;
const LABEL_MOST = 240;
const VALUE = 136;
/** Width of a Chinese character and, about, of a Latin one. */
const CHARACTER = 13;
const LETTER = 7;
const LINE = 34;
const MOST_BARS = 16;

const cut = (text: string, most: number): string => {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
};

/** As much of a label as fits: a Chinese character takes twice the room of a Latin one. */
const fitting = (text: string, room: number): string =>
  cut(text, Math.floor(room / (/\p{Script=Han}/u.test(text) ? CHARACTER : LETTER)));

/**
 * Bars of the period, dark and full, over those of the period before, hatched: told apart by pattern, not by colour alone, and in
 * grey on paper. The table beside it says the same to whoever does not see it.
 */
export function CompositionChart(props: CompositionChartProps) {
  const { rows, labelOf, wordsOf, says, legend, selected, onSelect, onOpen } = props;
  const hatch = useId();
  const chart = useRef<SVGSVGElement>(null);
  const width = useWidth(chart, WIDTH);
  const shown = rows.slice(0, MOST_BARS);
  const largest = Math.max(1, ...shown.flatMap((row) => [row.amount, row.former]));
  const names = Math.min(LABEL_MOST, Math.round(width * LABEL_SHARE));
  const room = Math.max(40, width - names - VALUE);
  const length = (amount: number): number => Math.max(0, (amount / largest) * room);
  const height = shown.length * LINE + 30;
  return (
    <svg ref={chart} className={styles.chart} height={height} role="img" aria-label={says}>
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
            <rect x="0" y={y} width="100%" height={LINE} className={styles.barGround} />
            <text x={names - 8} y={y + 20} className={styles.barLabel}>
              {fitting(labelOf(row), names - 8)}
            </text>
            <rect x={names} y={y + 5} width={length(row.amount)} height="14" className={styles.barNow} />
            <rect
              x={names}
              y={y + 21}
              width={length(row.former)}
              height="7"
              fill={`url(#${hatch})`}
              className={styles.barFormer}
            />
            <text x={names + length(row.amount) + 6} y={y + 17} className={styles.barValue}>
              {wordsOf(row)}
            </text>
          </g>
        );
      })}
      <g transform={`translate(${names} ${shown.length * LINE + 12})`}>
        <rect width="18" height="10" className={styles.barNow} />
        <text x="24" y="9" className={styles.legend}>
          {legend[0]}
        </text>
        <rect x="160" width="18" height="10" fill={`url(#${hatch})`} className={styles.barFormer} />
        <text x="184" y="9" className={styles.legend}>
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
const BAR_WIDTH = 48;

/** Five years as columns. */
export function SeriesChart({ years, values, textOf, says }: SeriesChartProps) {
  const chart = useRef<SVGSVGElement>(null);
  const width = useWidth(chart, WIDTH);
  const largest = Math.max(1, ...values);
  const step = width / Math.max(1, years.length);
  const top = 22;
  const room = SERIES_HEIGHT - top - 22;
  return (
    <svg ref={chart} className={styles.chart} height={SERIES_HEIGHT} role="img" aria-label={says}>
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
      <line x1="0" x2={width} y1={top + room} y2={top + room} className={styles.axis} />
    </svg>
  );
}
