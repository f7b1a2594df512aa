import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { express } from '../../src/stacks/express/express.ts';
import { byBiome, type File } from './by-biome.ts';
import { longNames } from './long-names.ts';

const rendered = longNames.map(([name, manifest]): [name: string, files: File[]] => {
  const files = [
    ...(name.includes('roles') ? express.renderProject(manifest, '*') : []),
    ...Object.keys(manifest.endpoints).flatMap((each) => express.renderEndpoint(manifest, each)),
  ];
  return [name, files.filter(({ path }) => path.endsWith('.ts'))];
});

const placed = ([name, files]: [string, File[]]) =>
  files.map(({ path, content }) => ({ path: `${name}/${path}`, content }));

let folder: string;
let laidOut: File[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'long-names-'));
  laidOut = byBiome(folder, rendered.flatMap(placed));
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('names and lists of names of any length are laid out as the formatter does', () => {
  it.each(rendered)('%s', (name, files) => {
    const own = laidOut.filter(({ path }) => path.startsWith(`${name}/`));
    expect(own).toEqual(placed([name, files]));
  });
});
