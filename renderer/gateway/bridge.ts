import type { ArchiveBridge } from '../../shared/contract/messages.ts';

declare global {
  interface Window {
    readonly archive: ArchiveBridge;
  }
}

/** The bridge that the host put on the window: the only global it adds (R14). Nothing outside `renderer/gateway` reads it. */
export function bridge(): ArchiveBridge {
  return window.archive;
}
