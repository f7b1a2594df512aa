import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase } from './postgres.ts';
import { startServer } from './processes.ts';
import { measureInTurn, reportBeside, type Server } from './rounds.ts';
import { compareAnswers, fill, routes, settingsOf } from './same-work.ts';
import { makeService } from './service.ts';

const goals = { 'usual chain': 0.25, fastify: 1 };

/** The generated server on Express beside the usual chain of middleware, and beside Fastify. */
export async function compareExpress(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'create-backend-bench-'));
  const rivals = join(folder, 'rivals');
  const servers: Server[] = [];
  let database: Awaited<ReturnType<typeof createDatabase>> | undefined;
  const stopAll = async () => {
    for (const server of servers.splice(0)) await server.stop();
  };
  try {
    const service = makeService(folder);
    database = await createDatabase(folder);
    const env = {
      ...settingsOf(folder, database.url),
      TOKEN_CACHE: join(service, 'dist/auth/token-cache.js'),
    };
    cpSync(fileURLToPath(new URL('rivals', import.meta.url)), rivals, { recursive: true });
    execFileSync(process.execPath, ['dist/migrate.js'], {
      cwd: service,
      env: { ...process.env, ...env },
    });
    const restart = async () => {
      await stopAll();
      const start = async (name: string, script: string, cwd: string) => {
        servers.push({ name, ...(await startServer(script, cwd, env)) });
      };
      await start('generated', 'dist/main.js', service);
      await start('usual chain', 'usual-chain.mjs', rivals);
      await start('fastify', 'fastify.mjs', rivals);
      return servers;
    };
    const [own] = await restart();
    if (!own) return;
    const token = await fill(own);
    await compareAnswers(servers, token);
    const samples = await measureInTurn(folder, routes, token, restart);
    console.log(`\nExpress, node ${process.version}`);
    const names = servers.map(({ name }) => name);
    reportBeside(names, Object.keys(routes), samples, goals);
  } finally {
    await stopAll();
    await database?.drop();
    rmSync(folder, { recursive: true });
  }
}
