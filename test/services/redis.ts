import { spawnSync } from 'node:child_process';
import { answers, freePort, keep, Missing, serviceFolder } from './keep.ts';

const usual = 'redis://127.0.0.1:6379/13';

/** The Redis that is set or at the usual address, else an installed one: no package brings it. */
export async function findRedis(): Promise<string> {
  const set = process.env.TEST_REDIS_URL;
  const { hostname, port } = new URL(set ?? usual);
  if (set !== undefined || (await answers(hostname, Number(port || 6379)))) return set ?? usual;
  if (spawnSync('redis-server', ['--version']).error !== undefined) throw new Missing('Redis');
  const folder = await serviceFolder('redis');
  const free = await freePort();
  const command = ['redis-server', '--port', String(free), '--bind', '127.0.0.1', '--save', ''];
  await keep({ folder, command, port: free, signal: 'SIGTERM' });
  return `redis://127.0.0.1:${free}/13`;
}
