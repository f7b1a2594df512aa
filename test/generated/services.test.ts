import { createHmac } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { expectGreenIn, testsIn } from './checks.ts';
import { createDatabase } from './postgres.ts';
import { builtTool, createProject, ownFolder } from './projects.ts';
import { waitForStatus } from './requests.ts';
import { mustRun } from './run.ts';
import { type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

const secret = 'a-secret-of-both-sides';
const event = JSON.stringify({ type: 'done', data: { id: 'one' } });

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
}

/** A project with two services and a route of its own, which asks one of them. */
async function onExpress(): Promise<string> {
  const project = await createProject(await ownFolder('services'), '--auth none');
  await mustRun('npx gen service payments --required --webhook', project);
  await mustRun('npx gen service tax-rates', project);
  const route = `  router.get('/charges/:id', async (req, res) => {
    res.json(await deps.upstreams.payments.find(req.params.id));
  });
  return router;`;
  await edit(join(project, 'src/routes.ts'), '  return router;', route);
  await mustRun('npm run build', project);
  return project;
}

async function onFastapi(): Promise<string> {
  const folder = await ownFolder('services-fastapi');
  const project = await createProject(folder, '--auth none --no-git', 'fastapi');
  const tool = await builtTool();
  await mustRun(`node ${tool}/bin/gen.js service payments --required --webhook`, project);
  await mustRun(`node ${tool}/bin/gen.js service tax-rates`, project);
  const charges = `from fastapi import APIRouter

from app.services.payments.schemas import PaymentsAnswer
from app.upstream.clients import Upstreams

router = APIRouter()


@router.get("/charges/{id}", response_model=PaymentsAnswer)
async def find_charge(id: str, upstreams: Upstreams) -> PaymentsAnswer:
    return await upstreams.payments.find(id)
`;
  await writeFile(join(project, 'app/charges.py'), charges);
  const routes = join(project, 'app/routes.py');
  await edit(
    routes,
    'import APIRouter\n',
    'import APIRouter\n\nfrom app.charges import router as charges\n',
  );
  await writeFile(
    routes,
    `${(await readFile(routes, 'utf8')).trimEnd()}\n    api.include_router(charges)\n`,
  );
  return project;
}

const checksOfPython = [
  'uv run ruff check .',
  'uv run ruff format --check .',
  'uv run mypy .',
  `uv run pytest -q ${testsIn('tests/upstream tests/services tests/webhooks tests/test_config.py')}`,
];

const python = '.venv/bin/python -m app';
const both = [
  {
    name: 'Express',
    make: onExpress,
    commands: ['npm run migrate', 'node dist/main.js'],
    check: (project: string) => expectGreenIn(project, 'src/services test/config.test.ts'),
    list: 'npx gen list',
  },
  {
    name: 'FastAPI',
    make: onFastapi,
    commands: [`${python}.db.migrate`, python],
    check: async (project: string) => {
      for (const command of checksOfPython) await mustRun(command, project);
    },
    list: 'uv run python -m gen list',
  },
];

const seconds = (later = 0) => Math.floor(Date.now() / 1000) + later;

function signed(body: string, key = secret, time = seconds()): string {
  const signature = createHmac('sha256', key).update(`${time}.${body}`).digest('hex');
  return `t=${time},v1=${signature}`;
}

/** What answers have in common that refuse something. */
const answerSchema = z.object({ error: z.object({ code: z.string() }) });

type Answer = { status: number; code: unknown };
const large = JSON.stringify('x'.repeat(256 * 1024));

/** What is sent to the route of events, and what is answered: the same on both stacks. */
const deliveries: [name: string, body: string, sign: () => Record<string, string>, Answer][] = [
  ['no signature', event, () => ({}), { status: 401, code: 'UNAUTHENTICATED' }],
  [
    'nonsense',
    event,
    () => ({ 'Webhook-Signature': 'é,t=,v1' }),
    { status: 401, code: 'UNAUTHENTICATED' },
  ],
  [
    'no time',
    event,
    () => ({ 'Webhook-Signature': signed(event).replace(/t=\d+,/, '') }),
    { status: 401, code: 'UNAUTHENTICATED' },
  ],
  [
    'another secret',
    event,
    () => ({ 'Webhook-Signature': signed(event, 'another') }),
    { status: 401, code: 'UNAUTHENTICATED' },
  ],
  [
    'an old time',
    event,
    () => ({ 'Webhook-Signature': signed(event, secret, seconds(-310)) }),
    { status: 401, code: 'UNAUTHENTICATED' },
  ],
  [
    'a time to come',
    event,
    () => ({ 'Webhook-Signature': signed(event, secret, seconds(330)) }),
    { status: 401, code: 'UNAUTHENTICATED' },
  ],
  ['bad JSON, not signed', '{', () => ({}), { status: 401, code: 'UNAUTHENTICATED' }],
  [
    'bad JSON',
    '{',
    () => ({ 'Webhook-Signature': signed('{') }),
    { status: 400, code: 'BAD_REQUEST' },
  ],
  [
    'another form',
    '{}',
    () => ({ 'Webhook-Signature': signed('{}') }),
    { status: 422, code: 'VALIDATION_ERROR' },
  ],
  [
    'too much',
    large,
    () => ({ 'Webhook-Signature': signed(large) }),
    { status: 413, code: 'PAYLOAD_TOO_LARGE' },
  ],
  [
    'what is packed',
    event,
    () => ({ 'Webhook-Signature': signed(event), 'Content-Encoding': 'gzip' }),
    { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' },
  ],
];

describe.each(both)('other services on $name', ({ make, commands, check, list }) => {
  let project: string;
  let server: Server;
  let drop: () => Promise<void>;
  let isBroken = false;
  const asked: IncomingHttpHeaders[] = [];
  const upstream = createServer((req, res) => {
    asked.push(req.headers);
    res.writeHead(isBroken ? 500 : 200, { 'Content-Type': 'application/json' });
    res.end(JSON.stringify({ id: 'one', status: 'done' }));
  });

  beforeAll(async () => {
    project = await make();
    await new Promise<void>((done) => upstream.listen(0, '127.0.0.1', done));
    const address = upstream.address();
    const port = address instanceof Object ? address.port : 0;
    const database = await createDatabase();
    drop = database.drop;
    const env = {
      DATABASE_URL: database.url,
      PAYMENTS_URL: `http://127.0.0.1:${port}`,
      PAYMENTS_KEY: 'the-key',
      PAYMENTS_WEBHOOK_SECRET: secret,
    };
    const [migrate = '', start = ''] = commands;
    await mustRun(migrate, project, env);
    server = await startServer(project, env, start);
  });
  afterAll(async () => {
    await server?.stop();
    upstream.closeAllConnections();
    upstream.close();
    await drop?.();
  });

  const get = (path: string) => fetch(`${server.url}${path}`);
  const deliver = (body: string, headers: Record<string, string>) =>
    fetch(`${server.url}/api/webhooks/payments`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
    });
  /** The pipe of the log may be behind the answer. */
  const logged = (text: string) =>
    vi.waitFor(() => expect(server.log().map(({ msg }) => msg)).toContain(text), 5000);
  const codeOf = async (response: Response): Promise<unknown> =>
    answerSchema.parse(await response.json()).error.code;

  it('passes its checks', () => check(project));

  it('lists the route of events', async () => {
    expect(await mustRun(list, project)).toMatch(/POST +\/api\/webhooks\/payments/);
  });

  it.each(deliveries)('refuses %s', async (_, body, sign, expected) => {
    const response = await deliver(body, sign());
    expect({ status: response.status, code: await codeOf(response) }).toEqual(expected);
  });

  it('takes an event once, also of several at the same time, whatever its media type is', async () => {
    const headers = { 'Webhook-Signature': signed(event), 'Content-Type': 'text/plain' };
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => deliver(event, headers)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([204, 409, 409, 409, 409]);
    expect((await deliver(event, headers)).status).toBe(409);
    await logged('an event arrived');
    const events = server.log().filter(({ msg }) => msg === 'an event arrived');
    expect(events).toMatchObject([{ upstream: 'payments', type: 'done' }]);
  });

  it('passes on the id of a request and the key', async () => {
    const response = await get('/api/charges/one');
    expect([response.status, await response.json()]).toEqual([200, { id: 'one', status: 'done' }]);
    expect(asked.at(-1)).toMatchObject({
      authorization: 'Bearer the-key',
      'x-request-id': response.headers.get('x-request-id'),
    });
  });

  it('is not ready while a required service is away, and is again later', async () => {
    expect((await get('/ready')).status).toBe(200);
    isBroken = true;
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      const response = await get('/api/charges/one');
      statuses.push(response.status);
      expect(await codeOf(response)).toBe('UPSTREAM_UNAVAILABLE');
    }
    expect(statuses).toEqual([502, 503, 503]);
    const refused = await get('/ready');
    expect([refused.status, await refused.json()]).toMatchObject([
      503,
      { error: { code: 'NOT_READY', message: 'Not ready: payments does not respond' } },
    ]);
    await logged('the circuit is open');
    expect(server.output()).not.toContain('the-key');
    isBroken = false;
    await waitForStatus(`${server.url}/ready`, 200, 20_000);
    expect((await get('/api/charges/one')).status).toBe(200);
    await logged('the circuit is closed');
  });
});
