import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { processorTime, type Running } from './processes.ts';

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 3);
const warmUp = 2;
const connections = 40;

export type Server = Running & { name: string };
/** What a request costs, and how many there were in a second. */
type Sample = { perSecond: number; microseconds: number };
export type Samples = Map<string, Sample[]>;
export type Goals = Record<string, number>;

/**
 * Measures all servers in turn, so that a busy moment of the machine affects all of them, and in another
 * order each round. Each round starts new processes, since what V8 compiles differs by a tenth or more
 * from one start to the next. `folder` is where autocannon is installed.
 */
export async function measureInTurn(
  folder: string,
  routes: Record<string, string>,
  token: string,
  restart: () => Promise<readonly Server[]>,
): Promise<Samples> {
  const samples: Samples = new Map();
  for (let round = 0; round < rounds; round += 1) {
    const servers = await restart();
    const first = round % servers.length;
    const inTurn = [...servers.slice(first), ...servers.slice(0, first)];
    for (const [route, path] of Object.entries(routes)) {
      for (const server of inTurn) await load(folder, server, path, token, warmUp);
      for (const server of inTurn) {
        const sample = await load(folder, server, path, token, seconds);
        const key = `${route} ${server.name}`;
        samples.set(key, [...(samples.get(key) ?? []), sample]);
      }
    }
  }
  return samples;
}

async function load(
  folder: string,
  { url, pid }: Server,
  path: string,
  token: string,
  duration: number,
): Promise<Sample> {
  const script = join(folder, 'node_modules/autocannon/autocannon.js');
  const header = `authorization=Bearer ${token}`;
  const target = `${url}${path}`;
  const args = [script, '-j', '-c', `${connections}`, '-d', `${duration}`, '-H', header, target];
  const before = processorTime(pid);
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const used = processorTime(pid) - before;
  const result: Record<string, number> = JSON.parse(stdout);
  const done = result['2xx'] ?? 0;
  if (!done || result.non2xx || result.errors || result.timeouts) {
    throw new Error(`${target} had responses other than 2xx:\n${stdout}`);
  }
  return { perSecond: done / (result.duration ?? duration), microseconds: (used / done) * 1e6 };
}

/**
 * Prints what the first of the servers costs beside each of the others. `goals` are the most that
 * it may cost as a part of the other, by `route name`.
 */
export function reportBeside(
  names: readonly string[],
  routes: readonly string[],
  samples: Samples,
  goals: Goals,
): void {
  console.log(
    `${connections} connections, medians of ${rounds} rounds of ${seconds} s\n\n` +
      'route  server              requests/s  µs of processor  times the requests  part of its processor time',
  );
  const [own = ''] = names;
  for (const route of routes) {
    const ours = samples.get(`${route} ${own}`) ?? [];
    for (const name of names) {
      const each = samples.get(`${route} ${name}`) ?? [];
      const perSecond = median(each.map((sample) => sample.perSecond));
      const cost = median(each.map(({ microseconds }) => microseconds));
      // Neighbours in time are compared with each other.
      const faster = median(ours.map((one, at) => one.perSecond / (each[at]?.perSecond ?? 1)));
      const part = median(ours.map((one, at) => one.microseconds / (each[at]?.microseconds ?? 1)));
      const numbers = `${perSecond.toFixed(0).padStart(12)}${cost.toFixed(0).padStart(17)}`;
      const line = `${route.padEnd(7)}${name.padEnd(18)}${numbers}`;
      const goal = goals[`${route} ${name}`] ?? goals[name];
      console.log(name === own ? line : `${line}${verdict(faster, part, goal)}`);
    }
  }
}

/**
 * Goals are for the processor time where it is known: a server that has a core to itself answers
 * that many times more, and what else runs on the machine counts little.
 */
function verdict(faster: number, part: number, goal: number | undefined): string {
  const numbers = `${faster.toFixed(2).padStart(18)} x${part.toFixed(2).padStart(24)}`;
  if (goal === undefined) return numbers;
  const isReached = (Number.isNaN(part) ? 1 / faster : part) <= goal;
  return `${numbers}  goal ${goal}${isReached ? '' : '  MISSED'}`;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
