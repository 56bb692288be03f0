import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Listens on this machine, TCP and UDP, and counts what arrives: for R18, nothing may. */
export interface Trap {
  readonly tcpPort: number;
  readonly udpPort: number;
  readonly arrivals: number;
  close(): Promise<void>;
}

export async function openTrap(): Promise<Trap> {
  let arrivals = 0;
  const tcp = createServer((socket) => {
    arrivals += 1;
    socket.destroy();
  });
  const udp = createSocket('udp4', () => {
    arrivals += 1;
  });
  await Promise.all([
    new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve)),
    new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve)),
  ]);
  const address = tcp.address();
  return {
    tcpPort: typeof address === 'object' && address !== null ? address.port : 0,
    udpPort: udp.address().port,
    get arrivals() {
      return arrivals;
    },
    async close() {
      await Promise.all([
        new Promise<void>((resolve) => tcp.close(() => resolve())),
        new Promise<void>((resolve) => udp.close(() => resolve())),
      ]);
    },
  };
}
