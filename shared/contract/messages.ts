import type { ErrorData } from '../errors/app-error.ts';

/**
 * What travels between a caller (window, command line, test), its host and the archive process.
 * Plain JSON: bytes cross as base64 strings. The chain is: renderer/gateway → preload or exposed
 * binding → electron/bridge → electron/process → electron/dispatch.
 */

export type Answer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly error: ErrorData };

/** Host → archive process. `callId` is chosen by the caller and unique while the call runs. */
export type ToArchive =
  | {
      readonly kind: 'call';
      readonly callId: string;
      readonly name: string;
      readonly input: unknown;
      readonly caller: Caller;
    }
  | { readonly kind: 'cancel'; readonly callId: string }
  /** Screen locked, suspend, user switch, window closed: end the session and the process. */
  | { readonly kind: 'lock'; readonly reason: LockReason }
  /** Somebody started the program again beside this one (R38, R47); `vault` is what was opened last, if anything was. */
  | { readonly kind: 'secondStart'; readonly vault: string | null };

/** Archive process → host. */
export type FromArchive =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly callId: string; readonly answer: Answer }
  | { readonly kind: 'event'; readonly event: ArchiveEvent };

export type Caller = 'window' | 'cli';
export type LockReason =
  | 'asked'
  | 'idle'
  | 'screen'
  | 'suspend'
  | 'expired'
  | 'quit'
  | 'crash'
  | 'restored'
  | 'handedOver'
  | 'rekeyed';

/** Progress of long work: `total` 0 means unknown. `phase` is a key `phase.<name>` of the message catalogues. */
export interface Progress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
}

/** What the archive process (or the host) tells the window on its own. */
export type ArchiveEvent =
  | { readonly type: 'progress'; readonly callId: string; readonly progress: Progress }
  /** Data changed: queries of these areas are stale. */
  | { readonly type: 'changed'; readonly areas: readonly Area[] }
  /** The archive process has ended: nothing of the archive may stay on the screen. */
  | { readonly type: 'locked'; readonly reason: LockReason }
  /** The session is about to end: seconds left. */
  | { readonly type: 'sessionEnding'; readonly secondsLeft: number };

export const AREAS = [
  'customers',
  'visits',
  'dossiers',
  'scans',
  'loans',
  'breaches',
  'lookup',
  'volumes',
  'audit',
  'users',
  'staff',
  'settings',
  'imports',
  'agreements',
  'duties',
  'revision',
  'copies',
  'dealings',
  'credit',
  'classification',
  'disposals',
  'session',
] as const;
export type Area = (typeof AREAS)[number];

/** The only thing added to the window's global object: `window.archive`, frozen. */
export interface ArchiveBridge {
  call(name: string, input: unknown, callId: string): Promise<Answer>;
  cancel(callId: string): Promise<void>;
  /** Returns the function that ends the subscription. */
  onEvent(listener: (event: ArchiveEvent) => void): () => void;
}
