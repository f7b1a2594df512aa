import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { createApi } from './contract/api.ts';
import { schemasContract } from './contract/schemas.ts';
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
    expect(path).toMatch(/^docs\//);
    const asset = await fetch(`${url}/${path}`);
    expect([path, asset.status]).toEqual([path, 200]);
    if (path.endsWith('.css')) {
      const loaded = [...(await asset.text()).matchAll(/@import[^;]*|url\(([^)]*)\)/g)];
      for (const [, target = '@import'] of loaded) expect(target).toMatch(/^["']?data:/);
    }
  }
  const script = await (await fetch(`${url}/docs/start.js`)).text();
  expect(script).toContain("fetch('openapi.json')");
  expect(script).toContain('validatorUrl: null');
  expect(script).not.toMatch(/\/\//);
});

it('serves of the package of the documentation what the page loads, and nothing else', async () => {
  const require = createRequire(join(await everyEndpoint(), 'package.json'));
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  const served: string[] = [];
  const escapes = ['../package.json', '%2e%2e/package.json', '%2e%2e%2fpackage.json', ''];
  for (const file of [...(await readdir(folder)), ...escapes]) {
    const answer = await fetch(`${url}/docs/${file}`, { redirect: 'manual' });
    if (answer.status === 200) served.push(file);
    expect(await answer.text()).not.toMatch(/petstore|"version":/);
  }
  expect(served.sort()).toEqual(['favicon-32x32.png', 'swagger-ui-bundle.js', 'swagger-ui.css']);
});

describe('what it says of values', () => schemasContract(() => createApi(url)));
