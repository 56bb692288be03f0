import { app, type BrowserWindow, clipboard, dialog, powerMonitor, shell } from 'electron';
import type { ArchiveEvent } from '../../../shared/contract/messages.ts';
import { CopiedText } from '../copied-text.ts';
import type { NativeHost } from '../native-host.ts';

/** What the port needs from the rest of this host; the window exists only after the port. */
export interface ElectronHostParts {
  readonly window: () => BrowserWindow | undefined;
  readonly push: (event: ArchiveEvent) => void;
}

/** The port on Electron. */
export function createElectronHost({ window, push }: ElectronHostParts): NativeHost {
  return {
    kind: 'electron',
    dialogs: true,
    // Linux has no such protection; claiming it would mislead.
    blocksScreenPictures: process.platform !== 'linux',
    pushEvent: push,
    clipboard: new CopiedText(clipboard),
    async chooseFolder(title, startIn) {
      const parent = window();
      const options = {
        title,
        properties: ['openDirectory' as const, 'createDirectory' as const],
        ...(startIn === undefined ? {} : { defaultPath: startIn }),
      };
      const { canceled, filePaths } = await (parent === undefined
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options));
      return canceled ? null : (filePaths[0] ?? null);
    },
    async chooseSavePath(title, suggestedName, startIn) {
      const parent = window();
      const options = { title, defaultPath: startIn === undefined ? suggestedName : `${startIn}/${suggestedName}` };
      const { canceled, filePath } = await (parent === undefined
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(parent, options));
      return canceled || filePath === '' ? null : filePath;
    },
    // A folder only: the system's choice of a program for a written file is never ours to start.
    revealFolder: async (folder) => (await shell.openPath(folder)) === '',
    async setLookupRoom(on) {
      const target = window();
      if (target === undefined) return;
      target.setContentProtection(on);
      // Nothing lies over the room or beside it, on no desktop: no snipping tool, no second window.
      target.setAlwaysOnTop(on, 'screen-saver');
      target.setVisibleOnAllWorkspaces(on);
      target.setKiosk(on);
      if (on) {
        target.webContents.closeDevTools();
        target.webContents.setZoomLevel(0);
        target.focus();
      }
    },
    async toggleFullScreen() {
      const target = window();
      if (target === undefined || target.isKiosk()) return false;
      const on = !target.isFullScreen();
      target.setFullScreen(on);
      return on;
    },
    onSystemLock(listener) {
      powerMonitor.on('lock-screen', () => listener('screen'));
      powerMonitor.on('suspend', () => listener('suspend'));
      if (process.platform === 'darwin') powerMonitor.on('user-did-resign-active', () => listener('screen'));
    },
    comeForward() {
      const target = window();
      if (target === undefined) return;
      if (target.isMinimized()) target.restore();
      target.show();
      target.focus();
    },
    quit: () => app.quit(),
  };
}
