import { createServer, type Socket } from 'node:net';
import { listen } from './listen.ts';

/** What a Redis that is well answers to what counting asks of it. */
const usual: Record<string, string> = {
  INFO: '$19\r\nredis_version:7.2.0\r\n',
  SCRIPT: '$4\r\nsha1\r\n',
  EVALSHA: '*2\r\n:1\r\n:60000\r\n',
};

/** A Redis that says what `replies` has under the name of a command, and nothing where that is ''. */
export async function startFakeRedis(replies: Record<string, string>) {
  const asked: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    const waiting: string[] = [];
    socket.on('data', (data) => {
      for (const [, command = ''] of data.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)/g)) {
        const name = command.toUpperCase();
        asked.push(name);
        waiting.push(name);
      }
      // Answers keep the order of the commands: behind one that hangs, all hang.
      for (let [name] = waiting; name !== undefined; [name] = waiting) {
        const reply = replies[name] ?? usual[name] ?? '+OK\r\n';
        if (reply === '') return;
        socket.write(reply);
        waiting.shift();
      }
    });
  });
  const { port, close } = await listen(server);
  return {
    url: `redis://127.0.0.1:${port}`,
    /** How often a count was asked for, or what that needs. */
    asked: () => asked.filter((name) => name === 'SCRIPT' || name === 'EVALSHA').length,
    close() {
      for (const socket of sockets) socket.destroy();
      return close();
    },
  };
}
