import { giveWay } from '../platform/priority.ts';

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}

/** A process for foreign bytes (R62) and whoever started it: Electron's port in a utility process, else Node's channel. */
export interface ChildChannel<Out> {
  send(message: Out): void;
  listen(listener: (message: unknown) => void): void;
}

/** Opens the channel; the process gives way to the window, also where not the archive process has started it but Electron's. */
export function childChannel<Out>(): ChildChannel<Out> {
  giveWay();
  const port: unknown = 'parentPort' in process ? process.parentPort : undefined;
  if (isParentPort(port)) {
    return {
      send: (message) => port.postMessage(message),
      listen: (listener) => void port.on('message', (event) => listener(event.data)),
    };
  }
  const send = process.send?.bind(process);
  if (send === undefined) throw new Error('This process is started by Dossier Desk, not by hand.');
  process.on('disconnect', () => process.exit(0));
  return {
    send: (message) => void send(message, undefined, undefined, () => {}),
    listen: (listener) => void process.on('message', listener),
  };
}
