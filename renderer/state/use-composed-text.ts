import { type ChangeEvent, type CompositionEvent, useEffect, useState } from 'react';

interface ComposedText {
  /** What the field shows, half-composed syllables included. */
  readonly text: string;
  /** What may be acted on: unchanged while an input method composes, and `delay` milliseconds after the last change. */
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

/** A text field for searching as typed that never searches for half a syllable (feature 155). */
export function useComposedText(initial = '', delay = 60): ComposedText {
  const [text, setText] = useState(initial);
  const [composing, setComposing] = useState(false);
  const [settled, setSettled] = useState(initial);
  useEffect(() => {
    if (composing) return undefined;
    const timer = setTimeout(() => setSettled(text), delay);
    return () => clearTimeout(timer);
  }, [text, composing, delay]);
  return {
    text,
    settled,
    setText,
    inputProps: {
      value: text,
      onChange: (event) => setText(event.currentTarget.value),
      onCompositionStart: () => setComposing(true),
      onCompositionEnd: (event) => {
        setComposing(false);
        setText(event.currentTarget.value);
      },
    },
  };
}
