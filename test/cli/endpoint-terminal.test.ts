import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FieldType, fieldTypes } from '../../src/manifest/type-table.ts';
import { accountsWith, projectWith, run, treeOf } from './run-bin.ts';
import { keys, open } from './terminal.ts';

const downTo = (type: FieldType) => keys.down.repeat(fieldTypes.indexOf(type));

const question = {
  name: '? Name of the endpoint',
  first: '? First field',
  next: '? Next field (leave empty to finish)',
  type: (name: string) => `? Type of ${name}`,
  modifiers: (name: string) => `? Modifiers of ${name}, if any`,
  target: '? Endpoint that author refers to',
  pagination: '? Pagination',
  write: '? Write these files? (Y/n)',
};

describe('gen endpoint on a terminal', () => {
  it('asks field by field, refuses a bad answer at once, shows the plan and writes it', async () => {
    const cwd = await projectWith('users name');
    const before = await treeOf(cwd);
    const screen = await open('gen', ['endpoint'], { cwd });
    await screen.see(question.name);
    screen.type('Posts!', keys.enter);
    await screen.see('`Posts!` is not a name.');
    screen.type(keys.clear, 'posts', keys.enter);
    await screen.see(question.first);
    screen.type(keys.enter);
    await screen.see('An endpoint needs at least one field.');
    screen.type('id', keys.enter);
    await screen.see('`id` is reserved.');
    screen.type(keys.clear, 'title', keys.enter);
    await screen.see(question.type('title'));
    screen.type(keys.enter);
    await screen.see(`${question.modifiers('title')} (list optional unique index min=… max=…`);
    screen.type('max=many serach', keys.enter);
    await screen.see('Did you mean `search`?');
    await screen.see('`max` of `title` is `many`. Expected a number');
    screen.type(keys.clear, 'max=120 search', keys.enter);
    await screen.see(question.next);
    screen.type('title', keys.enter);
    await screen.see('`title` is there twice.');
    screen.type(keys.clear, 'status', keys.enter);
    await screen.see(question.type('status'));
    screen.type(downTo('enum'));
    await screen.see('One of these values.');
    screen.type(keys.enter);
    await screen.see('? Values of status, separated by commas');
    screen.type('draft, published', keys.enter);
    await screen.see(question.modifiers('status'));
    screen.type('filter default=draft', keys.enter);
    await screen.see(question.next);
    screen.type('author', keys.enter);
    await screen.see(question.type('author'));
    screen.type(downTo('ref'));
    await screen.see('The id of a row of another endpoint.');
    screen.type(keys.enter);
    await screen.see(question.target);
    screen.type(keys.enter);
    await screen.see(question.modifiers('author'));
    screen.type(keys.enter);
    await screen.see(question.next);
    screen.type('views:integer:default=0', keys.enter);
    await screen.see(question.next);
    screen.type(keys.enter);
    await screen.see(question.pagination);
    screen.type(keys.down, keys.enter);
    await screen.see('   create  src/modules/posts/posts.routes.ts');
    await screen.see(question.write);
    expect(await treeOf(cwd)).toEqual(before);
    screen.type(keys.enter);
    const { code, text } = await screen.end();
    expect(code).toBe(0);
    expect(text).toContain('✓ Added /api/posts with its table and its tests.');
    const last = text.trimEnd().split('\n').at(-1)?.trim();
    expect(last).toBe(
      'npx gen endpoint posts title:string:max=120:search status:enum:draft,published:filter:default=draft author:ref:users views:integer:default=0 --pagination offset',
    );

    const other = await projectWith('users name');
    const repeated = await run('gen', last?.split(' ').slice(2) ?? [], { cwd: other });
    expect(repeated).toMatchObject({ code: 0, stderr: '' });
    const manifest = (tree: Record<string, string>) => JSON.parse(tree['backend.json'] ?? '');
    expect(manifest(await treeOf(other))).toEqual(manifest(await treeOf(cwd)));
  });

  it('offers the users of accounts, one of whom may own the row', async () => {
    const cwd = await accountsWith();
    const args = ['endpoint', 'posts', '--pagination', 'cursor'];
    const screen = await open('gen', args, { cwd });
    await screen.see(question.first);
    screen.type('author', keys.enter);
    await screen.see(question.type('author'));
    screen.type(downTo('ref'), keys.enter);
    await screen.see(question.target);
    await screen.see('users');
    screen.type(keys.enter);
    await screen.see(
      `${question.modifiers('author')} (optional unique index filter private readonly owner)`,
    );
    screen.type('owner optional', keys.enter);
    await screen.see('Every row has an owner');
    screen.type(keys.clear, 'owner', keys.enter);
    await screen.see(question.next);
    screen.type(keys.enter);
    await screen.see(question.write);
    screen.type(keys.enter);
    const { code, text } = await screen.end();
    expect(code).toBe(0);
    expect(text).toContain('npx gen endpoint posts author:ref:users:owner --pagination cursor');
  });

  it('writes nothing when the answer is no, and says how to do it later', async () => {
    const cwd = await projectWith();
    const before = await treeOf(cwd);
    const flags = '--pagination cursor --rate-limit 5/minute --conflict markers';
    const screen = await open('gen', ['endpoint', 'posts', ...flags.split(' ')], { cwd });
    await screen.see(question.first);
    screen.type('title:string:default=$5', keys.enter);
    await screen.see(question.next);
    screen.type(keys.enter);
    await screen.see(question.write);
    screen.type('n', keys.enter);
    const { code, text } = await screen.end();
    expect(code).toBe(1);
    expect(text).toContain('Nothing was written.\n');
    expect(text.endsWith(`  npx gen endpoint posts 'title:string:default=$5' ${flags}\n`)).toBe(
      true,
    );
    expect(await treeOf(cwd)).toEqual(before);
  });

  it.each([
    ['the name', ['endpoint'], question.name, ''],
    ['the fields', ['endpoint', 'posts'], question.first, ''],
    ['the confirmation', ['endpoint', 'posts', '--only', 'create'], question.write, 'title:string'],
  ])('Ctrl-C when asked for %s leaves everything as it was', async (_, args, seen, field) => {
    const cwd = await projectWith();
    const before = await treeOf(cwd);
    const screen = await open('gen', args, { cwd });
    if (field !== '') {
      await screen.see(question.first);
      screen.type(field, keys.enter);
      await screen.see(question.next);
      screen.type(keys.enter);
    }
    await screen.see(seen);
    screen.type(keys.ctrlC);
    const { code, text } = await screen.end();
    expect(code).toBe(130);
    expect(text).toContain('Cancelled. Nothing was written.');
    expect(await treeOf(cwd)).toEqual(before);
  });

  it.each([
    ['a bad name', ['class'], '`class` is a word of TypeScript.', 'npx gen endpoint classes'],
    ['a taken name', ['users'], '`users` exists already', 'npx gen endpoint userEntries'],
    ['a missing parent', ['posts', '--under', 'tags'], 'There is no endpoint `tags`.', '--help'],
    ['no such project', ['posts'], 'There is no backend.json', 'npx create-backend my-api'],
  ])('refuses %s before it asks anything', async (reason, args, found, command) => {
    const project = await projectWith('users name');
    const cwd = reason === 'no such project' ? join(project, '..') : project;
    const { code, text } = await (await open('gen', ['endpoint', ...args], { cwd })).end();
    expect(code).toBe(1);
    expect(text).toContain(found);
    expect(text).toMatch(new RegExp(`\nTry: .*${command}\n$`));
    expect(text).not.toContain('? ');
  });

  it.each([
    ['--yes', ['--yes'], '`posts` has no fields.'],
    ['--json', ['--json'], '"found": "`posts` has no fields."'],
  ])('asks nothing with %s', async (_, flags, found) => {
    const cwd = await projectWith();
    const { code, text } = await (
      await open('gen', ['endpoint', 'posts', ...flags], { cwd })
    ).end();
    expect(code).toBe(1);
    expect(text).toContain(found);
  });

  it('asks nothing when fields are given', async () => {
    const cwd = await projectWith();
    const { code, text } = await (await open('gen', ['endpoint', 'posts', 'title'], { cwd })).end();
    expect(code).toBe(0);
    expect(text).not.toContain('?');
    expect(text).toContain('Added /api/posts with its table');
  });
});
