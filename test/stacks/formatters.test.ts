import { describe, expect, it } from 'vitest';
import { express } from '../../src/stacks/express/express.ts';
import { emptyManifest } from './manifests.ts';

const [biome, prettier] = express.formatters;
const rendered = express
  .renderProject(emptyManifest, '*')
  .find(({ path }) => path === 'biome.json')?.content;
const usual: Record<string, unknown> = JSON.parse(rendered ?? '');

describe('what biome.json says of the layout', () => {
  it.each<[string, object, string]>([
    ['nothing else than is rendered', {}, 'usual'],
    ['other rules of the linter', { linter: { enabled: false } }, 'usual'],
    ['other files', { files: { includes: ['src/**'] } }, 'usual'],
    [
      'overrides of the linter',
      { overrides: [{ includes: ['a'], linter: { enabled: false } }] },
      'usual',
    ],
    ['other options', { formatter: { lineWidth: 120 } }, 'own'],
    ['options of one language', { json: { formatter: { indentStyle: 'tab' } } }, 'own'],
    [
      'overrides of the layout',
      { overrides: [{ includes: ['a'], formatter: { lineWidth: 80 } }] },
      'own',
    ],
    ['options that go on elsewhere', { extends: ['./other.json'] }, 'own'],
    ['that it is nested', { root: false }, 'usual'],
    ['that it goes on above', { root: false, extends: '//' }, 'own'],
    ['that nothing is laid out', { formatter: { enabled: false } }, 'nothing'],
  ])('%s', (_, more, said) => {
    expect(biome?.says('biome.json', JSON.stringify({ ...usual, ...more }))).toBe(said);
  });

  it('what only Biome can read', () => {
    expect(biome?.says('biome.jsonc', '// Ours.\n{}')).toBe('own');
  });
});

describe('what package.json says of Prettier', () => {
  it.each<[string, object, string]>([
    ['its options', { prettier: {} }, 'own'],
    ['that it is used', { devDependencies: { prettier: '3' } }, 'own'],
    ['nothing', { devDependencies: { '@biomejs/biome': '2' } }, 'nothing'],
  ])('%s', (_, text, said) => {
    expect(prettier?.says('package.json', JSON.stringify(text))).toBe(said);
  });
});
