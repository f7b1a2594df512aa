import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';
import { expect, onTestFinished, vi } from 'vitest';
import type { Env } from './run-bin.ts';
import { binPath, shellEnv } from './run-bin.ts';

export const keys = {
  enter: '\r',
  space: ' ',
  down: '\u001b[B',
  up: '\u001b[A',
  ctrlC: '\u0003',
  clear: '\u0015',
};

/** A person at a terminal: sees what is printed, types, and never waits without seeing something. */
export type Session = {
  /** Waits until this is on the screen, after what was there when something was last typed. */
  see(text: string): Promise<void>;
  type(...texts: string[]): void;
  /** Waits for the end; gives the exit code and everything that was printed. */
  end(): Promise<{ code: number; text: string; raw: string }>;
};

type Place = { cwd: string; env?: Env };

/** Starts a built bin on a pseudo-terminal. */
export async function open(
  bin: 'create-backend' | 'gen',
  args: string[],
  place: Place,
): Promise<Session> {
  return openProgram(process.execPath, [await binPath(bin), ...args], place);
}

/** Starts any program on a pseudo-terminal. */
export function openProgram(program: string, args: string[], { cwd, env }: Place): Session {
  const child = spawn(program, args, {
    cwd,
    env: shellEnv({ TERM: 'xterm-256color', ...env }),
    cols: 200,
    rows: 50,
  });
  let output = '';
  let seen = 0;
  let code: number | undefined;
  child.onData((data) => {
    output += data;
  });
  child.onExit(({ exitCode }) => {
    code = exitCode;
  });
  onTestFinished(() => {
    if (code === undefined) child.kill('SIGKILL');
  });
  const plain = (from: number) => stripVTControlCharacters(output.slice(from)).replaceAll('\r', '');
  const waiting = { timeout: 30_000, interval: 10 };
  return {
    see: (text) => vi.waitFor(() => expect(plain(seen)).toContain(text), waiting),
    type(...texts) {
      seen = output.length;
      child.write(texts.join(''));
    },
    async end() {
      await vi.waitFor(() => expect(code, plain(0)).toBeTypeOf('number'), waiting);
      return { code: code ?? -1, text: plain(0), raw: output };
    },
  };
}
