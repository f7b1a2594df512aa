import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Change } from '../../src/manifest/change.ts';

const FILES: [path: string, content: string, mode: number][] = [
  ['package.json', '{}\n', 0o644],
  ['src/routes.ts', '\uFEFFa\r\nb\r\n', 0o640],
  ['bin/run.sh', '#!/bin/sh\n', 0o755],
  ['src/old/deep/gone.ts', 'gone\n', 0o600],
  ['src/old/also.ts', 'also\n', 0o644],
  ['src/stays/gone.ts', 'gone too\n', 0o644],
  ['src/stays/here.ts', 'here\n', 0o644],
];

export const before = (path: string) => FILES.find(([name]) => name === path)?.[1] ?? '';

/** A project with odd modes, and the changes of a command that does everything at once. */
export async function writeSample(root: string): Promise<void> {
  for (const [path, content, mode] of FILES) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
    await chmod(join(root, path), mode);
  }
  await chmod(join(root, 'src/old/deep'), 0o710);
}

const update = (path: string, content: string): Change => ({
  kind: 'update',
  path,
  before: before(path),
  content,
});
const remove = (path: string): Change => ({ kind: 'delete', path, before: before(path) });

export const CHANGES: Change[] = [
  { kind: 'create', path: 'src/modules/posts/posts.ts', content: 'posts\n' },
  { kind: 'create', path: 'src/modules/users/users.ts', content: 'users\n' },
  { kind: 'create', path: 'logo.png', content: new Uint8Array([0x89, 0x50, 0xff, 0x00]) },
  { kind: 'create', path: 'bin/gen', content: '#!/usr/bin/env node\n', mode: 0o755 },
  update('package.json', '{ "name": "x" }\n'),
  update('src/routes.ts', '\uFEFFa\r\nb\r\nc\r\n'),
  update('bin/run.sh', '#!/bin/sh\nexit 0\n'),
  remove('src/old/deep/gone.ts'),
  remove('src/old/also.ts'),
  remove('src/stays/gone.ts'),
];

export const CREATES = CHANGES.filter(({ kind }) => kind === 'create');
