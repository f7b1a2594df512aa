import { statSync, utimesSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from './disk.ts';

// No clocks are compared: it only matters whether the time of a file changes while it is watched.
const BEAT_EVERY = 1_000;
const LOOK_EVERY = 250;
const SILENCE = 5_000;

/** Keeps changing the time of a file until the returned function is called. */
export function keepBeating(file: string, onLost: () => never): () => void {
  const beat = () => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) onLost();
    }
  };
  const beating = setInterval(beat, BEAT_EVERY).unref();
  return () => clearInterval(beating);
}

/** Whether the time of a file changes, or the file disappears, within a few seconds. */
export async function isBeating(file: string): Promise<boolean> {
  const first = timeOf(file);
  for (let looks = SILENCE / LOOK_EVERY; looks > 0; looks--) {
    await sleep(LOOK_EVERY);
    if (timeOf(file) !== first) return true;
  }
  return false;
}

const timeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs;
