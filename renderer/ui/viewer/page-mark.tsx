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

/** The same over a picture. */
export function PageMark({ words }: { readonly words: string }) {
  const pattern = useId();
  return (
    <svg className={styles.mark} data-mark={words} aria-hidden focusable="false">
      <defs>
        <pattern id={pattern} width="320" height="150" patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">
          <text x="0" y="40">
            {words}
          </text>
          <text x="110" y="112">
            {words}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${pattern})`} />
    </svg>
  );
}
