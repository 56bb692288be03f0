/**
 * Every way into the program from a window (R16). The schemas of the two inward channels are in
 * `call-gate.ts`; nothing else is registered, so nothing else is answered. Without imports: the
 * sandboxed preload script bundles this file.
 */
export const CHANNELS = {
  call: 'archive:call',
  cancel: 'archive:cancel',
  /** Outward only. */
  event: 'archive:event',
} as const;
