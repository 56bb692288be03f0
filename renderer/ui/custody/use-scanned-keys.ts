import { type RefObject, useEffect } from 'react';

/**
 * Of a counter: what a scanner or a hand types while no field has the focus (after a press on the rail, or on nothing) goes into the
 * counter's field from its first character on. Keys that a list, a dialog or another field has the focus for stay theirs.
 */
export function useScannedKeys(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const take = (event: KeyboardEvent): void => {
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      if (modified || event.isComposing || !/^[\p{L}\p{N}]$/u.test(event.key)) return;
      const { activeElement } = document;
      const isNowhere =
        activeElement === null || activeElement === document.body || activeElement.closest('nav') !== null;
      if (!isNowhere || document.querySelector('[role=dialog]') !== null) return;
      // The character follows the focus; no shortcut may have it as well.
      event.stopPropagation();
      field.current?.focus();
    };
    window.addEventListener('keydown', take, { capture: true });
    return () => window.removeEventListener('keydown', take, { capture: true });
  }, [field]);
}
