import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tarballOf } from './releases.ts';

export type Registry = { url: string; stop(): Promise<void> };

/** A registry that has one release of this tool, and nothing else. */
export async function startRegistry(version: string): Promise<Registry> {
  const tarball = await readFile(tarballOf(version));
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const file = `/create-backend/-/create-backend-${version}.tgz`;
  const server = createServer(({ url: path }, response) => {
    if (path === file) return response.end(tarball);
    if (path !== '/create-backend') return response.writeHead(404).end('{}');
    const bin = { 'create-backend': 'bin/create-backend.js', gen: 'bin/gen.js' };
    const dist = { tarball: `${urlOf(server.address())}${file}`, integrity };
    const release = { name: 'create-backend', version, bin, dist };
    const document = { name: release.name, versions: { [version]: release } };
    return response.end(JSON.stringify({ ...document, 'dist-tags': { latest: version } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: urlOf(server.address()),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('the registry has no port');
  return `http://127.0.0.1:${address.port}`;
}
