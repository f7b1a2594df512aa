import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnv, type Env } from './run.ts';

export type Server = Awaited<ReturnType<typeof startServer>>;

/** Starts the built project on a free port and waits until it listens. */
export async function startServer(project: string, env: Env, command = 'node dist/main.js') {
  const server = launch(
    project,
    { PORT: '0', HOST: '127.0.0.1', RATE_LIMIT: '1000000/minute', ...env },
    command,
  );
  const port = await server.port();
  return { ...server, url: `http://127.0.0.1:${port}` };
}

/** Starts the built project without waiting: it may never listen. */
export function launch(project: string, env: Env, command = 'node dist/main.js') {
  const [program = '', ...args] = command.split(' ');
  const child = spawn(program, args, {
    cwd: project,
    env: cleanEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, as a terminal makes: npm does not pass a signal on to what it started.
    detached: true,
  });
  const signalAll = (signal: NodeJS.Signals) => {
    if (child.pid !== undefined && isRunning(child)) process.kill(-child.pid, signal);
  };
  const killAll = () => signalAll('SIGKILL');
  process.once('exit', killAll);
  child.once('close', () => process.removeListener('exit', killAll));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const closed = once(child, 'close');
  const log = () => parseLines(output);

  return {
    child,
    output: () => output,
    /** The lines of the log so far. */
    log,
    /** How it ended: the exit code, or the signal that ended it. */
    async ended(): Promise<number | NodeJS.Signals | null> {
      await closed;
      return child.exitCode ?? child.signalCode;
    },
    async port(): Promise<number> {
      for (let waited = 0; waited < 30_000 && isRunning(child); waited += 20) {
        const address = log().find(({ msg }) => msg === 'listening')?.address;
        if (address instanceof Object && 'port' in address) return Number(address.port);
        await sleep(20);
      }
      throw new Error(`The server did not start:\n${output}`);
    },
    async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
      signalAll(signal);
      await closed;
    },
  };
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) =>
  exitCode === null && signalCode === null;

/** The lines that are whole and JSON; npm adds others. */
function parseLines(output: string): Record<string, unknown>[] {
  const lines = output.split('\n').slice(0, -1);
  return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
}
