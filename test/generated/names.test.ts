import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import type { Endpoint, Manifest } from '../../src/manifest/manifest.ts';
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

const title = { fields: { title: { type: 'string' as const } }, pagination: 'cursor' as const };

function allEndpoints(): Record<string, Endpoint> {
  const { declared, used } = identifiersOfEndpoints();
  const names = [...declared, ...used];
  const kinds = Object.entries(fieldKinds);
  const ofFields = kinds.map(([kind, field], index) => {
    const some = names.filter((_, at) => isWhole || at % kinds.length === index);
    return endpointsOf(kind, field, some, index % 2 === 0 ? 'cursor' : 'offset');
  });
  const named = endpointsNamedAlike().files.map((name) => [name, title]);
  return Object.assign({ others: title }, ...ofFields, isWhole ? Object.fromEntries(named) : {});
}

describe('a project whose fields are called like what generated code uses itself', () => {
  it('is green', async () => {
    const project = await copyOfNew(await ownFolder('names'));
    const whole: Manifest = { ...emptyManifest, endpoints: allEndpoints() };
    const manifest = parseManifest(formatManifest(whole), 'backend.json', stacks);
    const plurals = Object.keys(manifest.endpoints);
    const files = [
      ...(await renderAll(express, manifest, '*')).filter(({ path }) => path !== 'package.json'),
      ...plurals.map((plural, at) =>
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
    expect(failed.map(({ output }) => output).join('\n')).toBe('');
  });
});
