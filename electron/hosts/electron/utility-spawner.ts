import { utilityProcess } from 'electron';
import { childEnvironment, type Spawner } from '../../process/spawn-archive.ts';

/** Starts the archive process as Electron's utility process: not a child of the window, no Chromium privileges. */
export function utilitySpawner(entry: string, args: readonly string[]): Spawner {
  return () => {
    const child = utilityProcess.fork(entry, [...args], {
      serviceName: 'Dossier Desk archive',
      env: childEnvironment(process.env),
      stdio: 'inherit',
    });
    return {
      // Known once it has been spawned; R24's test asks then.
      get pid() {
        return child.pid;
      },
      post: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', (code) => listener(code)),
      kill: () => {
        // `kill()` of a utility process is SIGTERM, which a busy process may keep waiting.
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
        else child.kill();
      },
    };
  };
}
