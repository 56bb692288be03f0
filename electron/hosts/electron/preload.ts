import { contextBridge, ipcRenderer } from 'electron';
import type { ArchiveBridge, ArchiveEvent } from '../../../shared/contract/messages.ts';
import { CHANNELS } from '../../bridge/channels.ts';

// renderer/gateway → here → electron/bridge/ipc-bridge.ts. No logic: whatever passes is checked there.
// `contextBridge` freezes what it exposes; the page sees these three functions and nothing of Electron (R14).
const bridge: ArchiveBridge = {
  call: (name, input, callId) => ipcRenderer.invoke(CHANNELS.call, { name, input, callId }),
  cancel: async (callId) => void (await ipcRenderer.invoke(CHANNELS.cancel, { callId })),
  onEvent: (listener) => {
    const forward = (_: unknown, event: ArchiveEvent): void => listener(event);
    ipcRenderer.on(CHANNELS.event, forward);
    return () => void ipcRenderer.removeListener(CHANNELS.event, forward);
  },
};

contextBridge.exposeInMainWorld('archive', bridge);
