import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { answers, freePort, serviceFolder } from '../services/keep.ts';
import { service } from '../services/service.ts';

/**
 * A PgBouncer of its own before a database, as a package installs it apart from the mode. It logs in
 * as whoever the URL names; so many connections to the server are shared by all.
 */
export async function openPooler(
  database: string,
  settings: Record<string, string | undefined> = {},
): Promise<{ url: string; close: () => Promise<void> }> {
  const { hostname, port: serverPort, username } = new URL(database);
  const program = await service('PgBouncer');
  const folder = await serviceFolder('pgbouncer');
  const port = await freePort();
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'any',
    pool_mode: 'transaction',
    default_pool_size: '3',
    ...settings,
  };
  const server = `host=${hostname} port=${serverPort || 5432} user=${username}`;
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
  const file = join(folder, 'pgbouncer.ini');
  await writeFile(file, ['[databases]', `* = ${server}`, '[pgbouncer]', ...lines, ''].join('\n'));

  // It refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await execa('chown', ['-R', 'postgres', folder]);
  const pooler = execa(program, [...(isRoot ? ['-u', 'postgres'] : []), file], {
    reject: false,
    all: true,
  });
  while (!(await answers('127.0.0.1', port))) {
    if (pooler.exitCode !== null)
      throw new Error(`PgBouncer did not start:\n${(await pooler).all}`);
    await sleep(50);
  }
  const url = new URL(database);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    async close() {
      pooler.kill('SIGTERM');
      await pooler;
      await rm(folder, { recursive: true });
    },
  };
}
