import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { openSession } from './mcp-session.ts';
import { emptyFolder, projectOn, treeOf, write } from './run-bin.ts';

const planSchema = z.object({ digest: z.string(), files: z.array(z.string()) });

/** Where a stack has the schema of an endpoint, and the line of a title with a length. */
const stacks = [
  {
    stack: 'express',
    schema: 'src/modules/posts/posts.schema.ts',
    routes: 'src/routes.ts',
    line: (max: number) => `  title: text({ min: 1, max: ${max} }),\n`,
  },
  {
    stack: 'fastapi',
    schema: 'app/modules/posts/schemas.py',
    routes: 'app/routes.py',
    line: (max: number) => `PostTitle = Annotated[str, Text(min=1, max=${max})]\n`,
  },
];

async function sessionIn(project: string) {
  const session = await openSession(project);
  onTestFinished(async () => {
    await session.close();
  });
  return session;
}

const endpoint = ['endpoint', 'posts', 'title:string'];
const longer = ['field', 'change', 'posts', 'title:string:max=120'];

describe.each(stacks)('a session of an agent on $stack', ({ stack, schema, routes, line }) => {
  it('creates an endpoint, changes a field, meets a conflict, and is refused a stale plan', async () => {
    const project = await projectOn(stack);
    const { call } = await sessionIn(project);
    const before = await treeOf(project);

    const planned = await call('plan', { command: endpoint });
    expect(planned).toMatchObject({ isError: false, json: { status: 'dry-run', steps: [] } });
    expect(await treeOf(project)).toEqual(before);
    const { digest, files } = planSchema.parse(planned.json);
    expect(files).toContain(`create ${schema}`);
    expect(planned.text).toContain(`+++ b/${routes}`);
    expect(planned.text).not.toContain(`+++ b/${schema}`);
    const whole = await call('plan', { command: ['gen', ...endpoint], newFiles: true });
    expect(whole.text).toContain(`+++ b/${schema}`);
    expect(planSchema.parse(whole.json).digest).toBe(digest);

    const applied = await call('apply', { command: endpoint, digest });
    expect(applied).toMatchObject({ isError: false, json: { status: 'done', digest } });
    expect((await call('routes')).text).toContain('"path":"/api/posts"');

    const widened = planSchema.parse((await call('plan', { command: longer })).json);
    const made = await readFile(join(project, schema), 'utf8');
    expect(made).toContain(line(255));
    await write(project, schema, `${made}\n`);
    const stale = await call('apply', { command: longer, digest: widened.digest });
    expect(stale).toMatchObject({ isError: true, json: { error: { kind: 'user' }, exitCode: 1 } });
    expect(stale.text).toContain(`not \`${widened.digest}\``);
    expect(await readFile(join(project, schema), 'utf8')).toBe(`${made}\n`);

    await write(project, schema, made.replace(line(255), line(99)));
    const met = await call('plan', { command: longer });
    const both = `<<<<<<< yours\n${line(99)}=======\n${line(120)}>>>>>>> generated\n`;
    const notices = [expect.objectContaining({ kind: 'conflict', path: schema, snippet: both })];
    expect(met).toMatchObject({
      isError: false,
      json: { status: 'conflict', notices: expect.arrayContaining(notices) },
    });
    expect(met.text).toContain('--conflict=markers');
    const refused = planSchema.parse(met.json);
    expect(await call('apply', { command: longer, digest: refused.digest })).toMatchObject({
      isError: true,
      json: { status: 'conflict' },
    });

    // As the answer says: apply it with markers, and resolve them.
    const marking = [...longer, '--conflict=markers'];
    const marked = planSchema.parse((await call('plan', { command: marking })).json);
    const written = await call('apply', { command: marking, digest: marked.digest });
    expect(written).toMatchObject({ isError: true, json: { status: 'markers' } });
    expect((await call('status')).text).toContain('"status":"conflict"');
    const text = await readFile(join(project, schema), 'utf8');
    expect(text).toContain(both);
    await write(project, schema, text.replace(both, line(120)));
    expect((await call('status')).json).toMatchObject({ files: [], result: { status: 'current' } });
  });
});

describe('gen mcp', () => {
  it('has four tools and two resources, and says how to use them', async () => {
    const session = await openSession(await projectOn('express'));
    expect(session.server).toMatchObject({ instructions: expect.stringContaining('`apply`') });
    const { result: listed } = await session.ask('tools/list');
    const named = z.object({ tools: z.array(z.object({ name: z.string() })) }).parse(listed);
    expect(named.tools.map(({ name }) => name)).toEqual(['plan', 'apply', 'status', 'routes']);
    // Each message of an agent carries them.
    expect(JSON.stringify(listed).length).toBeLessThan(2000);
    const read = async (uri: string) =>
      JSON.stringify(await session.ask('resources/read', { uri }));
    expect(await read('gen://AGENTS.md')).toContain('# Working on shop');
    expect(await read('gen://backend.schema.json')).toContain('What the path of every endpoint');
    expect(await session.close()).toEqual({ exitCode: 0, stderr: '' });
  });

  it('answers help and mistakes as gen does', async () => {
    const { call, ask } = await sessionIn(await projectOn('express'));
    expect(await call('plan', { command: ['endpoint', '--help'] })).toMatchObject({
      isError: false,
      text: expect.stringContaining('Usage: gen endpoint'),
    });
    expect(await call('plan', { command: ['endpoint', 'posts', 'title:strng'] })).toMatchObject({
      isError: true,
      json: {
        error: {
          problems: [{ found: '`title` has the type `strng`, which does not exist.' }],
          command: 'npx gen endpoint posts title:string --dry-run --json',
        },
        exitCode: 1,
      },
    });
    expect(await call('plan', { command: ['list'] })).toMatchObject({ isError: true });
    for (const tool of ['plan', 'apply']) {
      expect(await call(tool, { command: ['client', '--check'], digest: '0' })).toMatchObject({
        isError: true,
        json: { error: { problems: [{ found: 'The command has no plan.' }] } },
      });
    }
    expect(await call('plan', { command: [] })).toMatchObject({ isError: true });
    expect(await ask('tools/call', { name: 'undo', arguments: {} })).toMatchObject({
      error: { message: expect.stringContaining('undo') },
    });
  });

  it('never writes for a plan, whatever its words', async () => {
    const project = await projectOn('express', 'posts title');
    const { call } = await sessionIn(project);
    const before = await treeOf(project);
    for (const command of [
      ['remove', 'endpoint', 'posts', '--force'],
      ['undo', '--force'],
    ]) {
      expect(await call('plan', { command })).toMatchObject({ json: { status: 'dry-run' } });
    }
    for (const command of [
      ['undo', '--'],
      ['apply', '--', 'x'],
      ['apply-plan', '0', 'undo'],
    ]) {
      await call('plan', { command });
    }
    expect(await treeOf(project)).toEqual(before);
  });

  it('says so where there is no project', async () => {
    const { call, ask } = await sessionIn(await emptyFolder());
    expect(await call('routes')).toMatchObject({
      isError: true,
      text: expect.stringContaining('There is no backend.json in'),
    });
    expect(await ask('resources/read', { uri: 'gen://AGENTS.md' })).toHaveProperty('error');
  });
});
