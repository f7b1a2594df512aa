import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Manifest } from '../manifest/manifest.ts';
import type { Resource } from '../stacks/resource.ts';
import { stranger } from './client.ts';
import { expectEqual, expectStatus, headerOf } from './expect.ts';
import { BrokenPromise, type Check } from './promise.ts';
import type { World } from './world.ts';

const openApi = z.looseObject({
  openapi: z.string().startsWith('3.1'),
  servers: z.array(z.looseObject({ url: z.string() })).default([]),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

const verbs = {
  list: 'get',
  get: 'get',
  create: 'post',
  replace: 'put',
  update: 'patch',
  delete: 'delete',
} as const;

/** What the service promises beside its endpoints. */
export function serviceChecks(
  manifest: Manifest,
  resources: readonly Resource[],
  world: World,
): Check[] {
  const { client } = world;
  const about = 'service';
  const checks: Check[] = [];
  const add = (promise: string, prove: () => Promise<void>) =>
    checks.push({ about, promise, prove });

  for (const path of ['/health', '/ready']) {
    add(`GET ${path} answers 200`, async () => {
      const { status } = await client.fetch(path);
      if (status !== 200) throw new BrokenPromise(`GET ${path}`, String(status), '200');
    });
  }
  add('a path that is no route is 404', async () => {
    for (const path of ['/no-such-route', '/no-such-route/1']) {
      expectStatus(await client.send('GET', path), 404);
    }
  });
  add('every answer has a new X-Request-Id', async () => {
    const one = headerOf(await client.send('GET', '/no-such-route'), 'x-request-id');
    const answer = await client.send('GET', '/no-such-route');
    if (headerOf(answer, 'x-request-id') === one) {
      throw new BrokenPromise(answer.request, 'the id of another request', 'an id of its own');
    }
  });
  add('headers keep browsers from guessing and framing', async () => {
    const answer = await client.send('GET', '/no-such-route');
    expectEqual(
      answer,
      'X-Content-Type-Options',
      headerOf(answer, 'x-content-type-options'),
      'nosniff',
    );
    headerOf(answer, 'content-security-policy');
    headerOf(answer, 'strict-transport-security');
    const powered = answer.headers.get('x-powered-by');
    if (powered !== null)
      throw new BrokenPromise(answer.request, `X-Powered-By: ${powered}`, 'none');
  });
  add('limits are told by RateLimit headers', async () => {
    const answer = await client.send('GET', '/no-such-route');
    headerOf(answer, 'ratelimit-limit');
    headerOf(answer, 'ratelimit-remaining');
  });
  for (const { names, operations } of resources) {
    const ofList = ['list', 'create'] as const;
    const ofRow = ['get', 'replace', 'update', 'delete'] as const;
    for (const [path, all] of [
      [`/${names.path}`, ofList],
      [`/${names.path}/${randomUUID()}`, ofRow],
    ] as const) {
      const there = all.filter((operation) => operations.has(operation));
      if (there.length === 0) continue;
      const methods = there.flatMap((operation) => {
        const method = verbs[operation].toUpperCase();
        return method === 'GET' ? ['GET', 'HEAD'] : [method];
      });
      const shownPath = path.replace(/[0-9a-f-]{36}$/, ':id');
      checks.push({
        about: names.plural,
        promise: `another method on ${shownPath} is 405 with Allow`,
        prove: async () => {
          const wrong = ['PUT', 'DELETE', 'POST', 'GET'].find(
            (method) => !methods.includes(method),
          );
          if (wrong === undefined) return;
          const as = world.callers.admin ?? world.callers.others[0] ?? stranger;
          const answer = expectStatus(await client.send(wrong, path, { as }), 405);
          const allowed = headerOf(answer, 'allow').split(/, */).sort();
          expectEqual(answer, 'Allow', allowed, methods.toSorted());
        },
      });
    }
  }
  add('/openapi.json is OpenAPI 3.1 and has every operation', async () => {
    const response = await client.fetch('/openapi.json');
    const request = 'GET /openapi.json';
    if (response.status !== 200) throw new BrokenPromise(request, String(response.status), '200');
    const read = openApi.safeParse(await response.json().catch(() => undefined));
    if (!read.success) {
      throw new BrokenPromise(request, z.prettifyError(read.error), 'a document of OpenAPI 3.1');
    }
    const { paths, servers } = read.data;
    // Paths stand below the address of the server (OpenAPI 3.1, 4.8.8).
    const [server] = servers;
    const below = server ? new URL(server.url, 'http://localhost').pathname.replace(/\/$/, '') : '';
    const missing = resources.flatMap(({ names, operations }) =>
      [...operations].flatMap((operation) => {
        const isOfList = operation === 'list' || operation === 'create';
        const path = `${manifest.basePath}/${names.path}${isOfList ? '' : '/{id}'}`;
        const written = path.startsWith(`${below}/`) ? path.slice(below.length) : path;
        return paths[written]?.[verbs[operation]] === undefined
          ? [`${verbs[operation]} ${path}`]
          : [];
      }),
    );
    if (missing.length > 0) {
      throw new BrokenPromise(request, `no ${missing.join(', ')}`, 'every operation');
    }
  });
  return checks;
}
