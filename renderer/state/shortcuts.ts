import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { isComposing } from './ime.ts';

/** A shortcut as the keyboard map shows it. */
export interface Shortcut {
  readonly id: number;
  /** `mod+k`, `shift+?`, `alt+arrowleft`, `j`; `mod` is Ctrl, on a Mac Command. */
  readonly keys: string;
  /** Message key of what it does. */
  readonly labelKey: string;
  /** Message key of the group in the map. */
  readonly groupKey: string;
  readonly inInputs: boolean;
  readonly handler: (event: KeyboardEvent) => void;
}

interface Shortcuts {
  readonly shortcuts: readonly Shortcut[];
  add(shortcut: Shortcut): void;
  remove(id: number): void;
}

/** The shortcuts in force now: those of the mounted screens. */
export const useShortcuts = create<Shortcuts>()((set) => ({
  shortcuts: [],
  add: (shortcut) => set(({ shortcuts }) => ({ shortcuts: [...shortcuts, shortcut] })),
  remove: (id) => set(({ shortcuts }) => ({ shortcuts: shortcuts.filter((one) => one.id !== id) })),
}));

const isMac = /Mac/.test(navigator.userAgent);

/** The spelling of an event that `keys` is compared with. Shift is named only for keys that it does not change. */
export function spellingOf(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const parts: string[] = [];
  if (isMac ? event.metaKey : event.ctrlKey) parts.push('mod');
  if (event.altKey) parts.push('alt');
  if (event.shiftKey && (key.length > 1 || /[a-z]/.test(key))) parts.push('shift');
  return [...parts, key].join('+');
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
}

/** Controls that use these keys themselves. */
function ownsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    (key === 'enter' || key === 'space') &&
    target.closest('button, a, summary, [role=option], [role=menuitem]') !== null
  );
}

/** Selects an open dialog. */
export const DIALOG = '[role=dialog]';

/** Gives a pressed key to the newest shortcut that wants it; nothing while an input method composes or another handler took it. */
export function dispatchShortcut(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event)) return;
  const spelling = spellingOf(event);
  // What had the focus may have gone with what this key brought in sight.
  const gone = (event.target as Node | null)?.isConnected === false;
  const target = gone ? document.activeElement : event.target;
  const typing = isTyping(target);
  const inDialog = target instanceof HTMLElement && target.closest(DIALOG) !== null;
  const { shortcuts } = useShortcuts.getState();
  for (let index = shortcuts.length - 1; index >= 0; index -= 1) {
    const shortcut = shortcuts[index];
    if (shortcut === undefined || shortcut.keys !== spelling) continue;
    if ((typing || inDialog) && !shortcut.inInputs) continue;
    if (ownsKey(target, spelling)) continue;
    event.preventDefault();
    shortcut.handler(event);
    return;
  }
}

/** Starts listening; once, by the application. Returns the function that ends it. */
export function listenForShortcuts(): () => void {
  window.addEventListener('keydown', dispatchShortcut);
  return () => window.removeEventListener('keydown', dispatchShortcut);
}

let lastId = 0;

export interface ShortcutOptions {
  readonly labelKey: string;
  readonly groupKey?: string;
  /** Acts in text fields and dialogs too: for keys with Ctrl and function keys. */
  readonly inInputs?: boolean;
  readonly enabled?: boolean;
}

/** A key of the mounted screen; it appears in the keyboard map (`?`). The last mounted wins where two want the same key. */
export function useShortcut(keys: string, handler: (event: KeyboardEvent) => void, options: ShortcutOptions): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const { labelKey, groupKey = 'keys.group.screen', inInputs = false, enabled = true } = options;
  useEffect(() => {
    if (!enabled) return undefined;
    lastId += 1;
    const id = lastId;
    const shortcut: Shortcut = { id, keys, labelKey, groupKey, inInputs, handler: (event) => latest.current(event) };
    useShortcuts.getState().add(shortcut);
    return () => useShortcuts.getState().remove(id);
  }, [keys, labelKey, groupKey, inInputs, enabled]);
}
