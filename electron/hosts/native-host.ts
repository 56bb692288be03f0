import type { ArchiveEvent, LockReason } from '../../shared/contract/messages.ts';
import type { CopiedText } from './copied-text.ts';

/**
 * The port to the system that a window lives in. Adapters: hosts/electron, hosts/chromium. What
 * stands above it (host-operations.ts, host-core.ts) is the same for both.
 */
export interface NativeHost {
  readonly kind: 'electron' | 'chromium';
  /** False: `chooseFolder` and `chooseSavePath` answer null at once, the window asks for the path itself. */
  readonly dialogs: boolean;
  pushEvent(event: ArchiveEvent): void;
  /** Absolute path, or null when the person chose none. */
  chooseFolder(title: string, startIn: string | undefined): Promise<string | null>;
  chooseSavePath(title: string, suggestedName: string, startIn: string | undefined): Promise<string | null>;
  /** Shows an existing folder in the system's file manager; opens no file. Answers false where there is none. */
  revealFolder(folder: string): Promise<boolean>;
  /** True where the system keeps a window out of screen pictures. */
  readonly blocksScreenPictures: boolean;
  /** The whole screen and nothing beside it, out of screen pictures where the system can (L2); and back. */
  setLookupRoom(on: boolean): Promise<void>;
  toggleFullScreen(): Promise<boolean>;
  /** Where the host can: it takes away again what it copied (R27). */
  readonly clipboard?: CopiedText;
  /** Screen lock, suspend, change of user (R23). */
  onSystemLock(listener: (reason: LockReason) => void): void;
  /** Brings the window forward: somebody started the program a second time (R47). */
  comeForward(): void;
  quit(): void;
}
