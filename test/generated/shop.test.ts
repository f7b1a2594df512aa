import { beforeAll, describe, expect, it, vi } from 'vitest';
import { expectGreen, expectGreenIn } from './checks.ts';
import { copyOfNew, ownFolder, shopCommands } from './projects.ts';
import { mustRun } from './run.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

describe('a project that create-backend made', () => {
  let project: string;
  beforeAll(async () => {
    project = await copyOfNew(await ownFolder('grown'));
  });

  it('is committed whole', async () => {
    expect(await mustRun('git status --porcelain', project)).toBe('');
    expect(await mustRun('git log --format=%s', project)).toBe('Create the project');
  });

  it('is green at once', () => expectGreen(project));

  it.each(shopCommands)('is green after: %s', async (command) => {
    await mustRun(command, project);
    await expectGreenIn(project, 'src/modules');
  });

  it('says so when a command is typed a second time, and changes nothing', async () => {
    await mustRun('git add --all && git commit --quiet -m grown', project);
    for (const command of shopCommands) await mustRun(command, project);
    expect(await mustRun('git status --porcelain', project)).toBe('');
  });
});
