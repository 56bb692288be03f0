import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { Answer, ArchiveEvent } from '../../shared/contract/messages.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { CallGate } from './call-gate.ts';
import { CHANNELS } from './channels.ts';

/**
 * Between the preload script and the call gate: the only user of `ipcMain` and `webContents.send`.
 * A message counts only when it comes from our window's main frame showing our own page (R16).
 */
export interface IpcBridge {
  push(event: ArchiveEvent): void;
}

export function installIpcBridge(
  window: BrowserWindow,
  isOwnPage: (url: string) => boolean,
  gate: CallGate,
): IpcBridge {
  const contents = window.webContents;

  function isOwnSender(event: IpcMainInvokeEvent): boolean {
    const frame = event.senderFrame;
    return event.sender.id === contents.id && frame !== null && frame === contents.mainFrame && isOwnPage(frame.url);
  }

  function handle(channel: string): void {
    ipcMain.handle(channel, (event, ...messages: unknown[]): Promise<Answer> | Answer => {
      if (!isOwnSender(event)) return { ok: false, error: new AppError('ROLE_REFUSED').toData() };
      // A second argument is an unknown key by another name.
      return gate.receive(channel, messages.length === 1 ? messages[0] : undefined);
    });
  }
  handle(CHANNELS.call);
  handle(CHANNELS.cancel);
  window.once('closed', () => {
    ipcMain.removeHandler(CHANNELS.call);
    ipcMain.removeHandler(CHANNELS.cancel);
  });

  return {
    push(event) {
      if (!window.isDestroyed() && isOwnPage(contents.mainFrame.url)) contents.send(CHANNELS.event, event);
    },
  };
}
