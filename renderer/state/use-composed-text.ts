import { type ChangeEvent, type CompositionEvent, useEffect, useRef, useState } from 'react';

interface ComposedText {
  /** What the field shows, half-composed syllables included. */
  readonly text: string;
  /** What may be acted on: unchanged while an input method composes, and at most once in `pause` milliseconds. */
  readonly settled: string;
  setText(text: string): void;
  /** Spread on the input element. */
  readonly inputProps: {
    readonly value: string;
    onChange(event: ChangeEvent<HTMLInputElement>): void;
    onCompositionStart(): void;
    onCompositionEnd(event: CompositionEvent<HTMLInputElement>): void;
  };
}

/** Milliseconds until a text may be acted on: none for a letter after a pause, so that whoever types letter by letter never waits. */
export const untilSettled = (now: number, settledAt: number, pause: number): number =>
  Math.max(0, settledAt + pause - now);

/** A text field for searching as typed that never searches for half a syllable (feature 155), nor for each letter of a burst. */
export function useComposedText(initial = '', pause = 60): ComposedText {
  const [text, setText] = useState(initial);
  const [composing, setComposing] = useState(false);
  const [settled, setSettled] = useState(initial);
  const settledAt = useRef(Number.NEGATIVE_INFINITY);
  const settle = (next: string): void => {
    settledAt.current = performance.now();
    setSettled(next);
  };
  const change = (next: string, composes: boolean): void => {
    setText(next);
    if (!composes && untilSettled(performance.now(), settledAt.current, pause) === 0) settle(next);
  };
  useEffect(() => {
    if (composing || text === settled) return undefined;
    const timer = setTimeout(
      () => {
        settledAt.current = performance.now();
        setSettled(text);
      },
      untilSettled(performance.now(), settledAt.current, pause),
    );
    return () => clearTimeout(timer);
  }, [text, settled, composing, pause]);
  return {
    text,
    settled,
    setText: (next) => change(next, composing),
    inputProps: {
      value: text,
      onChange: (event) =>
        change(event.currentTarget.value, composing || (event.nativeEvent as InputEvent).isComposing === true),
      onCompositionStart: () => setComposing(true),
      onCompositionEnd: (event) => {
        setComposing(false);
        change(event.currentTarget.value, false);
      },
    },
  };
}
