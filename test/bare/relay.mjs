// Lets npm out of a network of its own: `relay.mjs out <socket>` outside, `relay.mjs in <socket>` inside.
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer } from 'node:net';

const [side, path] = process.argv.slice(2);
const join = (one, other) => {
  one.pipe(other).pipe(one);
  for (const each of [one, other]) {
    each.on('error', () => {
      one.destroy();
      other.destroy();
    });
  }
};

if (side === 'out') {
  const proxy = createHttpServer();
  proxy.on('connect', ({ url }, client) => {
    const { hostname, port } = new URL(`https://${url}`);
    const server = connect(Number(port || 443), hostname, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
    });
    join(client, server);
  });
  proxy.listen(path);
} else {
  createServer((client) => join(client, connect(path))).listen(8080, '127.0.0.1');
}
