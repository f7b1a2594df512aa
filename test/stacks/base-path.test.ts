import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEndpoint } from '../../src/manifest/endpoint.ts';
import { addEndpoint, type Manifest } from '../../src/manifest/manifest.ts';
import { express } from '../../src/stacks/express/express.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { accountsManifest } from './manifests.ts';

const { rules } = stacks.express;

const biome = fileURLToPath(new URL('../../node_modules/.bin/biome', import.meta.url));

const config = {
  root: true,
  formatter: { lineWidth: 100, indentStyle: 'space' },
  javascript: { formatter: { quoteStyle: 'single' } },
};

const requests = [
  { name: 'albums', fields: ['title:string:search:sort'], access: 'read=owner' },
  { name: 'songs', fields: ['title', 'album:ref:albums'], under: 'albums', rateLimit: '9/minute' },
];

function manifestAt(basePath: string): Manifest {
  return requests.reduce(
    (manifest: Manifest, request) =>
      addEndpoint(manifest, request.name, parseEndpoint(request, manifest, rules).endpoint),
    { ...accountsManifest, basePath },
  );
}

function filesAt(basePath: string) {
  const manifest = manifestAt(basePath);
  return [
    ...express.renderProject(manifest, '1.0.0'),
    ...Object.keys(manifest.endpoints).flatMap((plural) =>
      express.renderEndpoint(manifest, plural),
    ),
  ];
}

describe('a base path other than /api', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'base-path-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('leaves nothing of /api', () => {
    // Requests that only tests of a part make up, and never send.
    const madeUp = /baseUrl: '\/api'|'\/api\/posts(\?token=hush)?'/g;
    const left = filesAt('/v1').filter(({ content }) =>
      /\/api\b(?!\.ts)/.test(content.replaceAll(madeUp, '')),
    );
    expect(left.map(({ path }) => path)).toEqual([]);
  });

  it('is laid out as Biome does, however long it is', () => {
    for (const length of [2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 21, 24, 27, 30, 35, 40, 45, 50]) {
      const basePath = `/${'v'.repeat(length - 1)}`;
      for (const { path, content } of filesAt(basePath)) {
        if (!path.endsWith('.ts') || !content.includes(basePath)) continue;
        const file = join(folder, `${length}`, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
    }
    writeFileSync(join(folder, 'biome.json'), `${JSON.stringify(config, null, 2)}\n`);
    execFileSync(biome, ['check', '--linter-enabled=false', '.'], { cwd: folder, stdio: 'pipe' });
  });
});
