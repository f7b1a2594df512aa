import { describe, expect, it } from 'vitest';
import type { Change, Plan } from '../../src/manifest/change.ts';
import { digestOf } from '../../src/plan/plan-digest.ts';
import { express } from '../../src/stacks/express/express.ts';
import { fastapi } from '../../src/stacks/fastapi/fastapi.ts';
import { accountsManifest, emptyManifest, manifestWith } from '../stacks/manifests.ts';
import { filesOf, plan, project } from './virtual.ts';

const file = (content: string | Uint8Array): Change => ({ kind: 'create', path: 'a.txt', content });
const planOf = (...changes: Change[]): Plan => ({ changes, steps: [], notices: [] });

describe.each([express, fastapi])('the digest of a plan, stack %#', (stack) => {
  const rules = { posts: { name: 'posts', fields: ['title:string'] } };
  const planned = (clock: string, after = manifestWith(rules.posts)) =>
    plan({}, { stack, files: filesOf({}), clock: new Date(clock), after });

  it('is the same at another time', async () => {
    const [one, other] = [
      await planned('2026-01-31T12:00:00Z'),
      await planned('2027-05-01T00:00:00Z'),
    ];
    expect(one).not.toEqual(other);
    expect(digestOf(one)).toBe(digestOf(other));
    expect(digestOf(one)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is another for another field', async () => {
    const clock = '2026-01-31T12:00:00Z';
    const other = manifestWith({ name: 'posts', fields: ['title:string:max=9'] });
    expect(digestOf(await planned(clock))).not.toBe(digestOf(await planned(clock, other)));
  });
});

describe('the digest of a plan', () => {
  it('is the same whatever the secrets of new accounts', async () => {
    const after = accountsManifest;
    const planned = (secret: string) => plan(project, { after, newSecret: () => secret });
    const [one, other] = [await planned('one'), await planned('other')];
    expect(one).not.toEqual(other);
    expect(digestOf(one)).toBe(digestOf(other));
  });

  it('is another where a file of the project has another text before the change', async () => {
    const routes = 'src/routes.ts';
    const edited = { ...project, [routes]: `// mine\n${project[routes]}` };
    expect(digestOf(await plan(edited))).not.toBe(digestOf(await plan(project)));
  });

  it('is the same in another order of keys, of files and of notices', () => {
    const b: Change = { kind: 'update', path: 'b.txt', before: 'x', content: 'y' };
    const turned: Change = { content: 'y', before: 'x', path: 'b.txt', kind: 'update' };
    const one = { kind: 'same' as const, path: 'c.txt' };
    const other = { kind: 'kept' as const, path: 'd.txt', message: 'you deleted it' };
    const first = { ...planOf(file('1'), b), notices: [one, other] };
    expect(digestOf({ ...planOf(turned, file('1')), notices: [other, one] })).toBe(digestOf(first));
  });

  it.each<[string, Plan, Plan]>([
    ['a content', planOf(file('1')), planOf(file('2'))],
    ['bytes', planOf(file(Buffer.from([1]))), planOf(file(Buffer.from([2])))],
    [
      'a mode',
      planOf({ kind: 'create', path: 'a.txt', content: '', mode: 0o600 }),
      planOf(file('')),
    ],
    ['a path', planOf(file('')), planOf({ kind: 'create', path: 'b.txt', content: '' })],
    [
      'a deleted text',
      planOf({ kind: 'delete', path: 'a.txt', before: '1' }),
      planOf({ kind: 'delete', path: 'a.txt', before: '2' }),
    ],
    [
      'a step',
      planOf(),
      { ...planOf(), steps: [{ kind: 'install', title: 'x', command: 'npm', args: ['install'] }] },
    ],
    [
      'a warning',
      planOf(),
      { ...planOf(), notices: [{ kind: 'warning', path: 'a.txt', message: 'rows may be lost' }] },
    ],
  ])('is another with another %s', (_what, one, other) => {
    expect(digestOf(one)).not.toBe(digestOf(other));
  });

  it('tells the migrations of one plan apart, and the timestamps that people wrote', () => {
    const migration = (stamp: string, content: string): Change => ({
      kind: 'create',
      path: `migrations/${stamp}_change.ts`,
      content,
    });
    const [first, second, old] = ['20260131120000', '20260131120001', '20200101000000'];
    const both = (one: string, two: string, note: string) =>
      digestOf(planOf(migration(first, one), migration(second, two), file(note)));
    expect(both(first, second, old)).not.toBe(both(second, first, old));
    expect(both(first, second, old)).not.toBe(both(first, second, '20200101000001'));
  });

  it('is that of nothing for an empty plan', async () => {
    const nothing = await plan(project, { after: emptyManifest, command: 'gen apply' });
    expect(digestOf(nothing)).toMatch(/^[0-9a-f]{32}$/);
  });
});
