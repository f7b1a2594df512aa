import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import { formatLock, LOCK } from '../../src/manifest/lock.ts';
import { parseManifest } from '../../src/manifest/manifest.ts';
import { stacks } from '../../src/stacks/stacks.ts';

const original = 'samples';

/** Makes a project with one endpoint by the tool, then copies that endpoint until there are `count`. */
export function makeProject(root: string, bins: string, count: number): void {
  const run = (bin: string, args: string[], cwd: string) =>
    execFileSync(process.execPath, [join(bins, bin), ...args], { cwd, stdio: 'ignore' });
  run('create-backend.js', [root, '--yes', '--no-install', '--no-git'], bins);
  run('gen.js', ['endpoint', original, 'title:string:search', 'price:decimal:filter:sort'], root);
  const names = Array.from({ length: count - 1 }, (_, index) => `sample${letters(index)}s`);
  for (const name of names) copyModule(root, name);
  repeatLines(root, 'src/routes.ts', names);
  repeatLines(root, 'src/db/tables.ts', names);

  const path = join(root, 'backend.json');
  const json = JSON.parse(readFileSync(path, 'utf8'));
  for (const name of names) json.endpoints[name] = json.endpoints[original];
  const applied = parseManifest(JSON.stringify(json), path, stacks);
  writeFileSync(path, formatManifest(applied));
  const lock = join(root, LOCK);
  const { version } = JSON.parse(readFileSync(lock, 'utf8'));
  writeFileSync(lock, formatLock(version, { manifest: applied, lineage: {} }));
}

function copyModule(root: string, name: string): void {
  const module = join(root, 'src/modules');
  cpSync(join(module, original), join(module, name), { recursive: true });
}

/** Each line that names the endpoint, once more for each of the others. */
function repeatLines(root: string, file: string, names: string[]): void {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const repeated = lines.flatMap((line) =>
    /samples/i.test(line) ? [line, ...names.map((name) => rename(line, name))] : [line],
  );
  writeFileSync(join(root, file), repeated.join('\n'));
}

function rename(line: string, name: string): string {
  const capital = name.slice(0, 1).toUpperCase() + name.slice(1);
  return line.replaceAll('Samples', capital).replaceAll(original, name);
}

/** `aaa`, `aab`, …: names that no rule of plurals changes. */
export function letters(index: number): string {
  const letter = (power: number) => 'abcdefghkl'[Math.floor(index / 10 ** power) % 10] ?? '';
  return [3, 2, 1, 0].map(letter).join('');
}
