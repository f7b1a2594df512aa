import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findWorkspace } from '../../src/project/find-workspace.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { folderWith } from './folder.ts';

const { rules } = stacks.express;

const packageJson = (workspaces: unknown, more = {}) => JSON.stringify({ workspaces, ...more });
const inNpm = (workspaces: unknown, more = {}) => ({
  'package.json': packageJson(workspaces, more),
});
const inPnpm = (yaml: string) => ({ 'pnpm-workspace.yaml': yaml, 'package.json': '{}' });

describe('a folder is a member of the workspace', () => {
  it.each<[string, Record<string, string>]>([
    ['whose glob matches', inNpm(['packages/*'])],
    ['that names it', inNpm(['packages/web', 'packages/api'])],
    ['with a path as some write it', inNpm(['./packages/*/'])],
    ['whose glob goes deeper', inNpm(['packages/**'])],
    ['that lists its packages under that name', inNpm({ packages: ['packages/*'], nohoist: [] })],
    ['that takes it out and in again', inNpm(['packages/*', '!packages/a*', 'packages/api'])],
    ['of pnpm', inPnpm('# ours\npackages:\n  - "packages/*"\nallowBuilds:\n  esbuild: true\n')],
  ])('%s', async (_, files) => {
    const root = await folderWith(files);
    expect(await findWorkspace(join(root, 'packages/api'), rules)).toMatchObject({ root });
  });

  it('further up than another one that does not match', async () => {
    const root = await folderWith({
      ...inNpm(['packages/*/apps/*']),
      'packages/web/package.json': packageJson(['libs/*']),
    });
    expect(await findWorkspace(join(root, 'packages/web/apps/api'), rules)).toMatchObject({ root });
  });
});

describe('a folder is no member', () => {
  it.each<[string, Record<string, string>]>([
    ['where nothing is above', {}],
    ['of a package without workspaces', { 'package.json': '{ "name": "web" }' }],
    ['that no glob matches', inNpm(['apps/*'])],
    ['that lies deeper than the glob', inNpm(['*'])],
    ['that is taken out', inNpm(['packages/*', '!packages/api'])],
    ['of a package.json that is none', { 'package.json': '{ "workspaces": ' }],
    ['of one where the globs are no list', inNpm('packages/*')],
    ['that pnpm takes out', inPnpm('packages:\n  - "packages/*"\n  - "!**/api"\n')],
    ['of pnpm where there are only settings', inPnpm('allowBuilds:\n  esbuild: true\n')],
    ['of pnpm where the file is none', inPnpm('packages: [\n')],
    ['of pnpm where the file is empty', inPnpm('')],
  ])('%s', async (_, files) => {
    const root = await folderWith(files);
    expect(await findWorkspace(join(root, 'packages/api'), rules)).toBeUndefined();
  });

  it('of itself', async () => {
    const root = await folderWith(inNpm(['packages/*', '.']));
    expect(await findWorkspace(root, rules)).toBeUndefined();
  });
});

describe('a folder in a workspace of uv', () => {
  const inUv = (...lines: string[]) => ({
    'pyproject.toml': ['[tool.uv.workspace]', ...lines, '', '[tool.other]', ''].join('\n'),
  });

  it.each<[string, boolean, Record<string, string>]>([
    ['whose glob matches', true, inUv('members = ["packages/*"]')],
    ['whose globs are on lines of their own', true, inUv('members = [', " 'packages/*', # ]", ']')],
    ['whose glob does not match', false, inUv('members = ["apps/*"]')],
    ['that excludes it', false, inUv('exclude = ["packages/api"]', 'members = ["packages/*"]')],
    ['that excludes others', true, inUv('members = ["packages/*"]', 'exclude = ["packages/old"]')],
    ['that names no members', false, inUv()],
    [
      'of a table of that name elsewhere',
      false,
      { 'pyproject.toml': 'members = ["packages/*"]\n' },
    ],
    ['of npm', false, inNpm(['packages/*'])],
  ])('%s: %s', async (_, isMember, files) => {
    const root = await folderWith(files);
    const found = await findWorkspace(join(root, 'packages/api'), stacks.fastapi.rules);
    expect(found).toEqual(isMember ? { root, manager: 'uv' } : undefined);
  });
});

describe('what installs a workspace', () => {
  it.each<[string, string, Record<string, string>]>([
    ['npm', 'nothing else is said', inNpm(['*'])],
    ['npm', 'its lock is there', { ...inNpm(['*']), 'package-lock.json': '{}' }],
    ['yarn', 'its lock is there', { ...inNpm(['*']), 'yarn.lock': '' }],
    ['bun', 'its lock is there', { ...inNpm(['*']), 'bun.lock': '' }],
    ['bun', 'its older lock is there', { ...inNpm(['*']), 'bun.lockb': '' }],
    ['yarn', 'package.json says so', inNpm(['*'], { packageManager: 'yarn@4.1.0' })],
    [
      'npm',
      'package.json says so, whatever lies around',
      { ...inNpm(['*'], { packageManager: 'npm@11.0.0' }), 'yarn.lock': '' },
    ],
    ['pnpm', 'its file is there', { ...inNpm(['*']), ...inPnpm('packages: ["*"]') }],
  ])('is %s where %s', async (manager, _, files) => {
    const root = await folderWith(files);
    expect(await findWorkspace(join(root, 'api'), rules)).toEqual({ root, manager });
  });

  it('makes a member of what the same file is read for', () => {
    const managers = ['npm', 'pnpm', 'yarn', 'bun', 'uv'];
    const membersOf = (manager: string) =>
      managers.filter((each) => rules.workspaces?.isMemberFor(each, manager));
    expect(membersOf('pnpm')).toEqual(['pnpm']);
    expect(membersOf('yarn')).toEqual(['npm', 'yarn', 'bun']);
  });
});
