import { isBuiltin } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { withAccounts } from '../../src/manifest/accounts.ts';
import { express } from '../../src/stacks/express/express.ts';
import { accountsManifest, choicesOfParts, emptyManifest, everything, grown } from './manifests.ts';

const packages = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

const manifests = [
  ...[false, true].map((graphql) => ({ ...emptyManifest, graphql })),
  ...choicesOfParts.map((chosen) => withAccounts({ ...accountsManifest, ...chosen })),
].map((manifest) => ({
  name: `${manifest.auth} ${manifest.accounts?.join() ?? ''} ${manifest.graphql ? 'graphql' : ''}`,
  files: filesOf(grown(manifest, ...everything)),
}));

function filesOf(manifest: typeof emptyManifest) {
  const endpoints = Object.keys(manifest.endpoints);
  const modules = endpoints.flatMap((plural) => express.renderEndpoint(manifest, plural));
  return [...express.renderProject(manifest, '*'), ...modules];
}

/** The packages that a file imports, by their names. */
function importsOf(content: string): string[] {
  const specifiers = [
    ...content.matchAll(/(?:\bfrom |\bimport\(|^import |\bresolve\()'([^']+)'/gm),
  ];
  return specifiers
    .map(([, specifier = '']) => specifier)
    .filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier))
    .map((specifier) =>
      specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

const isOfTests = (path: string) =>
  /^test\/|\.test\.ts$|\.fixtures\.ts$|^vitest\.config\.ts$/.test(path);

// Other tests of projects share what one with every part has installed: none would miss a package.
describe.each(manifests)('a project with accounts: $name', ({ files }) => {
  const text = files.find(({ path }) => path === 'package.json')?.content ?? '';
  const { dependencies, devDependencies } = packages.parse(JSON.parse(text));
  const imported = (isOne: (path: string) => boolean) => {
    const sources = files.filter(({ path }) => path.endsWith('.ts') && isOne(path));
    return new Set(sources.flatMap(({ content }) => importsOf(content)));
  };
  const runs = imported((path) => !isOfTests(path));
  const tests = imported(isOfTests);

  it('has every package that runs among its dependencies, but for one that it can do without', () => {
    const missing = [...runs].filter((name) => !(name in dependencies));
    expect(missing).toEqual(['pino-pretty']);
    expect(devDependencies).toHaveProperty('pino-pretty');
  });

  it('has every package that its tests import', () => {
    expect(tests).toContain('vitest');
    const all = { ...dependencies, ...devDependencies };
    expect([...tests].filter((name) => !(name in all))).toEqual([]);
  });

  it('has no dependency that nothing imports', () => {
    const all = new Set([...runs, ...tests]);
    expect(Object.keys(dependencies).filter((name) => !all.has(name))).toEqual([]);
  });
});
