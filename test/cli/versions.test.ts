import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { genProgram } from '../../src/cli/gen-program.ts';
import { version } from '../../src/cli/package.ts';
import { pathOf } from '../../src/cli/typed-flags.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import { formatLock } from '../../src/manifest/lock.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { manifestWith } from '../stacks/manifests.ts';
import { argumentsOf, leavesOf, runHere } from './programs.ts';

const manifest = manifestWith({ name: 'posts', fields: ['title:string'] });

/** What tells by which version a project was made, and nothing more. */
async function madeBy(version: string, manifestText = formatManifest(manifest)): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'versions-'));
  await writeFile(join(root, 'backend.json'), manifestText);
  await writeFile(join(root, 'backend.lock.json'), formatLock(version, { manifest, lineage: {} }));
  return root;
}

const files = ['backend.json', 'backend.lock.json'];
const commands = leavesOf(genProgram(stacks)).map((command): [string, string[]] => {
  const path = pathOf(command);
  return [path, [...path.split(' ').slice(1), ...argumentsOf(command)]];
});

/** They bring the code of an earlier version up, or only look at it. */
const forEarlier = ['gen upgrade', 'gen status', 'gen list', 'gen render'];

describe.each(commands)('%s', (_, args) => {
  it.each([
    ['', undefined],
    [' that this one cannot read', '{ "name": "my-api", "surfaces": ["graphql"] }'],
  ])('refuses code of a newer version%s, and writes nothing', async (_what, text) => {
    const root = await madeBy('99.0.0', text);
    const { code, stderr } = await runHere(genProgram(stacks), args, root);
    const said = `The code of this project is of create-backend 99.0.0; this is only ${version}.`;
    expect(stderr).toContain(said);
    expect(stderr).toContain('Try: npm install --save-dev create-backend@99.0.0');
    expect(code).toBe(1);
    expect(await readdir(root)).toEqual(files);
  });
});

describe.each(commands.filter(([path]) => !forEarlier.includes(path)))('%s', (_, args) => {
  it('refuses code of an earlier version, and writes nothing', async () => {
    const root = await madeBy('0.0.1');
    const { code, stderr } = await runHere(genProgram(stacks), args, root);
    const said = `The code of this project is of create-backend 0.0.1; this is ${version}.`;
    expect(stderr).toContain(said);
    expect(stderr).toContain('Try: npx gen upgrade');
    expect(code).toBe(1);
    expect(await readdir(root)).toEqual(files);
  });
});
