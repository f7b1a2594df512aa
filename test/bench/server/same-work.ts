import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addPost, postOf, register } from './caller.ts';
import type { Env } from './processes.ts';
import type { Server } from './rounds.ts';

export const routes = { list: '/api/posts?limit=20', fixed: '/api/fixed?limit=20' };

/** What all servers get: the same rows in a file and in the database, and no limit that they meet. */
export function settingsOf(folder: string, databaseUrl: string): Env {
  const rows = join(folder, 'rows.json');
  writeFileSync(rows, JSON.stringify(Array.from({ length: 20 }, (_, index) => fixedRow(index))));
  return {
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: randomBytes(48).toString('base64url'),
    FIXED_ROWS: rows,
    RATE_LIMIT: '1000000000/minute',
    CORS_ORIGINS: 'https://example.com',
  };
}

function fixedRow(index: number) {
  const now = new Date().toISOString();
  const post = postOf(`Post ${index}`);
  return { id: randomUUID(), ...post, ownerId: randomUUID(), createdAt: now, updatedAt: now };
}

/** Signs up at the generated server and adds posts; answers the token. */
export async function fill({ url }: Server): Promise<string> {
  const token = await register(url);
  for (let number = 0; number < 200; number += 1) await addPost(url, token, number);
  return token;
}

/** What is not the same work is not compared. */
export async function compareAnswers(servers: readonly Server[], token: string): Promise<void> {
  for (const path of Object.values(routes)) {
    const answers = await Promise.all(servers.map(({ url }) => readRows(`${url}${path}`, token)));
    const [first] = answers;
    if (!first || answers.some((each) => each !== first)) {
      const starts = answers.map((answer) => answer.slice(0, 300));
      throw new Error(`The servers answer ${path} differently:\n${starts.join('\n')}`);
    }
    for (const { name, url } of servers) {
      const { status } = await fetch(`${url}${path}`, {
        headers: { Authorization: 'Bearer a.b.c' },
      });
      if (status !== 401) throw new Error(`${name} answers a bad token with ${status}`);
    }
  }
}

async function readRows(url: string, token: string): Promise<string> {
  const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  const { data } = Object(await response.json());
  if (!Array.isArray(data) || data.length !== 20) throw new Error(`${url}: ${response.status}`);
  // The same moment may be written with more digits.
  return JSON.stringify(data, (name, value) => (/At$/.test(name) ? Date.parse(value) : value));
}
