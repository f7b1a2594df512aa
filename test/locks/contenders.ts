import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';

export type Contender = {
  child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Sends a command, and resolves to its answer. */
  ask(command: string): Promise<string>;
  end(signal: NodeJS.Signals): Promise<void>;
  /** Resolves to what it wrote to stderr, when it has ended. */
  ended: Promise<string>;
};

type Start = { env?: NodeJS.ProcessEnv; uid?: number; gid?: number };

/** How to start processes that want locks, until the tests of the file are over. */
export function useContenders(program: string): (options?: Start) => Contender {
  const all: Contender[] = [];
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contenders-'));
    await chmod(folder, 0o755);
    await build({
      entryPoints: [new URL(program, import.meta.url).pathname],
      outfile: join(folder, 'contender.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
    });
  });
  afterAll(async () => {
    await Promise.all(all.map(({ end }) => end('SIGKILL')));
    await rm(folder, { recursive: true });
  });
  return (options = {}) => {
    const contender = start(join(folder, 'contender.mjs'), options);
    all.push(contender);
    return contender;
  };
}

function start(program: string, { env = process.env, ...user }: Start): Contender {
  const child = spawn(process.execPath, [program], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env,
    ...user,
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<string>((resolve) => child.on('close', () => resolve(stderr)));
  return {
    child,
    ended,
    ask: async (command) => {
      child.stdin.write(`${command}\n`);
      return String((await answers.next()).value);
    },
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}
