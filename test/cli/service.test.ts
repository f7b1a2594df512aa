import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withAccounts } from '../../src/manifest/accounts.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { camelCase } from '../../src/manifest/names.ts';
import { faultOfService } from '../../src/manifest/service-schema.ts';
import { express } from '../../src/stacks/express/express.ts';
import { fastapi } from '../../src/stacks/fastapi/fastapi.ts';
import { accountsManifest } from '../stacks/manifests.ts';
import { projectOn, projectWith, run, treeOf, write } from './run-bin.ts';

const gen = (cwd: string, command: string) => run('gen', command.split(' '), { cwd });
const done = async (cwd: string, command: string) => {
  const { code, stderr } = await gen(cwd, command);
  expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
};
const read = (project: string, path: string) => readFile(join(project, path), 'utf8');

const client = 'src/services/tax-rates/tax-rates.client.ts';

describe('gen service', () => {
  it('adds clients and takes them out without a trace, and keeps what a person wrote', async () => {
    const project = await projectWith('posts title:string');
    const before = await treeOf(project);
    await done(project, 'service payments --required');
    const first = await treeOf(project);
    await done(project, 'service tax-rates');
    expect(JSON.parse(await read(project, 'backend.json'))).toMatchObject({
      services: { payments: { required: true }, taxRates: {} },
    });
    expect(await read(project, 'src/services/upstreams.ts')).toContain("[] = ['payments']");
    const text = await read(project, client);
    await write(project, client, `${text}// mine\n`);
    const again = await gen(project, 'service taxRates --required');
    expect(again.code).toBe(0);
    expect(await read(project, client)).toContain('// mine');
    expect(await read(project, 'src/services/upstreams.ts')).toContain("'taxRates'");
    await write(project, client, text);
    await done(project, 'remove service tax-rates');
    expect(await treeOf(project)).toEqual(first);
    await done(project, 'undo');
    expect(await read(project, client)).toBe(text);
    await done(project, 'remove service taxRates');
    await done(project, 'remove service payments');
    expect(await treeOf(project)).toEqual(before);
  });

  it('keeps what a service has where it is named again', async () => {
    const project = await projectWith();
    await done(project, 'service payments --required');
    const { stdout } = await gen(project, 'service payments --webhook');
    expect(stdout).toContain('Changed the client of payments.');
    const manifest = await read(project, 'backend.json');
    expect(JSON.parse(manifest)).toMatchObject({
      services: { payments: { required: true, webhook: true } },
    });
    expect((await gen(project, 'service payments')).stdout).toContain('Nothing to change');
    expect(await read(project, 'backend.json')).toBe(manifest);
  });

  it('brings a route and a table for events, and drops the table with the last of them', async () => {
    const project = await projectWith('posts title:string');
    await done(project, 'service payments --webhook');
    const { stdout } = await gen(project, 'list');
    expect(stdout).toMatch(/POST +\/api\/webhooks\/payments +public/);
    const refused = await gen(project, 'remove service payments');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--force') });
    await done(project, 'remove service payments --force');
    const left = Object.keys(await treeOf(project)).filter((path) => path.includes('webhook'));
    expect(left.every((path) => path.startsWith('src/db/migrations/'))).toBe(true);
  });

  it.each([
    ['service redis', '`redis` cannot be the name of a service.'],
    ['service 1x', '`1x` cannot be the name of a service.'],
    ['service con', '`con` already means something else'],
    ['service smtp', 'Its setting `SMTP_URL` has a meaning already: expected another name'],
    ['service oidcGoogle', 'Its setting `OIDC_GOOGLE_URL` could be one of OIDC_PROVIDERS'],
    ['service public', 'gen service otherPublic'],
    ['remove service payments', 'There is no service `payments`.'],
    ['remove service', 'The service has no name.'],
  ])('refuses `gen %s`, and writes nothing', async (command, found) => {
    const project = await projectWith('posts title:string');
    const before = await treeOf(project);
    const { code, stderr } = await gen(project, command);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(found) });
    expect(await treeOf(project)).toEqual(before);
  });

  it('leaves the table of events to no endpoint, whichever comes first', async () => {
    const found = '`webhookDeliveries` has the table';
    const refused = { code: 1, stderr: expect.stringContaining(found) };
    const project = await projectWith('webhookDeliveries at:datetime');
    expect(await gen(project, 'service payments --webhook')).toMatchObject(refused);
    await done(project, 'service payments');
    await done(project, 'endpoint rename webhookDeliveries deliveries');
    await done(project, 'service payments --webhook');
    for (const command of [
      'endpoint webhookDeliveries at:datetime',
      'endpoint rename deliveries webhookDeliveries',
    ]) {
      expect(await gen(project, command)).toMatchObject(refused);
    }
    const manifest = await read(project, 'backend.json');
    await write(project, 'backend.json', manifest.replace('"deliveries"', '"webhookDeliveries"'));
    expect(await gen(project, 'apply')).toMatchObject(refused);
  });

  it.each(['express', 'fastapi'])('leaves no trace of services on %s', async (stack) => {
    const project = await projectOn(stack);
    const before = await treeOf(project);
    await done(project, 'service payments --required');
    await done(project, 'service import');
    await done(project, 'remove service import');
    await done(project, 'remove service payments');
    expect(await treeOf(project)).toEqual(before);
  });

  it('brings a route and a table for events in Python too', async () => {
    const project = await projectOn('fastapi');
    const before = await treeOf(project);
    await done(project, 'service payments --webhook');
    expect((await gen(project, 'list')).stdout).toMatch(/POST +\/api\/webhooks\/payments +public/);
    expect(await gen(project, 'remove service payments --force')).toMatchObject({ code: 0 });
    const tree = await treeOf(project);
    const left = Object.keys(tree).filter((path) => before[path] !== tree[path]);
    expect(left.every((path) => /^migrations\/versions\//.test(path))).toBe(true);
  });
});

describe('the settings of services', () => {
  const all: Manifest = withAccounts({
    ...accountsManifest,
    accounts: ['mail', 'browser', 'oidc'],
    graphql: true,
  });

  it.each([
    ['express', express, 'npm'],
    ['fastapi', fastapi, 'uv'],
  ] as const)('are no others that a project on %s has', (_, stack, packageManager) => {
    const files = stack.renderProject({ ...all, packageManager }, '1.0.0');
    const text = files.find(({ path }) => path === '.env.example')?.content ?? '';
    const own = [...text.matchAll(/^# ([A-Z_]+)_(?:URL|KEY|WEBHOOK_SECRET)=/gm)];
    expect(own.length).toBeGreaterThan(3);
    for (const [, words = ''] of own) {
      expect(faultOfService(camelCase(words.toLowerCase()))).toBeDefined();
    }
  });
});
