import { archive } from './archive.ts';
import { onArchiveEvent } from './events.ts';

/** What is copied stays on the clipboard for ten seconds, or until the desk is locked (R27). */
const STAYS_MS = 10_000;

let timer: ReturnType<typeof setTimeout> | undefined;
/** Copied here, where the host has no clipboard of its own, and the window has kept the focus since: nothing else can have been copied. */
let standsAlone = false;

function forget(): void {
  clearTimeout(timer);
  if (!standsAlone) return;
  standsAlone = false;
  navigator.clipboard.writeText('').catch(() => undefined);
}

/** Puts text on the clipboard; the host takes it away again, or this window where the host cannot. */
export async function copyText(text: string): Promise<void> {
  const { kept } = await archive.call('host.copyText', { text });
  if (kept) return;
  await navigator.clipboard.writeText(text);
  standsAlone = true;
  clearTimeout(timer);
  timer = setTimeout(forget, STAYS_MS);
}

function markedText(target: EventTarget | null): string {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    if (target.type === 'password') return '';
    return target.value.slice(target.selectionStart ?? 0, target.selectionEnd ?? 0);
  }
  return document.getSelection()?.toString() ?? '';
}

/** Whatever is copied or cut in the window goes this one way; nothing is dragged out of it but what the window itself lets be dragged. */
export function watchCopying(): void {
  document.addEventListener('copy', (event) => {
    const text = markedText(event.target);
    if (event.defaultPrevented || text === '') return;
    event.preventDefault();
    copyText(text).catch(() => undefined);
  });
  document.addEventListener('cut', (event) => {
    const text = markedText(event.target);
    // The field cuts by itself; only how long it stays is looked after.
    if (!event.defaultPrevented && text !== '') setTimeout(() => copyText(text).catch(() => undefined));
  });
  document.addEventListener('dragstart', (event) => {
    const from = event.target instanceof Element ? event.target : (event.target as Node | null)?.parentElement;
    if (from?.closest('[draggable="true"]') == null) event.preventDefault();
  });
  window.addEventListener('blur', () => {
    standsAlone = false;
  });
  onArchiveEvent((event) => {
    if (event.type === 'locked') forget();
  });
}
