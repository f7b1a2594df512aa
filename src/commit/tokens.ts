import { randomUUID } from 'node:crypto';
import { hasCode } from './disk.ts';

/** The shape of a token, for names on the disk that contain one. */
export const TOKEN = '\\d+-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Tokens in use by this very process; one with our pid that is not here is of a dead process. */
const held = new Set<string>();

/** A name that tells whether the process that uses it is still alive. */
export function takeToken(): string {
  const token = `${process.pid}-${randomUUID()}`;
  held.add(token);
  return token;
}

export function dropToken(token: string): void {
  held.delete(token);
}

export function isAlive(token: string): boolean {
  const pid = pidOf(token);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return held.has(token);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

export const pidOf = (token: string) => Number.parseInt(token, 10);
