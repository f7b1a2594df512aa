import { beforeAll, describe, expect, it, vi } from 'vitest';
import { installedProject } from './accounts/project.ts';
import { expectGreenIn } from './checks.ts';
import { copyProject, ownFolder } from './projects.ts';
import { mustRun, run } from './run.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 240_000 });

/** Circles of one, two and three, closed by fields that come last, some by a required one. */
const commands = [
  'endpoint authors name:string --access read=public',
  'endpoint books title:string author:ref:authors --under authors',
  'field add authors bestBook:ref:books:optional:unique:filter',
  'endpoint places name:string near:ref:places:optional:unique:index',
  'endpoint roads name:string --pagination offset',
  'endpoint towns name:string road:ref:roads:optional:filter',
  'endpoint rivers name:string town:ref:towns --access read=public',
  'field add roads river:ref:rivers:optional',
  'endpoint halves other:ref:authors:optional',
  'field add authors half:ref:halves:optional',
];

describe('endpoints that refer to each other', () => {
  let project: string;
  beforeAll(async () => {
    project = await copyProject(await installedProject(), await ownFolder('circles'));
    for (const command of commands) await mustRun(`npx gen ${command}`, project);
  });

  it('are green', () => expectGreenIn(project, 'src/modules'));

  it('are refused where each needs the other', async () => {
    const { exitCode, output } = await run('npx gen field add authors first:ref:books', project);
    expect(exitCode).toBe(1);
    expect(output).toContain(
      'authors → books → authors require each other, so no first row could be created.',
    );
    expect(output).toContain('Expected one of these refs to be `optional`.');
  });
});
