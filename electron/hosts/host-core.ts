import { readFileSync } from 'node:fs';
import { contract } from '../../shared/contract/contract.ts';
import { type CallGate, createCallGate } from '../bridge/call-gate.ts';
import { systemClock } from '../platform/clock.ts';
import { programVersion } from '../process/program-version.ts';
import type { Spawner } from '../process/spawn-archive.ts';
import { type ArchiveSupervisor, createArchiveSupervisor } from '../process/spawn-supervisor.ts';
import type { HostFolders } from './data-folder.ts';
import { createHostOperations } from './host-operations.ts';
import type { HostSettingsFile } from './host-settings.ts';
import type { NativeHost } from './native-host.ts';
import { systemLocale } from './system-locale.ts';

/** What both window hosts share below the port: supervisor, host operations, gate, lock signals. */
export interface HostCore {
  readonly supervisor: ArchiveSupervisor;
  readonly gate: CallGate;
  /** The program was started again: the window comes forward, and the log will know of it (R38, R47). */
  secondStart(): void;
}

export function createHostCore(
  host: NativeHost,
  settings: HostSettingsFile,
  folders: HostFolders,
  spawner: Spawner,
): HostCore {
  const supervisor = createArchiveSupervisor(spawner);
  const answerHostCall = createHostOperations({
    host,
    settings,
    supervisor,
    folders,
    clock: systemClock,
    version: programVersion((path) => readFileSync(path, 'utf8')),
    systemLocale: systemLocale(process.platform, process.env, Intl.DateTimeFormat().resolvedOptions().locale),
  });
  const gate = createCallGate(new Set(Object.keys(contract)), {
    call: (name, input, callId) =>
      name.startsWith('host.') ? answerHostCall(name, input) : supervisor.call(name, input, callId, 'window'),
    cancel: supervisor.cancel,
  });
  supervisor.onEvent((event) => host.pushEvent(event));
  host.onSystemLock((reason) => void supervisor.lock(reason));
  return {
    supervisor,
    gate,
    secondStart() {
      host.comeForward();
      supervisor.secondStart(settings.current.recentVaults[0]?.directory ?? null);
    },
  };
}
