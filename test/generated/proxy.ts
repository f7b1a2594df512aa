import { once } from 'node:events';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';

/** A wire to PostgreSQL that a test can cut, block and mend. */
export async function openProxy(target: string) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isBlocked = false;
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server: Server = createServer((near) => {
    track(near);
    if (isBlocked) return;
    const far = dial(Number(port || 5432), hostname);
    track(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  const listen = async (at: number) => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const url = new URL(target);
  url.host = `127.0.0.1:${address.port}`;

  return {
    url: url.href,
    /** Nobody answers any more, and whoever was connected is cut off. */
    async cut(): Promise<void> {
      server.close();
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
    mend: () => listen(address.port),
    /** Connections stay, and nothing passes through them any more, as when a cable is pulled. */
    block(): void {
      isBlocked = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    unblock(): void {
      isBlocked = false;
      for (const socket of sockets) socket.destroy();
    },
  };
}
