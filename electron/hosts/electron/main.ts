import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { app, type BrowserWindow, dialog, session } from 'electron';
import { type IpcBridge, installIpcBridge } from '../../bridge/ipc-bridge.ts';
import { WINDOW_SCRIPT_OPTIONS } from '../../platform/memory.ts';
import { entryPoint } from '../../process/entry-points.ts';
import { hostFolders } from '../data-folder.ts';
import { createHostCore } from '../host-core.ts';
import { openHostSettings } from '../host-settings.ts';
import { loadTexts } from '../message-texts.ts';
import { rendererFiles } from '../renderer-files.ts';
import { rendererFolder } from '../renderer-folder.ts';
import { systemLocale } from '../system-locale.ts';
import { commandLineOf, runPackagedCommandLine } from './command-line.ts';
import { confine, openDeskWindow } from './desk-window.ts';
import { createElectronHost } from './electron-host.ts';
import { installMenu } from './menu.ts';
import { checkOwnFiles } from './own-files.ts';
import { refusedSwitch } from './refused-switches.ts';
import { utilitySpawner } from './utility-spawner.ts';
import { closeSession, isOwnPage, registerWindowScheme, serveWindowScheme } from './window-scheme.ts';

/** Composition root of the product: Electron's main process. It holds no record and no key. */

const CLOSED_SERVICES = [
  'disable-background-networking',
  'disable-component-update',
  'disable-quic',
  'disable-domain-reliability',
];

function ownArguments(): { dataFolder: string | undefined } {
  // The package's own arguments begin one earlier than those of `electron FOLDER`.
  const args = process.argv.slice(app.isPackaged ? 1 : 2);
  const { values } = parseArgs({ args, options: { 'data-folder': { type: 'string' } }, strict: false });
  const dataFolder = values['data-folder'];
  return { dataFolder: typeof dataFolder === 'string' ? dataFolder : undefined };
}

/** R20, where the system does not do it itself: a program that is not what was packed says so and ends. */
async function refuseChangedProgram(): Promise<void> {
  if (!app.isPackaged || process.platform !== 'linux') return;
  const files = createRequire(import.meta.url)('original-fs');
  const { changed, writable } = await checkOwnFiles(process.resourcesPath, files, process.getuid?.() === 0);
  const text = loadTexts(systemLocale(process.platform, process.env, app.getLocale()));
  if (writable) process.stderr.write(`${text('host.programWritable')}\n`);
  if (changed.length === 0) return;
  const words = text('host.programChanged', { files: changed.slice(0, 5).join(', ') });
  process.stderr.write(`${words}\n`);
  dialog.showErrorBox('Dossier Desk', words);
  app.exit(3);
}

async function start(): Promise<void> {
  const developmentServer = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
  const folders = hostFolders({
    platform: process.platform,
    environment: process.env,
    home: homedir(),
    chosen: ownArguments().dataFolder,
  });
  // Before anything asks for the session or the instance lock: both live in this folder.
  const profile = join(folders.data, 'window');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  app.setPath('userData', profile);

  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }

  // R18, below the window's own rules: Chromium itself resolves no name and starts no service of its own; what needs
  // no name (WebRTC, addresses in digits) goes to a proxy that does not exist, on this machine's own discard port.
  if (developmentServer === undefined) {
    app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
    app.commandLine.appendSwitch('proxy-server', 'http://127.0.0.1:9');
    app.commandLine.appendSwitch('proxy-bypass-list', '<-loopback>');
  }
  app.commandLine.appendSwitch('webrtc-ip-handling-policy', 'disable_non_proxied_udp');
  for (const name of CLOSED_SERVICES) app.commandLine.appendSwitch(name);
  // Of the window alone: this process has its engine already, and the archive process is started with options of its own.
  app.commandLine.appendSwitch('js-flags', WINDOW_SCRIPT_OPTIONS);
  registerWindowScheme();
  app.enableSandbox();

  let window: BrowserWindow | undefined;
  let bridge: IpcBridge | undefined;
  const settings = openHostSettings(folders.data);
  app.on('web-contents-created', (_event, contents) => confine(contents, developmentServer));

  await app.whenReady();
  installMenu();
  closeSession(session.defaultSession, developmentServer);
  serveWindowScheme(session.defaultSession, rendererFiles(rendererFolder()));

  const host = createElectronHost({ window: () => window, push: (event) => bridge?.push(event) });
  const spawner = utilitySpawner(
    entryPoint('archive-process'),
    {
      import: entryPoint('import-process'),
      scan: entryPoint('scan-process'),
      copy: entryPoint('copy-process'),
      print: entryPoint('print-process'),
    },
    ['--data-folder', folders.data],
  );
  const core = createHostCore(host, settings, folders, spawner);

  window = openDeskWindow({
    preload: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
    settings,
    packaged: app.isPackaged,
    developmentServer,
  });
  bridge = installIpcBridge(window, (url) => isOwnPage(url, developmentServer), core.gate);
  window.once('closed', () => {
    window = undefined;
  });
  // Beside the start, which it would hold up by the second that it takes to read everything.
  refuseChangedProgram().catch((thrown: unknown) => fail(String(thrown), 3));
  app.on('second-instance', core.secondStart);
  app.on('window-all-closed', () => app.quit());

  let ended = false;
  app.on('will-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    ended = true;
    void core.supervisor.close().finally(() => app.quit());
  });
}

function fail(message: string, status: number): void {
  process.stderr.write(`${message}\n`);
  app.exit(status);
}

const refused = app.isPackaged ? refusedSwitch(process.argv.slice(1)) : undefined;
const commandLine = commandLineOf(process.argv);
if (refused !== undefined) {
  fail(`Dossier Desk does not start with ${refused}.`, 2);
} else {
  // Not awaited: Electron emits `ready` only after this module has been evaluated.
  (commandLine === undefined ? start() : runPackagedCommandLine(commandLine)).catch((thrown: unknown) =>
    fail(`Dossier Desk could not start: ${thrown instanceof Error ? thrown.message : 'unknown'}`, 1),
  );
}
