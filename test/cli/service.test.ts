import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
    ['remove service payments', 'There is no service `payments`.'],
    ['remove service', 'The service has no name.'],
  ])('refuses `gen %s`, and writes nothing', async (command, found) => {
    const project = await projectWith('posts title:string');
    const before = await treeOf(project);
    const { code, stderr } = await gen(project, command);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(found) });
    expect(await treeOf(project)).toEqual(before);
  });

  it('is not there yet in Python', async () => {
    const project = await projectOn('fastapi');
    const { code, stderr } = await gen(project, 'service payments');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('A backend in Python cannot call other services yet.'),
    });
  });
});
