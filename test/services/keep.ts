import { spawn } from 'node:child_process';
import { chmod, mkdtemp } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { howToInstall, type Name } from './install.ts';

/** What neither this machine nor a package has. */
export class Missing extends Error {
  readonly what: Name;

  constructor(what: Name) {
    super(howToInstall([what]));
    this.what = what;
  }
}

type Service = { folder: string; command: string[]; port: number; user?: number; signal: string };

const keeper = fileURLToPath(new URL('keeper.mjs', import.meta.url));
const stops: (() => Promise<void>)[] = [];

/** Starts a service that ends with the tests, and waits until it answers. */
export async function keep({ folder, command, port, user, signal }: Service): Promise<void> {
  const args = [keeper, folder, String(user ?? ''), signal, ...command];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  stops.push(async () => {
    child.stdin.end();
    await ended;
  });
  while (!(await answers('127.0.0.1', port))) {
    if (child.exitCode !== null) throw new Error(`${command[0]} did not start:\n${output}`);
    await sleep(100);
  }
}

/** Stops all that was started. */
export async function stopAll(): Promise<void> {
  await Promise.all(stops.splice(0).map((stop) => stop()));
}

export function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const done = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.once('timeout', () => done(false));
  });
}

/** A folder that other users of the machine may enter, for a service that does not run as root. */
export async function serviceFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`));
  await chmod(folder, 0o755);
  return folder;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address instanceof Object ? address.port : 0;
      server.close((error) => (error === undefined ? resolve(port) : reject(error)));
    });
  });
}
