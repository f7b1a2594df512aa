import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withAccounts } from '../../src/manifest/accounts.ts';
import { express } from '../../src/stacks/express/express.ts';
import { byBiome, type File, runBiome } from './by-biome.ts';
import {
  accountsManifest,
  choicesOfParts,
  emptyManifest,
  everything,
  grown,
  manifestWith,
  servicesNamedAlike,
} from './manifests.ts';
import { oldShapes } from './old-shapes.ts';

const snapshots = fileURLToPath(new URL('../snapshots/', import.meta.url));

/** The files that a snapshot holds. */
function filesOf(name: string): File[] {
  const text = readFileSync(join(snapshots, name), 'utf8');
  const parts = text.split(/^=== (.*)\n/m).slice(1);
  return parts.flatMap((path, at) =>
    at % 2 === 0 ? [{ path, content: `${parts[at + 1]?.trimEnd()}\n` }] : [],
  );
}

const contentOf = (files: File[], path: string) =>
  files.find((file) => file.path === path)?.content ?? '';

const project = filesOf('project.txt');

const manifest = manifestWith(...everything);
const withOldShapes = [emptyManifest, accountsManifest].map(oldShapes);
const rendered: [name: string, files: File[]][] = [
  ...readdirSync(snapshots).map((name): [string, File[]] => [name, filesOf(name)]),
  [
    'the tests of every type and modifier',
    Object.keys(manifest.endpoints).flatMap((plural) => express.renderEndpoint(manifest, plural)),
  ],
  ...withOldShapes.map((each): [string, File[]] => [
    `old versions, accounts: ${each.auth}`,
    [
      ...express.renderProject(each, '0.3.0'),
      ...Object.keys(each.endpoints).flatMap((plural) => express.renderEndpoint(each, plural)),
    ],
  ]),
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'formatted-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the formatter changes no line, and so leaves no line too long that it could break', () => {
  it.each(rendered)('%s', (_, files) => {
    const sources = files.filter(({ path }) => /\.(ts|json)$/.test(path) && path !== 'biome.json');
    expect(byBiome(folder, sources)).toEqual(sources);
  });
});

it.each([
  ['without accounts', emptyManifest],
  ['with accounts', accountsManifest],
])('an endpoint whose fields only the server sets has nothing unused, %s', (_, around) => {
  const shown = grown(around, { name: 'logs', fields: ['seenAt:datetime:readonly:optional'] });
  const files = express.renderEndpoint(shown, 'logs');
  runBiome(folder, files, ['check', '--error-on-warnings', 'src']);
});

it.each(choicesOfParts)(
  'a project with $accounts and GraphQL: $graphql passes its check',
  (chosen) => {
    const files = express.renderProject(withAccounts({ ...accountsManifest, ...chosen }), '*');
    const sources = files.filter(({ path }) => path.endsWith('.ts'));
    runBiome(folder, sources, ['check', '--error-on-warnings', 'src', 'test']);
  },
);

it.each([
  ['without accounts', emptyManifest],
  ['with accounts', accountsManifest],
])('clients of services pass its check whatever their names are, %s', (_, around) => {
  const files = express.renderProject({ ...around, services: servicesNamedAlike }, '*');
  const sources = files.filter(({ path }) => path.endsWith('.ts'));
  runBiome(folder, sources, ['check', '--error-on-warnings', 'src', 'test']);
});

it('is the formatter that a project has', () => {
  const versionIn = (text: string): unknown => JSON.parse(text).devDependencies['@biomejs/biome'];
  const own = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  expect(versionIn(contentOf(project, 'package.json'))).toBe(versionIn(own));
});
