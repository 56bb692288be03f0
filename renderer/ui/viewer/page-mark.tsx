import { useId } from 'react';
import styles from './viewer.module.css';

/** Words drawn into a page itself: whoever reads, and when (L2). Faint, over all of it, and part of its picture. */
export function drawMark(canvas: HTMLCanvasElement, words: string): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const size = Math.max(11, Math.round(canvas.width / 46));
  context.save();
  context.font = `${size}px ${getComputedStyle(document.documentElement).getPropertyValue('--font-ui') || 'sans-serif'}`;
  context.fillStyle = 'rgb(31 29 26 / 11%)';
  context.translate(0, canvas.height / 4);
  context.rotate((-24 * Math.PI) / 180);
  const stepX = context.measureText(words).width + size * 4;
  const reach = canvas.width + canvas.height;
  for (let row = 0, y = -reach / 2; y < reach * 1.2; row += 1, y += size * 7)
    for (let x = row % 2 === 0 ? -reach / 2 : -reach / 2 + stepX / 2; x < reach; x += stepX)
      context.fillText(words, x, y);
  context.restore();
  canvas.dataset.mark = words;
}

const EM = 15;

/** Width of a line in the mark's type: full-width characters fill an em, others at most three fifths of it. */
function lineWidth(words: string): number {
  return [...words].reduce((width, one) => width + ((one.codePointAt(0) ?? 0) >= 0x2e80 ? 1 : 0.6), 0) * EM;
}

/** The same words over a picture, or over all that is shown: every line of them whole, with the time at its end. */
export function PageMark({
  words,
  className = styles.mark,
}: {
  readonly words: string;
  readonly className?: string | undefined;
}) {
  const pattern = useId();
  const width = Math.ceil(lineWidth(words)) + 4 * EM;
  return (
    <svg className={className} data-mark={words} aria-hidden focusable="false">
      <defs>
        <pattern id={pattern} width={width} height="170" patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">
          <text x="0" y="40">
            {words}
          </text>
          {/* Half a step to the side: a line that leaves the tile on the right comes in again on the left. */}
          <text x={width / 2} y="125">
            {words}
          </text>
          <text x={-width / 2} y="125">
            {words}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${pattern})`} />
    </svg>
  );
}
