// What Electron adds to a utility process: the port to the main process.
import { EventEmitter } from 'node:events';

const port = new EventEmitter();
port.postMessage = (message) => void (process.connected && process.send(message, () => {}));
process.on('message', (data) => port.emit('message', { data }));
process.on('disconnect', () => process.exit(0));
process.parentPort = port;
