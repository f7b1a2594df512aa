import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { express } from '../../src/stacks/express/express.ts';
import { isClient, renderClient } from '../../src/stacks/extras/client/render.ts';
import { fastapi } from '../../src/stacks/fastapi/fastapi.ts';
import { byBiome, runBiome } from './by-biome.ts';
import { clientManifest } from './client-manifest.ts';
import { longNames } from './long-names.ts';
import {
  accountsManifest,
  emptyManifest,
  everything,
  manifestWith,
  withUserFields,
} from './manifests.ts';

const fields = ['displayName', 'bio:text:optional:self', 'manager:ref:users:optional'];
const only = (operations: string) =>
  manifestWith({ name: 'logs', fields: ['x'], only: operations });

const manifests: [name: string, manifest: Manifest][] = [
  ['no endpoints', emptyManifest],
  ['every endpoint', manifestWith(...everything)],
  ['accounts', accountsManifest],
  ['accounts with mail', withUserFields({ ...accountsManifest, accounts: ['mail'] }, ...fields)],
  ['accounts for browsers', { ...accountsManifest, accounts: ['browser'] }],
  ['accounts with oidc', { ...accountsManifest, accounts: ['oidc'] }],
  [
    'accounts with all',
    withUserFields({ ...accountsManifest, accounts: ['mail', 'browser', 'oidc'] }, ...fields),
  ],
  ['accounts and endpoints', clientManifest],
  ['only list', only('list')],
  ['only get', only('get')],
  ['only create', only('create')],
  ['only delete', only('delete')],
  ...longNames,
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'client-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const files = manifests.map(([name, manifest]) => ({
  path: `src/${name.replaceAll(' ', '-')}.ts`,
  content: renderClient(manifest),
}));

it('is laid out as the formatter does, and has nothing that the linter minds', () => {
  expect(byBiome(folder, files)).toEqual(files);
  runBiome(folder, files, ['check', '--error-on-warnings', 'src']);
});

it('compiles as strictly as can be asked, for browsers as for Node', () => {
  const root = mkdtempSync(join(folder, 'types-'));
  for (const { path, content } of files) {
    writeFileSync(join(root, path.replace('src/', '')), content);
  }
  const strict = ['strict', 'noUncheckedIndexedAccess', 'exactOptionalPropertyTypes'];
  const unused = ['noUnusedLocals', 'noUnusedParameters', 'verbatimModuleSyntax'];
  const options = {
    ...Object.fromEntries([...strict, ...unused, 'noEmit'].map((each) => [each, true])),
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: [],
  };
  writeFileSync(join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
  const tsc = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url));
  // That of Node are the types of this repository itself: see test/generated/client/types.ts.
  expect(execFileSync(tsc, ['-p', root], { encoding: 'utf8' })).toBe('');
});

it('is the same each time, on both stacks, and only where backend.json says so', () => {
  const asked = { ...clientManifest, client: 'client/api.ts' };
  const ofFastapi = { ...asked, stack: 'fastapi', packageManager: 'uv' };
  const rendered = [
    ...express.renderProject(asked, '1.0.0'),
    ...fastapi.renderProject(ofFastapi, '1.0.0'),
  ].filter(({ path }) => path.startsWith('client/'));
  const content = renderClient(clientManifest);
  expect(rendered).toEqual([
    { path: 'client/api.ts', content },
    { path: 'client/api.ts', content },
  ]);
  expect(isClient(content)).toBe(true);
  const without = express.renderProject(clientManifest, '1.0.0').map(({ path }) => path);
  expect(without.filter((path) => path.startsWith('client/'))).toEqual([]);
});

describe('rows', () => {
  it.each(['arrays', 'promises', 'errors', 'responses', 'lists', 'versioneds', 'ids'])(
    'of `%s` do not take a name that means something else',
    (name) => {
      const text = renderClient(manifestWith({ name, fields: ['x'] }));
      const Name = `${name.slice(0, 1).toUpperCase()}${name.slice(1, -1)}`;
      expect(text).toContain(`export type ${Name}Row = {`);
      expect(text).toContain(`http.get<${Name}Row>(`);
    },
  );

  it('of users have what the callers may see, and fields for oneself are optional', () => {
    const text = renderClient(withUserFields(accountsManifest, ...fields));
    const [, user = ''] = /export type User = \{\n([^}]*)\}/.exec(text) ?? [];
    expect(user.split('\n').map((line) => line.trim())).toEqual([
      'id: Id;',
      'email: string;',
      'role: Role;',
      'disabledAt: Moment | null;',
      'displayName: string;',
      'bio?: string | null;',
      'managerId: Id | null;',
      'createdAt: Moment;',
      'updatedAt: Moment;',
      '',
    ]);
    const [, register = ''] = /export type AuthRegister = \{\n([^}]*)\}/.exec(text) ?? [];
    expect(register).not.toContain('managerId');
  });

  it('never have private fields', () => {
    const text = renderClient(clientManifest);
    const [, item = ''] = /export type NewsItem = \{\n([^}]*)\}/.exec(text) ?? [];
    expect(item).toContain('headline: string;');
    expect(item).not.toContain('token');
    const [, create = ''] = /export type CreateNewsItem = \{\n([^}]*)\}/.exec(text) ?? [];
    expect(create).toContain('token: Id;');
    expect(create).not.toContain('views');
  });
});
