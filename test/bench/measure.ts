import { spawnSync } from 'node:child_process';

/** A command to time; `prepare` runs before each of its runs and is not timed. */
export type Subject = {
  name: string;
  args: string[];
  cwd?: string;
  prepare?: () => void;
};

export type Row = { name: string; median: number; ratio: number };

/**
 * Times node on each subject's arguments, all of them in turn, so that a busy moment of the machine
 * hits every one alike. Medians in milliseconds, ratios to the first subject.
 */
export function measure(subjects: Subject[], rounds: number): Row[] {
  const times = new Map(subjects.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const subject of subjects) {
      const time = timeOnce(subject);
      // The first round only warms the disk's cache.
      if (round > 0) times.get(subject.name)?.push(time);
    }
  }
  const medians = subjects.map(({ name }) => ({ name, median: median(times.get(name) ?? []) }));
  const [first] = medians;
  return medians.map((row) => ({ ...row, ratio: row.median / (first?.median ?? 1) }));
}

function timeOnce({ name, args, cwd, prepare }: Subject): number {
  prepare?.();
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  const time = performance.now() - startedAt;
  if (status !== 0) throw new Error(`${name} ended with ${status}:\n${stderr}`);
  return time;
}

function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function table(rows: (Row & { goal?: number | undefined })[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows
    .map(({ name, median: time, ratio, goal }) => {
      const verdict = goal === undefined ? '' : `  goal ${goal}${ratio <= goal ? '' : '  MISSED'}`;
      const number = (value: number, digits: number) => value.toFixed(digits).padStart(8);
      return `${name.padEnd(width)}${number(time, 0)} ms${number(ratio, 2)} x${verdict}`;
    })
    .join('\n');
}
