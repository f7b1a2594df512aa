import { once } from 'node:events';
import { createServer, request } from 'node:http';

/** A proxy that serves a server below a path, which it takes away from what it passes on. */
export async function openPrefixProxy(target: string, prefix: string) {
  const { hostname, port } = new URL(target);
  const proxy = createServer((req, res) => {
    const { method, url = '', headers } = req;
    if (!url.startsWith(`${prefix}/`)) {
      res.writeHead(404).end();
      return;
    }
    const told = { 'x-forwarded-for': '203.0.113.1', 'x-forwarded-prefix': prefix };
    const passed = request({
      ...{ hostname, port, method, path: url.slice(prefix.length) },
      headers: { ...headers, ...told },
    });
    passed.on('response', (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    passed.on('error', () => res.destroy());
    req.pipe(passed);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  const at = address instanceof Object ? address.port : 0;
  return {
    url: `http://127.0.0.1:${at}${prefix}`,
    close(): void {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}
