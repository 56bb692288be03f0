import type { KeyboardEvent } from 'react';
import { isComposing } from '../../state/ime.ts';

/** Enter in a list that is searched by typing takes the first that fits, as nothing has been marked with the arrows yet. */
export function takeFirst(event: KeyboardEvent<HTMLElement>): void {
  const field = event.target;
  if (event.key !== 'Enter' || isComposing(event) || !(field instanceof HTMLInputElement) || field.readOnly) return;
  if (field.getAttribute('aria-expanded') !== 'true') return;
  const list = document.getElementById(field.getAttribute('aria-controls') ?? '');
  if (list === null || list.querySelector('[data-combobox-selected]') !== null) return;
  const first = list.querySelector<HTMLElement>('[data-combobox-option]:not([data-combobox-disabled])');
  if (first === null) return;
  event.preventDefault();
  event.stopPropagation();
  first.click();
}
