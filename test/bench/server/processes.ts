import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type Env = Record<string, string>;
export type Running = { url: string; pid: number; stop: () => Promise<void> };

/** Starts a server on Node as a process of its own, its log going nowhere, and waits until it answers. */
export async function startServer(
  script: string,
  cwd: string,
  env: Env,
  flags: string[] = [],
): Promise<Running> {
  const given = process.env.BENCH_NODE_FLAGS?.split(' ') ?? [];
  const command = [process.execPath, ...given, ...flags, script];
  return startProcess(command, cwd, { NODE_ENV: 'production', ...env });
}

/** The same for any command, which finds in `PORT` where to listen. */
export async function startProcess(command: string[], cwd: string, env: Env): Promise<Running> {
  const port = await freePort();
  const [program = '', ...args] = command;
  const child = spawn(
    program,
    args.map((arg) => arg.replace('$PORT', `${port}`)),
    {
      cwd,
      env: { PATH: process.env.PATH, HOST: '127.0.0.1', ...env, PORT: `${port}` },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const url = `http://127.0.0.1:${port}`;
  await answering(url, child);
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      process.removeListener('exit', kill);
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 120_000 && child.exitCode === null; waited += 50) {
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    if (answer) return;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(`${child.spawnargs.join(' ')} does not answer`);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address instanceof Object ? address.port : 0;
}

/** How much processor time a process has had, in seconds; NaN where there is no /proc. */
export function processorTime(pid: number): number {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return Number.NaN;
  // The name before `)` may hold spaces; user and system time are the 12th and 13th after it.
  const fields = readFileSync(path, 'utf8').split(') ').pop()?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Flags of Node by which `SIGUSR2` makes a process collect its garbage. */
export const collecting = [
  '--expose-gc',
  '--import',
  'data:text/javascript,process.on("SIGUSR2",()=>gc())',
];

/**
 * The memory that a process needs, in megabytes: what is left when its garbage is collected, read
 * again and again, since one reading says as much of the moment as of the process.
 */
export async function neededMemory(pid: number): Promise<number[]> {
  const readings: number[] = [];
  for (let count = 0; count < 9; count += 1) {
    process.kill(pid, 'SIGUSR2');
    await sleep(500);
    readings.push(residentMemory(pid));
  }
  // The first collection leaves what only the next ones find.
  return readings.slice(2);
}

/** The memory that a process holds, in megabytes. */
function residentMemory(pid: number): number {
  const path = `/proc/${pid}/status`;
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(path, 'utf8')) ?? [];
  if (kilobytes === undefined) throw new Error(`${path} does not say how much memory there is`);
  return Number(kilobytes) / 1024;
}
