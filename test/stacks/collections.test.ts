import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { planCollection } from '../../src/stacks/extras/collections/plan-collection.ts';
import { type Yaml, yamlText } from '../../src/stacks/extras/collections/yaml.ts';
import { renderExtras } from '../../src/stacks/extras/extras.ts';
import type { RenderedFile } from '../../src/stacks/stack.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { byBiome } from './by-biome.ts';
import { accountsManifest, emptyManifest, everything, grown, manifestWith } from './manifests.ts';

const wanted = (manifest: Manifest): Manifest => ({ ...manifest, collections: true });

const owned = grown(
  accountsManifest,
  { name: 'topics', fields: ['title:string:unique'], access: 'create=admin,delete=admin' },
  { name: 'posts', fields: ['title', 'topic:ref:topics', 'parent:ref:posts:optional'] },
  { name: 'comments', fields: ['text:text', 'author:ref:users:owner'], under: 'posts' },
);
const projects: [name: string, manifest: Manifest][] = [
  ['nothing', wanted(emptyManifest)],
  ['every type and operation', wanted(manifestWith(...everything))],
  ['accounts', wanted(owned)],
  ['GraphQL', wanted({ ...manifestWith(...everything), graphql: true })],
  ['accounts and GraphQL', wanted({ ...owned, graphql: true })],
  ['accounts with mail', wanted({ ...owned, accounts: ['mail'] })],
];

const contentOf = (files: readonly RenderedFile[], path: string) =>
  files.find((file) => file.path === path)?.content ?? '';

/** The requests of the folder for GraphQL, by their names. */
const graphqlOf = (manifest: Manifest) =>
  planCollection(manifest)
    .folders.filter(({ name }) => name === 'graphql')
    .flatMap(({ requests }) => requests.map(({ name }) => name));

it('have GraphQL only where the project has it, for each endpoint that is in it', () => {
  expect(graphqlOf(wanted(owned))).toEqual([]);
  const logs = { name: 'logs', fields: ['kind:enum:a-b,c'], only: 'list,create' };
  const hidden = { name: 'hidden', fields: ['x'], graphql: 'false' };
  const all = wanted(grown({ ...owned, graphql: true }, logs, hidden));
  expect(graphqlOf(all)).toEqual([
    'Query who signed in',
    'Query logs',
    'Create another log',
    'Refuse who has not signed in, of logs',
    'Query topics',
    'Change the topic',
    'Refuse who has not signed in, of topics',
    'Query posts',
    'Change the post',
    'Refuse who has not signed in, of posts',
    'Query comments',
    'Change the comment',
    'Refuse who has not signed in, of comments',
  ]);
  const text = renderExtras(all)
    .map(({ content }) => content)
    .join();
  expect(text).toContain('A_B');
});

describe.each(projects)('the collections of a project with %s', (_, manifest) => {
  const files = renderExtras(manifest);
  const { folders } = planCollection(manifest);

  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'collections-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are the same at each time, on every stack', async () => {
    const rendered = async (stack: keyof typeof stacks) => {
      const { renderProject } = await stacks[stack].load();
      const all = renderProject({ ...manifest, stack }, '1.0.0');
      return all.filter(({ path }) => path.startsWith('collections/'));
    };
    expect(await rendered('express')).toEqual(files);
    if (manifest.accounts === undefined) expect(await rendered('fastapi')).toEqual(files);
  });

  it('are laid out as the formatter does', () => {
    const sources = files.filter(({ path }) => path.endsWith('.json'));
    expect(sources).not.toEqual([]);
    expect(byBiome(folder, sources)).toEqual(sources);
  });

  it('have a file for each request, and no id twice', () => {
    const paths = files.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    const asked = folders.flatMap(({ requests }) => requests);
    const inBruno = paths.filter((path) => /bruno\/.*\/(?!folder)[^/]*\.yml$/.test(path));
    expect(inBruno.length).toBe(asked.length + 1);
    const postman = JSON.stringify(
      JSON.parse(contentOf(files, 'collections/postman/collection.json')),
    );
    const ids = [...postman.matchAll(/"(?:id|_postman_id)":"([^"]*)"/g)].map(([, id]) => id);
    expect(ids.length).toBe(asked.length + 1);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('say the same in the files of every tool', () => {
    const insomnia = z
      .object({
        collection: z.array(z.object({ children: z.array(z.looseObject({ name: z.string() })) })),
      })
      .parse(parse(contentOf(files, 'collections/insomnia.yaml')));
    const named = folders.map(({ requests }) => requests.map(({ name }) => name));
    expect(insomnia.collection.map(({ children }) => children.map(({ name }) => name))).toEqual(
      named,
    );
  });

  it('set each variable that a request names before it is sent', () => {
    const known = new Set(['baseUrl', 'email', 'password', 'nobody']);
    const bruno = folders.flatMap(({ requests }) => requests);
    for (const { name, path, body = '', headers = {}, as = '', before, after } of bruno) {
      const scripts = [...before, ...after].map((line) => line(spy(known)));
      expect(scripts.join('\n')).not.toContain('undefined');
      const texts = [path, body, ...Object.values(headers), `{{${as || 'nobody'}}}`].join('\n');
      const used = [...texts.matchAll(/\{\{(\w+)\}\}/g)].map(([, variable = '']) => variable);
      expect([name, used.filter((variable) => !known.has(variable))]).toEqual([name, []]);
    }
  });
});

/** A tool that tells which variables are set. */
function spy(known: Set<string>) {
  return {
    get: () => 'x',
    given: () => 'x',
    set: (name: string) => {
      known.add(name);
      return 'x';
    },
    skip: 'x',
    status: 'x',
    body: 'x',
    header: () => 'x',
    test: 'x',
    expect: 'x',
  };
}

it('is nothing where nobody asked for it', () => {
  expect(renderExtras(emptyManifest)).toEqual([]);
});

it.each<[name: string, value: Yaml]>([
  [
    'texts',
    { a: 'plain text', b: 'yes', c: '1', d: '', e: ' x', f: 'a: b # c', g: "it's {{ _.x }}" },
  ],
  ['lines', { code: 'one\n\n  two\n{"three": 3}', last: 'ends\n', first: '  indented\nnot' }],
  ['lists', { list: ['a', 1, true, { b: 'c', d: ['e'] }, ['f', 'g']], none: [], nothing: {} }],
])('writes YAML that says the same: %s', (_, value) => {
  expect(parse(yamlText(value))).toEqual(value);
});
