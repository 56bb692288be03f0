import { BrowserWindow, screen, type WebContents } from 'electron';
import type { HostSettings, HostSettingsFile } from '../host-settings.ts';
import { isOwnPage, WINDOW_ORIGIN } from './window-scheme.ts';

export interface DeskWindowOptions {
  readonly preload: string;
  readonly settings: HostSettingsFile;
  readonly packaged: boolean;
  readonly developmentServer: string | undefined;
}

/** Denies everything by which a page could leave its place (R18); for every web contents that ever exists. */
export function confine(contents: WebContents, developmentServer: string | undefined): void {
  try {
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  } catch {
    // Main gives Chromium a switch of the same meaning; either is enough.
  }
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url, developmentServer)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnPage(event.url, developmentServer)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** The place kept from the last time, as long as a screen still shows it. */
function keptBounds(kept: HostSettings['window']): { x?: number; y?: number; width: number; height: number } {
  if (kept === null) return { width: 1360, height: 860 };
  const { x, y, width, height } = kept;
  if (x === undefined || y === undefined) return { width, height };
  const { workArea } = screen.getDisplayMatching({ x, y, width, height });
  const visible =
    x < workArea.x + workArea.width - 80 && y < workArea.y + workArea.height - 80 && x > workArea.x - width + 80;
  return visible ? { x, y, width, height } : { width, height };
}

/** Opens the one window. It shows itself when it has something to show. */
export function openDeskWindow({ preload, settings, packaged, developmentServer }: DeskWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...keptBounds(settings.current.window),
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Dossier Desk',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools: !packaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds();
    void settings.update({ window: { x, y, width, height } }).catch(() => {});
  });
  const home = developmentServer === undefined ? `${WINDOW_ORIGIN}/` : `${developmentServer}/`;
  const open = (): void => void window.loadURL(home).catch(() => {});
  // about:blank asks nobody before it is shown; the bridge refuses it, and the desk comes back.
  window.webContents.on('did-navigate', (_event, url) => {
    if (!isOwnPage(url, developmentServer)) open();
  });
  open();
  return window;
}
