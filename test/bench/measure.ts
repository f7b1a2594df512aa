import { spawnSync } from 'node:child_process';

/** A command to time; `prepare` runs before each of its runs and is not timed. */
export type Subject = {
  name: string;
  /** What runs, `node` by itself. */
  command?: string;
  args: string[];
  cwd?: string;
  prepare?: () => void;
};

export type Row = { name: string; median: number; ratio: number; cpu: number; cpuRatio: number };
type Times = { wall: number; cpu: number };

/** Lets the shell report the time of a command, and the processor time of all that it started. */
const SCRIPT = `TIMEFORMAT='%R %U %S'; time "$@" >/dev/null`;

/**
 * Times commands in turn, so that a busy moment of the machine affects all of them.
 * Medians in milliseconds of waiting and of processor time, ratios to the first subject.
 */
export function measure(subjects: Subject[], rounds: number): Row[] {
  const times = new Map(subjects.map(({ name }) => [name, [] as Times[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const subject of subjects) {
      const time = timeOnce(subject);
      // The first round only warms the disk's cache and that of compiled code.
      if (round > 0) times.get(subject.name)?.push(time);
    }
  }
  const medians = subjects.map(({ name }) => ({
    name,
    median: median((times.get(name) ?? []).map(({ wall }) => wall)),
    cpu: median((times.get(name) ?? []).map(({ cpu }) => cpu)),
  }));
  const [first] = medians;
  return medians.map((row) => ({
    ...row,
    ratio: row.median / (first?.median ?? 1),
    cpuRatio: row.cpu / (first?.cpu ?? 1),
  }));
}

function timeOnce({ name, command = process.execPath, args, cwd, prepare }: Subject): Times {
  prepare?.();
  // Node 20 reads this bundle at each start, twice as long as all else: ratios would flatter us.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const words = ['-c', SCRIPT, 'bash', command, ...args];
  const { status, stderr } = spawnSync('bash', words, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ended with ${status}:\n${stderr}`);
  const [wall = 0, user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map((seconds) => Number(seconds) * 1000);
  return { wall, cpu: user + system };
}

export function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The rows as a table of Markdown, which a terminal shows well enough. */
export function table(rows: (Row & { goal?: number | undefined })[]): string {
  return markdown(
    ['', 'ms', 'ratio', 'CPU ms', 'CPU ratio', 'goal'],
    rows.map(({ name, median: time, ratio, cpu, cpuRatio, goal }) => [
      name,
      time.toFixed(0),
      ratio.toFixed(2),
      cpu.toFixed(0),
      cpuRatio.toFixed(2),
      goal === undefined ? '' : `${goal} ${verdict(ratio <= goal)}`,
    ]),
  );
}

export const verdict = (holds: boolean) => (holds ? 'holds' : '**missed**');

export function markdown(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) =>
    Math.max(3, ...[title, ...rows.map((row) => row[column] ?? '')].map(({ length }) => length)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, i) =>
    i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
