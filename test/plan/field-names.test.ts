import { describe, expect, it } from 'vitest';
import { parseFieldChange } from '../../src/manifest/field-change.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { wordsOf } from '../manifest/refusal.ts';
import { accountsManifest, grown, manifestWith } from '../stacks/manifests.ts';
import { plan, projectOf } from './virtual.ts';

describe('the two steps that are told instead of a rename', () => {
  const accounts = accountsManifest;
  const told = async (from: string, to: string, under?: string) => {
    const request = { name: 'posts', under };
    const before = grown(accounts, { ...request, fields: ['text', from] });
    const after = grown(accounts, { ...request, fields: ['text', to] });
    const [[name = ''], [next = '']] = [from.split(':'), to.split(':')];
    const renames = { fields: { posts: { [name]: next } } };
    const { notices } = await plan(projectOf(before), { before, after, renames, force: true });
    const messages = notices.flatMap((each) => ('message' in each ? [each.message] : []));
    return { before, after, message: messages.find((each) => each.includes('answer 500')) ?? '' };
  };

  it.each([
    'text:min=1:search',
    'string:unique',
    'enum:a,b:filter',
    "string:default=it's",
    'ref:users',
    'ref:users:unique:filter',
    'ref:users:owner',
    'ref:users:owner:filter',
  ])('can be taken: %s', async (field) => {
    const { before, after, message } = await told(`old:${field}`, `fresh:${field}`);
    const [add = '', last = ''] = [...message.matchAll(/`(gen field [^`]*)`/g)].map(([, it]) => it);
    const fields = wordsOf(add).slice(2);
    const both = parseFieldChange(
      { kind: 'add', endpoint: 'posts', fields },
      before,
      stacks.express.rules,
    ).after;
    expect(Object.keys(both.endpoints.posts?.fields ?? {})).toEqual(['text', 'old', 'fresh']);
    if (field.includes('owner')) {
      expect(message).toContain('edit backend.json so that `fresh` is required and the `owner`');
      const swapped = { before: both, after, renames: {}, command: 'gen apply' };
      await expect(plan(projectOf(both), { ...swapped, force: true })).resolves.toBeDefined();
    } else expect(last).toBe('gen field remove posts old --force');
  });

  it('are not told where only one ref can be there', async () => {
    const { message } = await told('old:ref:users', 'fresh:ref:users', 'users');
    expect(message).toMatch(/Stop them before it runs: `posts` is under `users`/);
  });
});

describe('a field that was called otherwise by hand', () => {
  const cases: [string[], string[], string, string][] = [
    [['title', 'text:text'], ['headline', 'text:text'], 'title', 'headline'],
    [['title', 'note'], ['title', 'slug:string:optional'], 'note', 'slug'],
    [['title', 'writer:ref:people'], ['title', 'author:ref:people'], 'writer', 'author'],
  ];
  it.each(cases)('%j to %j: the refusal names the rename', async (from, to, name, next) => {
    const people = { name: 'people', fields: ['name'] };
    const before = manifestWith(people, { name: 'posts', fields: from });
    const after = manifestWith(people, { name: 'posts', fields: to });
    const refused = plan(projectOf(before), { before, after, command: 'gen apply' });
    await expect(refused).rejects.toMatchObject({
      problems: [{ expected: `A rename to \`${next}\` keeps the data; --force deletes it.` }],
      command: `gen field rename posts ${name} ${next}`,
    });
  });

  it('is not taken for one where nothing tells which', async () => {
    const before = manifestWith({ name: 'posts', fields: ['title', 'note'] });
    const after = manifestWith({ name: 'posts', fields: ['title', 'rank:integer', 'memo:text'] });
    const refused = plan(projectOf(before), { before, after, command: 'gen apply' });
    await expect(refused).rejects.toMatchObject({ command: 'gen apply --force' });
  });
});
