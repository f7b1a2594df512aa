import { createServer, type Socket } from 'node:net';
import { listen } from './listen.ts';

/** The replies of a healthy Redis to the commands that count requests. */
const usual: Record<string, string> = {
  INFO: '$19\r\nredis_version:7.2.0\r\n',
  SCRIPT: '$4\r\nsha1\r\n',
  EVALSHA: '*2\r\n:1\r\n:60000\r\n',
};

/** A Redis that answers each command with its reply in `replies`, and hangs if the reply is ''. */
export async function startFakeRedis(replies: Record<string, string>) {
  const asked: string[] = [];
  const sockets: Socket[] = [];
  const replyTo = (name: string) => replies[name] ?? usual[name] ?? '+OK\r\n';
  const server = createServer((socket) => {
    sockets.push(socket);
    let waiting: string[] = [];
    socket.on('data', (data) => {
      const commands = data.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)/g);
      const names = [...commands].map(([, name = '']) => name.toUpperCase());
      asked.push(...names);
      waiting.push(...names);
      // In the order of the commands: all others wait for one that hangs.
      const hanging = waiting.findIndex((name) => replyTo(name) === '');
      const answered = hanging === -1 ? waiting : waiting.slice(0, hanging);
      waiting = waiting.slice(answered.length);
      if (answered.length > 0) socket.write(answered.map(replyTo).join(''));
    });
  });
  const { port, close } = await listen(server);
  return {
    url: `redis://127.0.0.1:${port}`,
    /** How many commands to count requests it has received. */
    asked: () => asked.filter((name) => name === 'SCRIPT' || name === 'EVALSHA').length,
    close() {
      for (const socket of sockets) socket.destroy();
      return close();
    },
  };
}
