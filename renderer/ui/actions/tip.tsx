import { useEffect, useState } from 'react';
import { KeyHint } from '../text/key-hint.tsx';
import styles from './tip.module.css';

const DELAY_MS = 400;
const GAP = 6;
/** Room that a tip needs below before it stands above. */
const ROOM = 40;

interface Tip {
  readonly words: string;
  readonly keys: string | undefined;
  readonly x: number;
  readonly top: number | undefined;
  readonly bottom: number | undefined;
  /** Near an edge of the window it grows away from it. */
  readonly towards: 'start' | 'middle' | 'end';
}

/**
 * What an element shows while it is pointed at: `<button {...tip('關閉', 'escape')}>`. For the eye alone; screen readers have the
 * element's own label. A mark in the page costs nothing: the desk has one place that shows them all (`TipHost`).
 */
export function tip(words: string, keys?: string): { readonly 'data-tip': string; readonly 'data-tip-keys'?: string } {
  return keys === undefined ? { 'data-tip': words } : { 'data-tip': words, 'data-tip-keys': keys };
}

function tipOf(target: HTMLElement): Tip {
  const { left, right, top, bottom } = target.getBoundingClientRect();
  const below = bottom + ROOM < window.innerHeight;
  const middle = (left + right) / 2;
  const towards = middle < window.innerWidth / 6 ? 'start' : middle > (window.innerWidth * 5) / 6 ? 'end' : 'middle';
  return {
    words: target.dataset['tip'] ?? '',
    keys: target.dataset['tipKeys'],
    x: towards === 'start' ? left : towards === 'end' ? window.innerWidth - right : middle,
    top: below ? bottom + GAP : undefined,
    bottom: below ? undefined : window.innerHeight - top + GAP,
    towards,
  };
}

/** Shows the tip of what the pointer rests on. Once, in the window. */
export function TipHost() {
  const [shown, setShown] = useState<Tip | null>(null);
  useEffect(() => {
    let target: HTMLElement | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = (): void => {
      clearTimeout(timer);
      setShown(null);
    };
    const over = (event: PointerEvent): void => {
      const next =
        event.pointerType === 'touch' || !(event.target instanceof Element)
          ? null
          : event.target.closest<HTMLElement>('[data-tip]');
      if (next === target) return;
      target = next;
      hide();
      if (next !== null) timer = setTimeout(() => next.isConnected && setShown(tipOf(next)), DELAY_MS);
    };
    const away = (event: Event): void => {
      // Scrolling of something else leaves it where it is.
      if (event.type === 'scroll' && event.target instanceof Element && !event.target.contains(target)) return;
      hide();
    };
    const leave = (): void => {
      target = null;
      hide();
    };
    const passive = { capture: true, passive: true };
    const ways = ['pointerdown', 'keydown', 'scroll', 'blur'] as const;
    document.addEventListener('pointerover', over, passive);
    document.documentElement.addEventListener('pointerleave', leave);
    for (const way of ways) window.addEventListener(way, away, passive);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerover', over, passive);
      document.documentElement.removeEventListener('pointerleave', leave);
      for (const way of ways) window.removeEventListener(way, away, passive);
    };
  }, []);
  if (shown === null) return null;
  const { words, keys, x, top, bottom, towards } = shown;
  return (
    <div
      className={styles.tip}
      data-towards={towards}
      style={{ top, bottom, [towards === 'end' ? 'right' : 'left']: x }}
      aria-hidden
    >
      {words} {keys !== undefined && <KeyHint keys={keys} />}
    </div>
  );
}
