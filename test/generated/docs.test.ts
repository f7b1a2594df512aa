import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { everyEndpoint, ownFolder } from './projects.ts';
import { type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 240_000 });

type Validate = (document: unknown) => Promise<{ valid: boolean; errors?: unknown }>;

let server: Server | undefined;
let url: string;
beforeAll(async () => {
  server = await startServer(await everyEndpoint(), { DATA_DIR: await ownFolder('docs-data') });
  url = server.url;
});
afterAll(() => server?.stop());

it('/openapi.json is valid OpenAPI 3.1 and names every operation once', async () => {
  const document: unknown = await (await fetch(`${url}/openapi.json`)).json();
  const require = createRequire(join(await everyEndpoint(), 'package.json'));
  const validator = pathToFileURL(require.resolve('@seriousme/openapi-schema-validator')).href;
  const { Validator }: { Validator: new () => { validate: Validate } } = await import(validator);
  expect(await new Validator().validate(document)).toMatchObject({ valid: true });

  const operation = z.object({ operationId: z.string() });
  const { openapi, paths } = z
    .object({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), operation)) })
    .parse(document);
  expect(openapi).toMatch(/^3\.1\./);
  const ids = Object.values(paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/people/{authorId}/news', '/news/{id}', '/subscription-translations']),
  );
});

it('/docs loads nothing from another host', async () => {
  const page = await fetch(`${url}/docs`);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  const html = await page.text();
  const references = [...html.matchAll(/(?:src|href|action|srcset)\s*=\s*["']?([^"'\s>]+)/g)];
  const paths = references.map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(2);
  expect(html).not.toMatch(/<script>|@import|url\(/);
  for (const path of paths) {
    expect(path).toMatch(/^\/[^/]/);
    const asset = await fetch(`${url}${path}`);
    expect([path, asset.status]).toEqual([path, 200]);
    if (path.endsWith('.css')) {
      const loaded = [...(await asset.text()).matchAll(/@import[^;]*|url\(([^)]*)\)/g)];
      for (const [, target = '@import'] of loaded) expect(target).toMatch(/^["']?data:/);
    }
  }
  const script = await (await fetch(`${url}/docs/start.js`)).text();
  expect(script).toContain("url: '/openapi.json'");
  expect(script).toContain('validatorUrl: null');
  expect(script).not.toMatch(/\/\//);
});

it.each(['/docs/../package.json', '/docs/%2e%2e/package.json', '/docs/index.html', '/docs/'])(
  'does not serve %s from the folder of the documentation',
  async (path) => {
    const answer = await fetch(`${url}${path}`);
    expect(await answer.text()).not.toMatch(/petstore|"version":/);
  },
);
