import type { Frame, Page } from 'playwright-core';
import type { Answer, ArchiveEvent } from '../../shared/contract/messages.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { CallGate } from './call-gate.ts';
import { CHANNELS } from './channels.ts';
import { MESSAGE_LIMITS } from './plain-value.ts';

/**
 * The chromium host's counterpart of preload script and `ipc-bridge.ts`: a binding exposed by
 * playwright-core, and a script that makes the same frozen `window.archive` from it before any
 * script of the page runs. Messages are JSON text. Events are fetched by the page in one long
 * request after another, so that the page needs no function that the host could call by name.
 */
export interface BindingBridge {
  push(event: ArchiveEvent): void;
}

const BINDING = '__dossierDesk';
/** Events kept while no page listens (start, reload); older ones are dropped. */
const MAX_WAITING_EVENTS = 200;

/** Runs in the page: plain JavaScript text, as it is not part of any bundle. */
function pageScript(origin: string): string {
  return `(() => {
  const binding = window.${BINDING};
  delete window.${BINDING};
  for (const name of Object.getOwnPropertyNames(window)) {
    if (!name.startsWith('__playwright') && !name.startsWith('__pw')) continue;
    const found = Object.getOwnPropertyDescriptor(window, name);
    if (found.configurable && found.enumerable) Object.defineProperty(window, name, { ...found, enumerable: false });
  }
  // The desk has no second window; Chromium would open one and this host close it again.
  window.open = () => null;
  if (window.top !== window || location.origin !== ${JSON.stringify(origin)}) return;
  // As under Electron: no developer tools, page source or browser menu over the desk.
  const closed = (event) => event.key === 'F12' || (event.ctrlKey && (event.key.toLowerCase() === 'u' || (event.shiftKey && 'ijc'.includes(event.key.toLowerCase()))));
  window.addEventListener('keydown', (event) => { if (closed(event)) event.preventDefault(); }, true);
  window.addEventListener('contextmenu', (event) => event.preventDefault(), true);
  const { parse, stringify } = JSON;
  const send = async (channel, message) => parse(await binding(stringify({ channel, message })));
  const listeners = new Set();
  const pump = async () => {
    for (;;) {
      for (const event of await send(${JSON.stringify(CHANNELS.event)}, null))
        for (const listener of [...listeners]) listener(event);
    }
  };
  pump().catch(() => {});
  const bridge = {
    call: (name, input, callId) => send(${JSON.stringify(CHANNELS.call)}, { name, input, callId }),
    cancel: async (callId) => { await send(${JSON.stringify(CHANNELS.cancel)}, { callId }); },
    onEvent: (listener) => { listeners.add(listener); return () => { listeners.delete(listener); }; },
  };
  Object.defineProperty(window, 'archive', { value: Object.freeze(bridge), enumerable: true });
})();`;
}

const REFUSED: Answer = { ok: false, error: new AppError('ROLE_REFUSED').toData() };
const INVALID: Answer = { ok: false, error: new AppError('INPUT_INVALID').toData() };

function readEnvelope(text: unknown): { channel: string; message: unknown } | undefined {
  if (typeof text !== 'string' || text.length > MESSAGE_LIMITS.totalLength) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('channel' in value) || !('message' in value)) return undefined;
    if (Object.keys(value).length !== 2 || typeof value.channel !== 'string') return undefined;
    return { channel: value.channel, message: value.message };
  } catch {
    return undefined;
  }
}

/** Installs the bridge on `page` before it loads anything of `origin`. */
export async function installBindingBridge(page: Page, origin: string, gate: CallGate): Promise<BindingBridge> {
  let waiting: ArchiveEvent[] = [];
  let fetcher: ((events: readonly ArchiveEvent[]) => void) | undefined;

  function nextEvents(): Promise<readonly ArchiveEvent[]> {
    // The request of a page that has been left: its answer goes nowhere.
    fetcher?.([]);
    fetcher = undefined;
    if (waiting.length > 0) {
      const events = waiting;
      waiting = [];
      return Promise.resolve(events);
    }
    return new Promise((resolve) => {
      fetcher = resolve;
    });
  }

  const isOwnSender = (source: { page: Page; frame: Frame }): boolean =>
    source.page === page && source.frame === page.mainFrame() && source.frame.url().startsWith(`${origin}/`);

  await page.exposeBinding(BINDING, async (source, text: unknown) => {
    if (!isOwnSender(source)) return JSON.stringify(REFUSED);
    const envelope = readEnvelope(text);
    if (envelope === undefined) return JSON.stringify(INVALID);
    if (envelope.channel === CHANNELS.event) return JSON.stringify(await nextEvents());
    return JSON.stringify(await gate.receive(envelope.channel, envelope.message));
  });
  await page.addInitScript(pageScript(origin));

  return {
    push(event) {
      if (fetcher !== undefined) {
        const deliver = fetcher;
        fetcher = undefined;
        deliver([event]);
        return;
      }
      waiting.push(event);
      if (waiting.length > MAX_WAITING_EVENTS) waiting.shift();
    },
  };
}
