import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../measure.ts';
import { createDatabase } from '../server/postgres.ts';
import { freePort } from '../server/processes.ts';
import { npm } from './install.ts';

/** Milliseconds from `npm start` to the first answer that comes from PostgreSQL. */
export async function timeToAnswer(folder: string, name: string, rounds: number): Promise<number> {
  const project = join(folder, name);
  npm(project, 'run', 'build');
  const database = await createDatabase(folder, name);
  try {
    const env = { ...process.env, DATABASE_URL: database.url };
    execFileSync('npm', ['run', 'migrate'], { cwd: project, env, stdio: 'ignore' });
    const times: number[] = [];
    for (let round = 0; round <= rounds; round += 1) times.push(await startOnce(project, env));
    return median(times.slice(1));
  } finally {
    await database.drop();
  }
}

async function startOnce(cwd: string, env: NodeJS.ProcessEnv): Promise<number> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn('npm', ['start'], {
    cwd,
    env: { ...env, PORT: `${port}`, HOST: '127.0.0.1' },
    stdio: 'ignore',
    detached: true,
  });
  const ended = once(child, 'exit');
  try {
    while (performance.now() - startedAt < 30_000) {
      const answer = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined);
      if (answer?.status === 200) return performance.now() - startedAt;
      await sleep(5);
    }
    throw new Error('npm start does not answer /ready');
  } finally {
    // npm, its shell and the server.
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    await ended;
  }
}
