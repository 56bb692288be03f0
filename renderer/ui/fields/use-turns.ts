import { type RefObject, startTransition, useEffect, useState } from 'react';

/** How far a part is from what is in sight, in pixels; 0 when some of it is. */
function distance(part: Element): number {
  const { top, bottom } = part.getBoundingClientRect();
  return Math.max(0, -bottom, top - window.innerHeight);
}

/**
 * The parts of a long form take a new state one after the other: those in sight at once, the others behind them, a frame for each, so
 * that eighty fields never hold the window up. `parts` are the keys of the form's `[data-part]`; those in `first` begin with the state.
 * Answers the state of each; what has not had its turn at all yet is missing.
 */
export function useTurns<State extends string>(
  form: RefObject<HTMLElement | null>,
  wanted: State,
  parts: readonly string[],
  first: readonly string[],
): Readonly<Record<string, State>> {
  const [taken, setTaken] = useState<Readonly<Record<string, State>>>(() =>
    Object.fromEntries(first.map((key) => [key, wanted])),
  );
  useEffect(() => {
    const behind = parts.filter((key) => taken[key] !== wanted);
    if (behind.length === 0 || form.current === null) return undefined;
    const elements = [...form.current.querySelectorAll<HTMLElement>(':scope > [data-part]')];
    const far = new Map(elements.map((element) => [element.dataset['part'] ?? '', distance(element)]));
    const inOrder = behind.toSorted((a, b) => (far.get(a) ?? Infinity) - (far.get(b) ?? Infinity));
    const inSight = inOrder.filter((key) => far.get(key) === 0);
    const take = (keys: readonly string[]): void =>
      startTransition(() => setTaken((now) => ({ ...now, ...Object.fromEntries(keys.map((key) => [key, wanted])) })));
    if (inSight.length > 0) {
      take(inSight);
      return undefined;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => take(inOrder.slice(0, 1)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [form, wanted, parts, taken]);
  return taken;
}
