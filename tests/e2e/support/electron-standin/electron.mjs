// As much of Electron as the program uses. The window is a page that the test opens; it asks over the process's channel.
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';

const nothing = () => {};
const tell = (message) => process.send?.(message, nothing);
const preloadPort = new URL('./utility.mjs', import.meta.url).href;

class App extends EventEmitter {
  isPackaged = true;
  commandLine = { appendSwitch: nothing };
  setPath() {}
  getLocale = () => 'zh-TW';
  requestSingleInstanceLock = () => true;
  enableSandbox() {}
  disableHardwareAcceleration() {}
  whenReady = () => Promise.resolve();
  exit = (code = 0) => process.exit(code);
  quit() {
    let held = false;
    this.emit('will-quit', { preventDefault: () => (held = true) });
    if (!held) process.exit(0);
  }
}
export const app = new App();

const schemes = new Map();
export const protocol = { registerSchemesAsPrivileged: nothing };
export const session = {
  defaultSession: {
    protocol: { handle: (scheme, handler) => schemes.set(scheme, handler) },
    webRequest: { onBeforeRequest: nothing },
    setPermissionRequestHandler: nothing,
    setPermissionCheckHandler: nothing,
    setDevicePermissionHandler: nothing,
    setSpellCheckerEnabled: nothing,
    on: nothing,
  },
};

const channels = new Map();
export const ipcMain = {
  handle: (channel, handler) => channels.set(channel, handler),
  removeHandler: (channel) => channels.delete(channel),
};

class Contents extends EventEmitter {
  id = 1;
  mainFrame = { url: 'about:blank' };
  setWebRTCIPHandlingPolicy() {}
  setWindowOpenHandler() {}
  closeDevTools() {}
  setZoomLevel() {}
  send = (channel, value) => tell({ kind: 'push', channel, value });
}

let shown;
export class BrowserWindow extends EventEmitter {
  webContents = new Contents();
  constructor(options) {
    super();
    shown = this;
    this.preload = options.webPreferences.preload;
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url) {
    this.webContents.mainFrame.url = url;
    // Read as the archive has it: the test runs it in the page.
    tell({ kind: 'opened', preload: readFileSync(this.preload, 'utf8') });
  }
  show() {}
  focus() {}
  restore() {}
  isMinimized = () => false;
  isDestroyed = () => false;
  getNormalBounds = () => ({ x: 0, y: 0, width: 1280, height: 800 });
  setContentProtection() {}
  setAlwaysOnTop() {}
  setVisibleOnAllWorkspaces() {}
  setKiosk() {}
  isKiosk = () => false;
}

process.on('message', async ({ kind, id, url, channel, value }) => {
  if (kind === 'serve') {
    const response = await schemes.get(new URL(url).protocol.slice(0, -1))?.(new Request(url));
    const body = Buffer.from((await response?.arrayBuffer()) ?? []).toString('base64');
    tell({
      kind: 'answer',
      id,
      value: { status: response?.status ?? 404, headers: Object.fromEntries(response?.headers ?? []), body },
    });
  } else if (kind === 'invoke') {
    const { webContents } = shown;
    const answer = await channels.get(channel)?.({ sender: webContents, senderFrame: webContents.mainFrame }, value);
    tell({ kind: 'answer', id, value: answer });
  }
});
process.on('disconnect', () => app.quit());

export const utilityProcess = {
  fork(entry, args, { env = process.env, execArgv = [], stdio }) {
    const child = fork(entry, args, {
      env,
      execArgv: [...execArgv, '--disable-warning=ExperimentalWarning', '--import', preloadPort],
      serialization: 'advanced',
      stdio: ['ignore', stdio === 'ignore' ? 'ignore' : 'inherit', 'inherit', 'ipc'],
    });
    child.postMessage = (message) => void (child.connected && child.send(message, nothing));
    return child;
  },
};

let copied = '';
export const clipboard = {
  writeText(text) {
    copied = text;
  },
  readText: () => copied,
  clear() {
    copied = '';
  },
};

export const Menu = { setApplicationMenu: nothing, buildFromTemplate: nothing };
export const dialog = { showErrorBox: nothing };
export const powerMonitor = new EventEmitter();
export const screen = { getDisplayMatching: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }) };
export const shell = { openPath: async () => '' };
