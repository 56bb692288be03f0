import { IconSignature } from '@tabler/icons-react';
import { type PointerEvent, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import styles from './loans.module.css';

export type SignatureLines = [number, number][][];

const WIDTH = 600;
const HEIGHT = 200;
const MOST_LINES = 60;
const MOST_POINTS = 2_000;

/** The borrower signs at the counter, with pen, finger or mouse; without it the printed form is signed. */
export function SignaturePad({
  lines,
  onLines,
}: {
  readonly lines: SignatureLines;
  readonly onLines: (lines: SignatureLines) => void;
}) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const [drawing, setDrawing] = useState(false);
  if (!open)
    return (
      <div>
        <Button size="small" kind="quiet" icon={IconSignature} onClick={() => setOpen(true)}>
          {t('loans.signHere')}
        </Button>
      </div>
    );
  const pointOf = (event: PointerEvent<SVGSVGElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    const within = (value: number, most: number) => Math.round(Math.min(most, Math.max(0, value)) * 10) / 10;
    return [
      within(((event.clientX - box.left) / box.width) * WIDTH, WIDTH),
      within(((event.clientY - box.top) / box.height) * HEIGHT, HEIGHT),
    ];
  };
  const begin = (event: PointerEvent<SVGSVGElement>): void => {
    if (lines.length >= MOST_LINES) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrawing(true);
    onLines([...lines, [pointOf(event)]]);
  };
  const draw = (event: PointerEvent<SVGSVGElement>): void => {
    const last = lines.at(-1);
    if (!drawing || last === undefined || last.length >= MOST_POINTS) return;
    onLines([...lines.slice(0, -1), [...last, pointOf(event)]]);
  };
  return (
    <div className={styles.sign}>
      <p className={styles.soft}>{t('loans.signHelp')}</p>
      <svg
        className={styles.pad}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('loans.signHere')}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={() => setDrawing(false)}
        onPointerCancel={() => setDrawing(false)}
      >
        <path d={lines.map((line) => `M${line.map((point) => point.join(' ')).join('L')}`).join('')} />
      </svg>
      <div className={styles.signActions}>
        <Button size="small" kind="quiet" disabled={lines.length === 0} onClick={() => onLines([])}>
          {t('loans.signAgain')}
        </Button>
        <Button
          size="small"
          kind="quiet"
          onClick={() => {
            onLines([]);
            setOpen(false);
          }}
        >
          {t('loans.signOnPaper')}
        </Button>
      </div>
    </div>
  );
}
