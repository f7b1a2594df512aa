import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { createClient } from './accounts/client.ts';
import { makeAdmin, makeProject, type TwoStacks, twoStacks } from './differ/stacks.ts';
import { createDatabase } from './postgres.ts';
import { ownFolder } from './projects.ts';
import { cleanEnv, mustRun } from './run.ts';
import { type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 600_000 });

const version = '4.32.5';
const config = fileURLToPath(new URL('schemathesis.toml', import.meta.url));
const admin = { email: 'admin@example.com', password: 'correct-Horse-7-battery' };

const requests = [
  { name: 'authors', fields: ['name:string:search:unique', 'born:date:optional:filter:sort'] },
  {
    name: 'books',
    fields: ['title:string:max=80', 'price:decimal:min=0:filter', 'tags:string:list', 'extra:json'],
    under: 'authors',
    pagination: 'offset',
  },
  { name: 'notes', fields: ['text:text', 'at:datetime', 'id2:uuid'], access: 'read=owner' },
];

/** What would end the token that it calls with. */
const excluded = ['logOut', 'logOutEverywhere', 'endSession'].map(
  (id) => `--exclude-operation-id ${id}`,
);

const report = z.object({
  complete: z.boolean(),
  operations: z.object({ tested: z.int() }),
  test_cases: z.object({ generated: z.int() }),
  failures: z.array(z.object({ title: z.string(), operations: z.array(z.string()) })),
  errors: z.array(z.unknown()),
});

/** Schemathesis, with all its checks, in an environment of its own. */
async function examine(url: string, token: string, folder: string) {
  await mustRun('uv venv -q checker', folder);
  const python = 'checker/bin/python';
  await mustRun(`uv pip install -q --python ${python} schemathesis==${version}`, folder);
  const words = [
    `checker/bin/schemathesis --config-file ${config} run ${url}/openapi.json`,
    `-H 'Authorization: Bearer ${token}'`,
    '--checks all --phases examples,fuzzing,stateful --max-examples 15 --continue-on-failure',
    '--no-shrink --report json --report-json-path report.json',
    ...excluded,
    ...(process.env.SEED ? [`--seed ${process.env.SEED}`] : []),
  ];
  const { all: output } = await execa(words.join(' '), {
    cwd: folder,
    shell: true,
    env: cleanEnv(),
    extendEnv: false,
    all: true,
    reject: false,
    timeout: 800_000,
  });
  return { output, found: report.parse(JSON.parse(await readReport(folder, output))) };
}

async function readReport(folder: string, output: string): Promise<string> {
  return readFile(join(folder, 'report.json'), 'utf8').catch((cause: unknown) => {
    throw new Error(`Schemathesis wrote no report:\n${output}`, { cause });
  });
}

describe.each(twoStacks)('a service of $stack with accounts', (each: TwoStacks) => {
  let server: Server | undefined;
  let drop: (() => Promise<void>) | undefined;
  let folder: string;
  beforeAll(async () => {
    folder = await ownFolder(`schemathesis-${each.stack}`);
    const project = await makeProject(each, folder, 'jwt', requests);
    const database = await createDatabase();
    drop = database.drop;
    const DATABASE_URL = database.url;
    await mustRun(each.migrate, project, { DATABASE_URL });
    await makeAdmin(each, project, admin, DATABASE_URL);
    const env = { DATABASE_URL, AUTH_RATE_LIMIT: '1000000/minute' };
    server = await startServer(project, env, each.start);
  });
  afterAll(async () => {
    await server?.stop();
    await drop?.();
  });

  it('keeps all that its document says, and never answers 5xx', async () => {
    const url = server?.url ?? '';
    const { accessToken } = await createClient(url).logIn(admin);
    const { output, found } = await examine(url, accessToken, folder);
    console.log(`${each.stack}: ${found.test_cases.generated} cases`);
    expect(found.complete).toBe(true);
    expect(found.operations.tested).toBeGreaterThan(20);
    expect([found.failures, found.errors], output).toEqual([[], []]);
    const failed = server?.log().filter(({ status }) => Number(status) >= 500);
    expect(failed).toEqual([]);
  });
});
