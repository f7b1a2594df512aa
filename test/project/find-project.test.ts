import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UserError } from '../../src/manifest/errors.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { findProject, manifestOf } from '../../src/project/find-project.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { folderWith } from './folder.ts';

const manifest: Manifest = {
  name: 'my-api',
  stack: 'express',
  auth: 'none',
  basePath: '/api',
  packageManager: 'npm',
  endpoints: {},
};
const text = formatManifest(manifest);

it('finds the project in the folder itself', async () => {
  const root = await folderWith({ 'backend.json': text });
  const found = await findProject(root);
  expect(found).toMatchObject({ root, manifestText: text });
  expect(manifestOf(found, stacks)).toEqual(manifest);
});

it('finds it further up, and takes the nearest', async () => {
  const outer = await folderWith({
    'backend.json': 'not this one',
    'apps/api/backend.json': text,
    'apps/api/src/modules/posts/posts.routes.ts': '',
    'apps/api/src/backend.json/a-folder': '',
  });
  const { root } = await findProject(join(outer, 'apps/api/src/modules/posts'));
  expect(root).toBe(join(outer, 'apps/api'));
});

it('says how to make a project where there is none', async () => {
  const folder = await folderWith();
  const error = await findProject(folder).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({
    message: expect.stringContaining(folder),
    command: 'npx create-backend my-api',
  });
});

it('names the broken manifest as seen from here', async () => {
  const root = await folderWith({ 'backend.json': '{}', 'src/app.ts': '' });
  const found = await findProject(join(root, 'src'));
  expect(() => manifestOf(found, stacks)).toThrow('../backend.json');
});
