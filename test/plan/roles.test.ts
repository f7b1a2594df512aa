import { describe, expect, it } from 'vitest';
import { withAccounts } from '../../src/manifest/accounts.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import type { Roles } from '../../src/manifest/roles.ts';
import { usualRoles } from '../../src/manifest/roles.ts';
import { accountsManifest, grown } from '../stacks/manifests.ts';
import type { Texts } from './virtual.ts';
import { apply, plan, projectOf } from './virtual.ts';

const accounts = accountsManifest;
const withRoles = (manifest: Manifest, ...names: string[]): Manifest =>
  withAccounts({ ...manifest, roles: { ...usualRoles, names } });

const planned = async (texts: Texts, before: Manifest, after: Manifest) => {
  const { changes, notices } = await plan(texts, { before, after });
  const files = apply(texts, changes);
  const [migration] = changes.filter(({ path }) => /migrations\/2026/.test(path));
  return { files, notices, paths: changes.map(({ path }) => path), migration };
};

describe('a role more in backend.json', () => {
  const before = withRoles(accounts, 'user', 'moderator', 'admin');
  const after = withRoles(accounts, 'user', 'moderator', 'editor', 'admin');

  it('is known to the code, the documentation, and by a migration to the database', async () => {
    const { files, notices, migration } = await planned(projectOf(before), before, after);
    expect(files['src/auth/roles.ts']).toContain(
      "export const roles = ['user', 'moderator', 'editor', 'admin'] as const;",
    );
    expect(files['README.md']).toContain('The roles are `user`, `moderator`, `editor` and `admin`');
    expect(migration?.path).toBe('src/db/migrations/20260131120000_change_roles.ts');
    expect(files[migration?.path ?? '']).toContain(
      "check (role in ('user', 'moderator', 'editor', 'admin'))",
    );
    expect(notices).toEqual([]);
  });

  it('changes no code of an endpoint but its tests, until access names it', async () => {
    const posts = { name: 'posts', fields: ['title'], access: 'read=owner,create=moderator' };
    const [own, next] = [grown(before, posts), grown(after, posts)];
    const made = await planned(projectOf(before), before, own);
    const { paths } = await planned(made.files, own, next);
    expect(paths.filter((path) => path.startsWith('src/modules/posts/'))).toEqual([
      'src/modules/posts/posts.test.ts',
    ]);
  });
});

describe('a role less in backend.json', () => {
  const before = withRoles(accounts, 'user', 'moderator', 'editor', 'admin');
  const after = withRoles(accounts, 'user', 'moderator', 'admin');

  it('stops the migration where users still have it, and the plan warns of that', async () => {
    const { files, notices, migration } = await planned(projectOf(before), before, after);
    expect(notices).toEqual([
      {
        kind: 'warning',
        path: migration?.path,
        message:
          "The migration stops where users still have the role `editor`. Give them another one first: `update users set role = 'user' where role in ('editor')`.",
      },
    ]);
    expect(files[migration?.path ?? '']).toContain(
      "update users set role = ''user'' where role in (''editor'')",
    );
  });
});

describe('roles after a merge of branches', () => {
  const base = withRoles(accounts, 'user', 'moderator', 'admin');
  const ours = withRoles(accounts, 'user', 'moderator', 'editor', 'admin');
  const theirs = withRoles(accounts, 'user', 'moderator', 'support', 'admin');
  const both = withRoles(accounts, 'user', 'moderator', 'editor', 'support', 'admin');

  it.each<[string, Manifest, Manifest, Manifest]>([
    ['both', ours, theirs, both],
    ['ours', ours, base, ours],
    ['theirs', base, theirs, theirs],
    ['neither', ours, theirs, base],
  ])('the database has those of %s that backend.json names', async (_case, one, other, after) => {
    const { changes } = await plan(projectOf(one), {
      before: one,
      after,
      lineage: {},
      others: [{ manifest: other, lineage: {} }],
    });
    const [migration] = changes.filter(({ path }) => /migrations\/2026/.test(path));
    const names = (after.roles?.names ?? []).map((name) => `'${name}'`);
    expect(migration).toMatchObject({
      content: expect.stringContaining(
        `add constraint users_role_check check (role in (${names.join(', ')}))`,
      ),
    });
  });
});

describe('what changes nothing in the database', () => {
  it.each<[string, Roles]>([
    ['the usual roles, said in backend.json', usualRoles],
    ['another order', { ...usualRoles, names: ['admin', 'user', 'moderator'] }],
    ['another role for new users', { ...usualRoles, default: 'moderator', readsAll: [] }],
    ['other readers', { ...usualRoles, readsAll: [] }],
  ])('%s', async (_case, roles) => {
    const { migration } = await planned(
      projectOf(accounts),
      accounts,
      withAccounts({ ...accounts, roles }),
    );
    expect(migration).toBeUndefined();
  });

  it('is the same code where the usual roles are said, and where they are not', () => {
    const { 'backend.json': _, ...said } = projectOf({ ...accounts, roles: usualRoles });
    const { 'backend.json': __, ...unsaid } = projectOf(accounts);
    expect(said).toEqual(unsaid);
  });
});
