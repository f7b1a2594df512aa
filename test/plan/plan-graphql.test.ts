import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { addEndpoint } from '../../src/manifest/manifest.ts';
import { moveEndpoint } from '../../src/manifest/move-endpoint.ts';
import {
  accountsManifest,
  emptyManifest,
  grown,
  manifestWith,
  withUserFields,
} from '../stacks/manifests.ts';
import type { Texts } from './virtual.ts';
import { apply, plan, projectOf } from './virtual.ts';

const posts = { name: 'posts', fields: ['title:string:filter', 'body:text'] };
const rest = manifestWith(posts);
const both: Manifest = { ...rest, graphql: true };
const module = (file: string) => `src/modules/posts/posts.${file}.ts`;

const made = async (manifest: Manifest): Promise<Texts> => {
  const empty = { ...manifest, endpoints: {} };
  const texts = projectOf(empty);
  const { changes } = await plan(texts, { before: empty, after: manifest });
  return apply(texts, changes);
};

const edited = (texts: Texts, path: string, from: string, to: string): Texts => {
  const text = texts[path] ?? '';
  expect(text).toContain(from);
  return { ...texts, [path]: text.replace(from, to) };
};

const isOfGraphql = (path: string) => /graphql/.test(path) || path === 'src/db/connections.ts';

describe('the setting', () => {
  it('comes back beside files that were kept for their edits, and refuses another file', async () => {
    const hello = "\nbuilder.queryFields((t) => ({ hello: t.string({ resolve: () => 'hi' }) }));\n";
    const texts = await made(both);
    const own = { ...texts, [module('graphql')]: `${texts[module('graphql')]}${hello}` };
    const out = apply(own, (await plan(own, { before: both, after: rest })).changes);
    expect(out[module('graphql')]).toContain(hello);
    const back = await plan(out, { before: rest, after: both });
    expect(back.notices).toMatchObject([{ kind: 'kept', path: module('graphql') }]);
    expect(apply(out, back.changes)).toEqual(own);

    const another = { ...out, [module('graphql')]: hello };
    await expect(plan(another, { before: rest, after: both })).rejects.toThrow(/exists already/);
  });

  it('keeps what the posts of a user are when they get another reference to users', async () => {
    const owned = grown(
      { ...accountsManifest, graphql: true },
      { name: 'posts', fields: ['title'] },
    );
    const asked = grown(
      { ...accountsManifest, graphql: true },
      { name: 'posts', fields: ['title', 'reviewer:ref:users:optional'] },
    );
    const schema = async (manifest: Manifest) => (await made(manifest))['schema.graphql'] ?? '';
    expect(await schema(owned)).toMatch(/^ {2}posts\(/m);
    expect(await schema(asked)).toMatch(/^ {2}postsByReviewer\(/m);
    expect(await schema(asked)).not.toContain('postsByOwner');
  });

  it('adds everything to a project that is there, beside the edits in it', async () => {
    const rule = "      if (query.title === 'secret') throw notFound('post');\n";
    const own = edited(
      edited(
        await made(rest),
        module('service'),
        '      return repository.list',
        `${rule}      return repository.list`,
      ),
      module('repository'),
      '    find(id',
      "    newest: () => stored.orderBy('id', 'desc').executeTakeFirst(),\n\n    find(id",
    );
    const { changes, notices } = await plan(own, { before: rest, after: both });
    expect(notices).toEqual([]);
    const texts = apply(own, changes);
    expect(texts[module('service')]).toContain(rule);
    expect(texts[module('service')]).toContain('connect(connection');
    expect(texts[module('repository')]).toContain('newest: () =>');
    expect(texts[module('repository')]).toContain('findMany(ids');
    const expected = await made(both);
    expect(texts['src/routes.ts']).toContain('router.use(graphqlRoutes(deps));');
    const ours = ['src/routes.ts', module('service'), module('repository')];
    const others = Object.keys(expected).filter((path) => !ours.includes(path));
    for (const path of others) {
      expect([path, texts[path]]).toEqual([path, expected[path]]);
    }
  });

  it('takes everything out again', async () => {
    const texts = await made(both);
    const { changes, notices } = await plan(texts, { before: both, after: rest });
    expect(notices).toEqual([]);
    const without = apply(texts, changes);
    expect(Object.keys(without).filter(isOfGraphql)).toEqual([]);
    expect(without).toEqual(await made(rest));
  });

  it('of an endpoint takes only that one out', async () => {
    const texts = await made(both);
    const endpoint = both.endpoints.posts;
    if (!endpoint) throw new Error('there are no posts');
    const after = addEndpoint(both, 'posts', { ...endpoint, graphql: false });
    const without = apply(texts, (await plan(texts, { before: both, after })).changes);
    expect(without[module('graphql')]).toBeUndefined();
    expect(without['schema.graphql']).not.toContain('Post');
    expect(without['src/graphql/schema.ts']).not.toContain('posts');
  });
});

it('mounts endpoints behind what reads their bodies', async () => {
  const routes = (await made(both))['src/routes.ts'] ?? '';
  expect(routes).toMatch(
    /'\/graphql', readJson[\s\S]*router\.use\(readJson[\s\S]*graphqlRoutes\(deps\)[\s\S]*postsRoutes\(deps\)/,
  );
});

describe('later changes', () => {
  it('of fields are in the type, the inputs and the schema, beside edits', async () => {
    const texts = edited(
      await made(both),
      'schema.graphql',
      'type Post {\n',
      'type Post {\n  answers: Int!\n',
    );
    const fields = { ...both.endpoints.posts?.fields, stars: { type: 'integer' as const } };
    const after = addEndpoint(both, 'posts', { pagination: 'cursor', fields });
    const { changes, notices } = await plan(texts, { before: both, after });
    expect(notices.filter(({ kind }) => kind === 'conflict')).toEqual([]);
    const next = apply(texts, changes);
    expect(next[module('graphql')]).toContain("stars: t.exposeInt('stars')");
    expect(next['schema.graphql']).toMatch(
      /type Post \{\n {2}answers: Int![\s\S]*? {2}stars: Int!/,
    );
  });

  it('rename and remove it everywhere', async () => {
    const texts = await made(both);
    const names = { from: 'posts', to: 'notes' };
    const renamed = moveEndpoint(both, names);
    const change = { before: both, after: renamed, renames: { endpoint: names } };
    const { changes } = await plan(texts, { ...change, about: 'notes' });
    const next = apply(texts, changes);
    expect(next['src/modules/notes/notes.graphql.ts']).toContain('builder.objectType(NoteRef');
    for (const path of ['schema.graphql', 'src/graphql/types.ts', 'src/graphql/schema.ts']) {
      expect(next[path]).not.toMatch(/posts?/i);
    }
    const empty = { ...both, endpoints: {} };
    const removal = await plan(texts, { before: both, after: empty, force: true });
    const none = apply(texts, removal.changes);
    expect(Object.keys(none).filter((path) => path.startsWith('src/modules/'))).toEqual([]);
    expect(none['schema.graphql']).toBe(projectOf(empty)['schema.graphql']);
  });

  it('add another endpoint with relations both ways', async () => {
    const texts = await made(both);
    const comments = { name: 'comments', fields: ['post:ref:posts'] };
    const after = grown(both, comments);
    const next = apply(texts, (await plan(texts, { before: both, after })).changes);
    expect(next['src/modules/comments/comments.graphql.ts']).toContain(
      'builder.objectFields(PostRef',
    );
    expect(next['schema.graphql']).toContain('  post: Post\n');
    expect(next['src/graphql/types.ts']).toContain('CommentRef');
  });
});

it('is not there without it', async () => {
  expect(Object.keys(await made(manifestWith(posts))).filter(isOfGraphql)).toEqual([]);
  expect(emptyManifest).not.toHaveProperty('graphql');
});

describe('users', () => {
  const accounts = { ...accountsManifest, graphql: true };
  const users = (file: string) => `src/modules/users/users.${file}.ts`;
  const planned = async (before: Manifest, after: Manifest) => {
    const texts = await made(before);
    const { changes, notices } = await plan(texts, { before, after, force: true });
    expect(notices.filter(({ kind }) => kind === 'conflict')).toEqual([]);
    return apply(texts, changes);
  };

  it('have their added fields in the type, the inputs and the schema', async () => {
    const after = withUserFields(
      accounts,
      'displayName:string:max=80',
      'pin:string:private:optional',
    );
    const next = await planned(accounts, after);
    expect(next[users('graphql')]).toContain("displayName: t.exposeString('displayName')");
    const schema = next['schema.graphql'] ?? '';
    const typeOf = (name: string) =>
      new RegExp(`(?:type|input) ${name} \\{\\n([^}]*)\\}`).exec(schema)?.[1] ?? '';
    expect(typeOf('User')).toContain('displayName: String!');
    expect(typeOf('User')).not.toContain('pin');
    for (const name of ['CreateUserInput', 'UpdateUserInput', 'UpdateMeInput']) {
      expect([name, typeOf(name)]).toEqual([name, expect.stringContaining('pin: String')]);
    }
    expect(typeOf('UpdateMeInput')).not.toMatch(/role|disabled|email/);
    const bare = await made(accounts);
    const again = await planned(after, accounts);
    for (const path of [users('graphql'), users('graphql.test'), 'schema.graphql']) {
      expect([path, again[path]]).toEqual([path, bare[path]]);
    }
  });

  it('are told by every endpoint whose rows belong to them', async () => {
    const before = grown(accounts, { name: 'notes', fields: ['text'] });
    const own = before.endpoints.users;
    if (!own) throw new Error('there are no users');
    const after = addEndpoint(before, 'users', { ...own, graphql: false });
    const next = await planned(before, after);
    expect(next[users('graphql')]).toBeUndefined();
    expect(next['src/modules/notes/notes.graphql.ts']).not.toMatch(/UserRef|userById/);
    expect(next['schema.graphql']).not.toMatch(/User/);
  });
});
