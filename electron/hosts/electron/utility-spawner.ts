import { type UtilityProcess, utilityProcess } from 'electron';

import { ARCHIVE_OPTIONS } from '../../platform/memory.ts';
import {
  CHILD_HEAP_MEGABYTES,
  type ChildProgram,
  type RelayedChild,
  serveChildRelay,
} from '../../process/child-relay.ts';
import { childEnvironment, type Spawner } from '../../process/spawn-archive.ts';

/** `kill()` of a utility process is SIGTERM, which a busy process may keep waiting. */
function killHard(child: UtilityProcess): void {
  if (child.pid === undefined) child.kill();
  else process.kill(child.pid, 'SIGKILL');
}

/** One process for foreign bytes (R62): no environment, no keys, a limited heap. */
function startConfined(program: ChildProgram, entry: string): RelayedChild {
  const child = utilityProcess.fork(entry, [], {
    serviceName: `Dossier Desk ${program}`,
    env: {},
    execArgv: [`--max-old-space-size=${CHILD_HEAP_MEGABYTES[program]}`, '--disallow-code-generation-from-strings'],
    stdio: 'ignore',
  });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    kill: () => killHard(child),
  };
}

/** Starts the archive process as Electron's utility process, and the processes for foreign bytes on its behalf. */
export function utilitySpawner(
  entry: string,
  children: Readonly<Record<ChildProgram, string>>,
  args: readonly string[],
): Spawner {
  return () => {
    const child = utilityProcess.fork(entry, [...args], {
      serviceName: 'Dossier Desk archive',
      env: childEnvironment(process.env),
      execArgv: [...ARCHIVE_OPTIONS],
      stdio: 'inherit',
    });
    serveChildRelay(
      {
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => void child.once('exit', () => listener()),
      },
      (message) => child.postMessage(message),
      (program) => startConfined(program, children[program]),
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
