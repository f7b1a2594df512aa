import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a new connection may take to send its first request, in milliseconds. */
const firstRequest = 1000;
/** How long requests under way may take to finish, in milliseconds. */
const patience = 10_000;

/** Closes a server for good. It goes on serving for so many milliseconds before. */
export type Drain = (delay: number) => Promise<void>;

/**
 * What is under way is finished, and connections end as soon as nothing is. Not before the delay is
 * over: until then whoever still sends requests learns from each answer that its connection ends.
 */
export function createDrain(server: Server): Drain {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  /** For Node, what has never sent anything is not idle. */
  const closeSilent = () => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };

  return async (delay) => {
    await sleep(delay);
    const timers = [
      setInterval(() => server.closeIdleConnections(), 50),
      setTimeout(closeSilent, firstRequest),
      setTimeout(() => server.closeAllConnections(), patience),
    ];
    await new Promise<void>((resolve) => server.close(() => resolve()));
    for (const timer of timers) clearTimeout(timer);
  };
}
