import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** During shutdown, how long a new connection may take to send a request, in milliseconds. */
const firstRequest = 1000;
/** How long open requests may take to finish, in milliseconds. */
const patience = 10_000;

/** Closes a server. Before that, it keeps serving for `delay` milliseconds. */
export type Drain = (delay: number) => Promise<void>;

/**
 * Shuts down gracefully: after the delay, open requests finish and idle connections are closed.
 * During the delay, each response tells the client that its connection is closed.
 */
export function createDrain(server: Server): Drain {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  /** Node does not count a connection as idle if it has never sent a request. */
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
