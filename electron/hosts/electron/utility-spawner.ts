import { type UtilityProcess, utilityProcess } from 'electron';

import { IMPORT_HEAP_MEGABYTES, type RelayedChild, serveImportRelay } from '../../process/import-relay.ts';
import { childEnvironment, type Spawner } from '../../process/spawn-archive.ts';

/** `kill()` of a utility process is SIGTERM, which a busy process may keep waiting. */
function killHard(child: UtilityProcess): void {
  if (child.pid === undefined) child.kill();
  else process.kill(child.pid, 'SIGKILL');
}

/** One import process (R62): no environment, no keys, a limited heap. */
function startImportProcess(entry: string): RelayedChild {
  const child = utilityProcess.fork(entry, [], {
    serviceName: 'Dossier Desk import',
    env: {},
    execArgv: [`--max-old-space-size=${IMPORT_HEAP_MEGABYTES}`, '--disallow-code-generation-from-strings'],
    stdio: 'ignore',
  });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    kill: () => killHard(child),
  };
}

/** Starts the archive process as Electron's utility process, and import processes on its behalf. */
export function utilitySpawner(entry: string, importEntry: string, args: readonly string[]): Spawner {
  return () => {
    const child = utilityProcess.fork(entry, [...args], {
      serviceName: 'Dossier Desk archive',
      env: childEnvironment(process.env),
      stdio: 'inherit',
    });
    serveImportRelay(
      {
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => void child.once('exit', () => listener()),
      },
      (message) => child.postMessage(message),
      () => startImportProcess(importEntry),
    );
    return {
      // Known once it has been spawned; R24's test asks then.
      get pid() {
        return child.pid;
      },
      post: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', (code) => listener(code)),
      kill: () => killHard(child),
    };
  };
}
