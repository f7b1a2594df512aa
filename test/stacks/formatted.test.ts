import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { express } from '../../src/stacks/express/express.ts';
import { accountsManifest, emptyManifest, everything, grown, manifestWith } from './manifests.ts';

const BIOME = fileURLToPath(new URL('../../node_modules/.bin/biome', import.meta.url));
const snapshots = fileURLToPath(new URL('../snapshots/', import.meta.url));

type File = { path: string; content: string };

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
const { $schema, vcs, ...settings } = JSON.parse(contentOf(project, 'biome.json'));

const manifest = manifestWith(...everything);
const rendered: [name: string, files: File[]][] = [
  ...readdirSync(snapshots).map((name): [string, File[]] => [name, filesOf(name)]),
  [
    'the tests of every type and modifier',
    Object.keys(manifest.endpoints).flatMap((plural) => express.renderEndpoint(manifest, plural)),
  ],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'formatted-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A folder with the files, and with the options of a project. */
function written(files: readonly File[]): string {
  const root = mkdtempSync(join(folder, 'project-'));
  writeFileSync(join(root, 'biome.json'), JSON.stringify({ root: true, ...settings }));
  for (const { path, content } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** The files as Biome lays them out with the options of a project. */
function byBiome(files: readonly File[]): File[] {
  const root = written(files);
  execFileSync(BIOME, ['format', '--write', '.'], { cwd: root, stdio: 'pipe' });
  return files.map(({ path }) => ({ path, content: readFileSync(join(root, path), 'utf8') }));
}

describe('the formatter changes no line, and so leaves no line too long that it could break', () => {
  it.each(rendered)('%s', (_, files) => {
    const sources = files.filter(({ path }) => /\.(ts|json)$/.test(path) && path !== 'biome.json');
    expect(byBiome(sources)).toEqual(sources);
  });
});

it.each([
  ['without accounts', emptyManifest],
  ['with accounts', accountsManifest],
])('an endpoint whose fields only the server sets has nothing unused, %s', (_, around) => {
  const shown = grown(around, { name: 'logs', fields: ['seenAt:datetime:readonly:optional'] });
  const root = written(express.renderEndpoint(shown, 'logs'));
  execFileSync(BIOME, ['check', '--error-on-warnings', 'src'], { cwd: root, stdio: 'pipe' });
});

it('is the formatter that a project has', () => {
  const versionIn = (text: string): unknown => JSON.parse(text).devDependencies['@biomejs/biome'];
  const own = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  expect(versionIn(contentOf(project, 'package.json'))).toBe(versionIn(own));
});
