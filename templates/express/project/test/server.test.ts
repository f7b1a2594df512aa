import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import express, { type Express } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { createAppServer } from '../src/http/server.ts';
import { listen } from './listen.ts';

let servers: Server[] = [];
afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
});

/** Everything that Express adds to a request or a response, and some of what Node has. */
function sample(): Express {
  const app = express();
  app.set('trust proxy', 1);
  app.use(express.json());
  app.get('/json', (req, res) => {
    res.json({
      ip: req.ip,
      host: req.hostname,
      secure: req.secure,
      query: req.query,
      path: req.path,
    });
  });
  app.get('/head', (req, res) => {
    res
      .set('X-Seen', String(req.get('x-sent')))
      .cookie('a', 'b')
      .status(202)
      .send('text');
  });
  app.get('/redirect', (_req, res) => res.redirect('/json'));
  app.get('/file', (_req, res) => res.sendFile('package.json', { root: process.cwd() }));
  app.get('/accepts', (req, res) => res.send(`${req.accepts('json', 'html')} ${req.is('json')}`));
  app.get('/fails', async () => {
    throw Object.assign(new Error('teapot'), { status: 418 });
  });
  app.post('/echo', (req, res) => res.type('json').send(req.body));
  const mounted = express();
  mounted.get('/inner', (req, res) => res.json({ base: req.baseUrl, same: req.app === mounted }));
  app.use('/outer', mounted);
  const router = express.Router();
  router.get('/:id', (req, res) => res.json({ id: req.params.id, app: req.app === app }));
  app.use('/router', router);
  return app;
}

async function answersOf(server: Server) {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const answers: unknown[] = [];
  const paths = ['/json?a=1', '/head', '/redirect', '/file', '/accepts', '/fails', '/nowhere'];
  for (const path of [...paths, '/outer/inner', '/router/7', '/echo']) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      redirect: 'manual',
      headers: { 'X-Sent': 'yes', Accept: 'text/html', 'Content-Type': 'application/json' },
      ...(path === '/echo' && { method: 'POST', body: '{"a":[1]}' }),
    });
    const headers = Object.fromEntries(response.headers);
    delete headers.date;
    delete headers['last-modified'];
    const body = (await response.text()).replaceAll(String(port), 'PORT');
    answers.push([path, response.status, headers, body]);
  }
  return answers;
}

describe('createAppServer', () => {
  it('answers exactly as a server without it', async () => {
    process.env.NODE_ENV = 'test';
    expect(await answersOf(createAppServer(sample()))).toEqual(
      await answersOf(createServer(sample())),
    );
  });

  it('spares Express the change of prototypes', async () => {
    const app = sample();
    app.get('/prototypes', (req, res) => {
      res.json([Object.getPrototypeOf(req) === app.request, req.constructor.name]);
    });
    const server = createAppServer(app);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const response = await fetch(`http://127.0.0.1:${port}/prototypes`);
    expect(await response.json()).toEqual([true, 'AppRequest']);
  });
});

describe('its connections', () => {
  const slow = () => {
    const app = express();
    app.get('/', async (_req, res) => {
      await sleep(50);
      res.send('here');
    });
    return app;
  };
  const ask = (port: number, agent: Agent) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request({ port, agent }, (answer) => resolve(answer.resume()));
      asked.on('error', reject).end();
    });

  it('are kept for the next request, and end with an answer once it is stopping', async () => {
    const stop = new AbortController();
    const options = { keepAliveTimeout: 70_000, stopping: stop.signal };
    const server = createAppServer(slow(), options);
    expect(server.headersTimeout).toBeGreaterThan(server.keepAliveTimeout);
    const { port, close } = await listen(server);
    const agent = new Agent({ keepAlive: true });
    expect((await ask(port, agent)).headers).toMatchObject({
      connection: 'keep-alive',
      'keep-alive': 'timeout=70',
    });
    const underWay = ask(port, agent);
    stop.abort();
    expect((await underWay).headers.connection).toBe('close');
    agent.destroy();
    await close();
  });
});
