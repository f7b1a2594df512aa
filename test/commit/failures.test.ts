import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { commit } from '../../src/commit/commit.ts';
import { createProject } from '../../src/commit/create.ts';
import type { Disk } from '../../src/commit/disk.ts';
import { recover } from '../../src/commit/recover.ts';
import type { Change } from '../../src/manifest/change.ts';
import { newFolder } from './folder.ts';
import { CHANGES, CREATES, writeSample } from './sample.ts';
import { failure, treeOf, watched } from './tree.ts';

type Scene = {
  prepare: (root: string) => Promise<void>;
  act: (root: string, disk: Disk) => Promise<void>;
};

const SCENES: [string, Scene][] = [
  ['commit', { prepare: writeSample, act: (root, disk) => commit(root, CHANGES, disk) }],
  [
    'createProject, nothing there',
    { prepare: async () => {}, act: (root, disk) => createProject(root, CREATES, disk) },
  ],
  [
    'createProject, no parent',
    {
      prepare: async () => {},
      act: (root, disk) => createProject(join(root, 'a/b'), CREATES, disk),
    },
  ],
  [
    'createProject, an empty folder',
    {
      prepare: async (root) => {
        await mkdir(join(root, '.git'), { recursive: true });
      },
      act: (root, disk) => createProject(root, CREATES, disk),
    },
  ],
  [
    'createProject, a new repository',
    {
      prepare: async (root) => {
        await mkdir(join(root, '.git'), { recursive: true });
        await writeFile(join(root, 'README.md'), '# Shop');
        await writeFile(join(root, '.gitignore'), '*.swp');
      },
      act: (root, disk) => createProject(root, [...CREATES, IGNORED], disk),
    },
  ],
];

const IGNORED: Change = {
  kind: 'update',
  path: '.gitignore',
  before: '*.swp',
  content: '*.swp\nnode_modules/\n',
};

/** A scene on a fresh folder, so that what stands beside the project is compared too. */
async function scene({
  prepare,
}: Scene): Promise<{ root: string; tree: () => ReturnType<typeof treeOf> }> {
  const root = await newFolder();
  await prepare(root);
  return { root, tree: () => treeOf(dirname(root)) };
}

/** The trees before and after, and the number of operations between. */
async function dryPass(it: Scene) {
  const { root, tree } = await scene(it);
  const old = await tree();
  let operations = 0;
  await it.act(
    root,
    watched(() => operations++),
  );
  const result = { old, new: await tree(), operations };
  await rm(dirname(root), { recursive: true });
  return result;
}

const outcome = (promise: Promise<void>) =>
  promise.then(
    () => 'done',
    () => 'failed',
  );

it.each(SCENES)(
  '%s: any one operation fails',
  async (_, it) => {
    const dry = await dryPass(it);
    expect(dry.operations).toBeGreaterThan(15);
    let failed = 0;
    for (let at = 0; at < dry.operations; at++) {
      const { root, tree } = await scene(it);
      const disk = watched((index) => {
        if (index === at) throw failure(at % 5 === 0 ? 'ENOSPC' : 'EIO');
      });
      const result = await outcome(it.act(root, disk));
      // Only the cleaning up after the commit may fail unnoticed; the next command does it.
      if (result === 'done') await recover(root);
      else failed++;
      expect(await tree(), `operation ${at}`).toEqual(result === 'done' ? dry.new : dry.old);
      await rm(dirname(root), { recursive: true });
    }
    expect(failed).toBeGreaterThan(dry.operations / 2);
  },
  60_000,
);

it.each(SCENES.slice(0, 1))(
  '%s: every operation fails from one on',
  async (_, it) => {
    const dry = await dryPass(it);
    const seen = { old: 0, new: 0 };
    for (let at = 0; at < dry.operations; at++) {
      // The recovery is stopped as well, ever later, until one comes to its end.
      const { root, tree } = await scene(it);
      await outcome(it.act(root, dyingAt(at)));
      for (let stop = at % 3; ; stop += 3) {
        const recovered = await recover(root, dyingAt(stop)).catch(() => undefined);
        if (recovered !== undefined) break;
      }
      expect(await recover(root)).toBe('none');
      const now = await tree();
      const side = JSON.stringify(now) === JSON.stringify(dry.new) ? 'new' : 'old';
      expect(now, `operation ${at}`).toEqual(dry[side]);
      seen[side]++;
      await rm(dirname(root), { recursive: true });
    }
    expect(seen.old).toBeGreaterThan(20);
    expect(seen.new).toBeGreaterThan(2);
  },
  180_000,
);

function dyingAt(at: number): Disk {
  return watched((index) => {
    if (index >= at) throw failure('EIO');
  });
}
