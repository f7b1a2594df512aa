import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { express } from '../../src/stacks/express/express.ts';
import { emptyManifest } from './manifests.ts';

const BIOME = fileURLToPath(new URL('../../node_modules/.bin/biome', import.meta.url));

export type File = { path: string; content: string };

/** Runs Biome with the options of a project in a new folder of those files, below `folder`. */
export function runBiome(folder: string, files: readonly File[], args: string[]): string {
  const root = mkdtempSync(join(folder, 'project-'));
  const { $schema, vcs, ...settings } = JSON.parse(optionsOf());
  writeFileSync(join(root, 'biome.json'), JSON.stringify({ root: true, ...settings }));
  for (const { path, content } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  execFileSync(BIOME, args, { cwd: root, stdio: 'pipe' });
  return root;
}

/** The files as Biome lays them out with the options of a project. */
export function byBiome(folder: string, files: readonly File[]): File[] {
  const root = runBiome(folder, files, ['format', '--write', '.']);
  return files.map(({ path }) => ({ path, content: readFileSync(join(root, path), 'utf8') }));
}

function optionsOf(): string {
  const files = express.renderProject(emptyManifest, '*');
  return files.find(({ path }) => path === 'biome.json')?.content ?? '{}';
}
