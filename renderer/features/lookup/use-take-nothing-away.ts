import { useEffect, useState } from 'react';

const TAKING = ['copy', 'cut', 'contextmenu', 'dragstart', 'drop'] as const;
/** With Ctrl or Command: select all, copy, print, save, cut, page source, zoom of the window. */
const TAKING_KEYS = new Set(['a', 'c', 'p', 's', 'x', 'u', '+', '=', '-', '0']);
/** With Shift besides: developer tools, screen pictures of the browser. */
const TOOL_KEYS = new Set(['i', 'j', 'c', 's', 'k', 'm']);
const FUNCTION_KEYS = new Set(['F11', 'F12', 'PrintScreen']);

function isTaking(event: KeyboardEvent): boolean {
  if (FUNCTION_KEYS.has(event.key)) return true;
  if (!event.ctrlKey && !event.metaKey) return false;
  const key = event.key.toLowerCase();
  return event.shiftKey ? TOOL_KEYS.has(key) || TAKING_KEYS.has(key) : TAKING_KEYS.has(key);
}

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea') !== null;

/** While it is mounted nothing can be marked, copied, dragged, saved, printed or zoomed out of the window (L2). Typing in fields stays free. */
export function useTakeNothingAway(): void {
  useEffect(() => {
    const refuse = (event: Event) => event.preventDefault();
    const refuseKey = (event: KeyboardEvent) => {
      if (isTaking(event) && !(isField(event.target) && event.key.toLowerCase() === 'a')) event.preventDefault();
    };
    const refuseMarking = (event: Event) => {
      const node = event.target instanceof Element ? event.target : (event.target as Node | null)?.parentElement;
      if (!isField(node ?? null)) event.preventDefault();
    };
    const refuseZoom = (event: WheelEvent) => {
      if (event.ctrlKey) event.preventDefault();
    };
    for (const type of TAKING) document.addEventListener(type, refuse, { capture: true });
    document.addEventListener('selectstart', refuseMarking, { capture: true });
    document.addEventListener('keydown', refuseKey, { capture: true });
    document.addEventListener('wheel', refuseZoom, { capture: true, passive: false });
    document.documentElement.dataset.room = 'lookup';
    return () => {
      for (const type of TAKING) document.removeEventListener(type, refuse, { capture: true });
      document.removeEventListener('selectstart', refuseMarking, { capture: true });
      document.removeEventListener('keydown', refuseKey, { capture: true });
      document.removeEventListener('wheel', refuseZoom, { capture: true });
      delete document.documentElement.dataset.room;
    };
  }, []);
}

/** Keys that begin a picture of the screen: Windows or Command with Shift, and the key of its own. */
const PICTURE_KEYS = new Set(['Meta', 'OS', 'PrintScreen']);

/**
 * True while the room must not be seen: its window is behind another (a snipping tool, a second program), or a key that begins a
 * picture of the screen is down. A click or another key uncovers it.
 */
export function useCovered(): boolean {
  const [covered, setCovered] = useState(false);
  useEffect(() => {
    const cover = () => setCovered(true);
    const uncover = () => setCovered(false);
    const onVisibility = () => document.visibilityState === 'hidden' && cover();
    const onKey = (event: KeyboardEvent) => (PICTURE_KEYS.has(event.key) ? cover() : !event.metaKey && uncover());
    const onKeyUp = (event: KeyboardEvent) => event.key === 'PrintScreen' && cover();
    window.addEventListener('blur', cover);
    window.addEventListener('focus', uncover);
    window.addEventListener('pointerdown', uncover);
    window.addEventListener('keydown', onKey, { capture: true });
    window.addEventListener('keyup', onKeyUp, { capture: true });
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      window.removeEventListener('blur', cover);
      window.removeEventListener('focus', uncover);
      window.removeEventListener('pointerdown', uncover);
      window.removeEventListener('keydown', onKey, { capture: true });
      window.removeEventListener('keyup', onKeyUp, { capture: true });
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, []);
  return covered;
}
