import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { endpointsProblems } from '../../src/manifest/endpoint-rules.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import type { Endpoint } from '../../src/manifest/manifest.ts';
import { parseManifest } from '../../src/manifest/manifest.ts';
import { renderAll } from '../../src/plan/render-all.ts';
import { express } from '../../src/stacks/express/express.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { endpointsNamedAlike, identifiersOfEndpoints } from '../stacks/identifiers.ts';
import { emptyManifest } from '../stacks/manifests.ts';
import { endpointsOf, fieldKinds } from '../stacks/named-alike.ts';
import { copyOfNew, ownFolder } from './projects.ts';
import { run } from './run.ts';

vi.setConfig({ testTimeout: 1_200_000, hookTimeout: 240_000 });

/** With `NAMES=all`, every name as a field of every kind: else each as one kind of field. */
const isWhole = process.env.NAMES === 'all';

type Endpoints = Record<string, Endpoint>;
const title = { fields: { title: { type: 'string' as const } }, pagination: 'cursor' as const };

function endpointsOfFields(): Endpoints {
  const { declared, used } = identifiersOfEndpoints();
  const names = [...declared, ...used];
  const kinds = Object.entries(fieldKinds);
  const ofFields = kinds.map(([kind, field], index) => {
    const some = names.filter((_, at) => isWhole || at % kinds.length === index);
    return endpointsOf(kind, field, some, index % 2 === 0 ? 'cursor' : 'offset');
  });
  return Object.assign({ others: title }, ...ofFields);
}

/** Endpoints that are called so, in as many groups as it takes for none to be in the way of another. */
function endpointsNamed(names: readonly string[]): Endpoints[] {
  const groups: Endpoints[] = [];
  for (const name of names) {
    const fits = groups.find(
      (group) => endpointsProblems({ ...group, [name]: title }).length === 0,
    );
    if (fits) fits[name] = title;
    else groups.push({ [name]: title });
  }
  return groups;
}

/** The endpoints of one project after the other. */
function projects(): Endpoints[] {
  const [first = {}, ...others] = isWhole ? endpointsNamed(endpointsNamedAlike().files) : [];
  return [{ ...endpointsOfFields(), ...first }, ...others];
}

/** What the checks of a project with these endpoints say is wrong. */
async function complaints(project: string, endpoints: Endpoints): Promise<string> {
  const manifest = parseManifest(
    formatManifest({ ...emptyManifest, endpoints }),
    'backend.json',
    stacks,
  );
  const files = [
    ...(await renderAll(express, manifest, '*')).filter(({ path }) => path !== 'package.json'),
    ...Object.keys(endpoints).map((plural, at) =>
      express.renderCreation(manifest, plural, String(20260101000000 + at)),
    ),
  ];
  for (const { path, content } of files) {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), content);
  }
  const checks = ['npm run type-check', 'npm run lint', 'npm run format:check'];
  const results = await Promise.all(checks.map((command) => run(command, project)));
  const failed = results.filter(({ exitCode }) => exitCode !== 0);
  return failed.map(({ output }) => output).join('\n');
}

describe('a project whose fields are called like what generated code uses itself', () => {
  it('is green', async () => {
    for (const [at, endpoints] of projects().entries()) {
      const project = await copyOfNew(await ownFolder(`names-${at}`));
      expect(await complaints(project, endpoints)).toBe('');
    }
  });
});
