import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFastapiService } from './fastapi-service.ts';
import { createDatabase } from './postgres.ts';
import { processorTime, startProcess } from './processes.ts';
import { measureInTurn, median, reportBeside, type Server } from './rounds.ts';
import { compareAnswers, fill, routes, settingsOf } from './same-work.ts';

const resources = 200;
const many = `of ${resources} resources`;
const plain = 'plain FastAPI';
const goals = { [`fixed ${plain}`]: 0.8, [`list ${plain}`]: 0.7 };
const mostGrowth = 1.2;
const mostToStart = 2;

/**
 * The generated server on FastAPI beside the same routes as the documentation of FastAPI teaches to
 * write them, beside itself with many resources, and what it costs to start.
 */
export async function compareFastapi(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'create-backend-bench-'));
  const servers: Server[] = [];
  const starts: number[] = [];
  let database: Awaited<ReturnType<typeof createDatabase>> | undefined;
  const stopAll = async () => {
    for (const server of servers.splice(0)) await server.stop();
  };
  try {
    const service = makeFastapiService(folder, resources);
    database = await createDatabase(folder, '.');
    const env = { APP_ENV: 'production', ...settingsOf(folder, database.url) };
    execFileSync(service.python, ['-m', 'app.db.migrate'], {
      cwd: service.few,
      env: { ...process.env, ...env },
    });
    const start = async (name: string, cwd: string, ...args: string[]) => {
      servers.push({ name, ...(await startProcess([service.python, '-m', ...args], cwd, env)) });
    };
    const restart = async () => {
      await stopAll();
      await start('generated', service.few, 'app');
      const [own] = servers;
      if (own) {
        const { status } = await fetch(`${own.url}/ready`);
        if (status !== 200) throw new Error(`${own.name} is not ready: ${status}`);
        starts.push(processorTime(own.pid));
      }
      await start(many, service.many, 'app');
      await start(plain, service.rivals, 'uvicorn', 'plain_fastapi:app', '--port', '$PORT');
      return servers;
    };
    const [own] = await restart();
    if (!own) return;
    const token = await fill(own);
    await compareAnswers(servers, token);
    const samples = await measureInTurn(folder, routes, token, restart);
    console.log('\nFastAPI');
    reportBeside(['generated', plain], Object.keys(routes), samples, goals);
    // What the larger one costs as a part of the smaller one.
    const growth = Object.fromEntries(
      Object.keys(routes).map((route) => [`${route} generated`, mostGrowth]),
    );
    reportBeside([many, 'generated'], Object.keys(routes), samples, growth);
    const toStart = median(starts);
    const judged = toStart <= mostToStart ? '' : '  MISSED';
    console.log(
      `\nFrom the start to the first answer of /ready: ${toStart.toFixed(2)} s of processor, goal ${mostToStart}${judged}`,
    );
  } finally {
    await stopAll();
    await database?.drop();
    rmSync(folder, { recursive: true });
  }
}
