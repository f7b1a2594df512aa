import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { projectOn, run, treeOf } from './run-bin.ts';

const words = ['endpoint', 'posts', 'title:string'];
const answerSchema = z.object({ digest: z.string(), result: z.object({ status: z.string() }) });

const gen = (cwd: string, args: readonly string[], env = {}) => run('gen', args, { cwd, env });

async function digestIn(project: string, command = words, env = {}): Promise<string> {
  const { stdout } = await gen(project, [...command, '--dry-run', '--json'], env);
  return answerSchema.parse(JSON.parse(stdout)).digest;
}

describe.each(['express', 'fastapi'])('gen apply-plan on %s', (stack) => {
  it('writes what was planned at another time, and notes the command for `gen undo`', async () => {
    const project = await projectOn(stack);
    const digest = await digestIn(project, words, { SOURCE_DATE_EPOCH: '1900000000' });
    const applied = await gen(project, ['apply-plan', digest, '--', 'gen', ...words, '--dry-run']);
    expect(applied).toMatchObject({ code: 0, stderr: '' });
    expect(applied.stdout).toContain('✓ Added /api/posts with its table and its tests.\n');
    const note = await readFile(join(project, '.backend/undo.json'), 'utf8');
    expect(JSON.parse(note)).toMatchObject({ command: 'gen endpoint posts title:string' });
  });
});

describe('gen apply-plan', () => {
  it('refuses a plan that has changed since, and says how to see the one of now', async () => {
    const project = await projectOn('express');
    const digest = await digestIn(project);
    await appendFile(join(project, 'src/routes.ts'), '// mine\n');
    const before = await treeOf(project);
    const { code, stdout, stderr } = await gen(project, ['apply-plan', digest, '--', ...words]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `✗ The plan has the digest \`${await digestIn(project)}\`, not \`${digest}\`.
  Expected the plan that was approved; look at the plan of now.

Try: npx gen endpoint posts title:string --dry-run
`,
    );
    expect(await treeOf(project)).toEqual(before);
  });

  it('answers --json of the command with one document', async () => {
    const project = await projectOn('express');
    const digest = await digestIn(project);
    const refused = await gen(project, ['apply-plan', '0000', '--', ...words, '--json']);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { kind: 'user' } });
    const { stdout } = await gen(project, ['apply-plan', digest, '--', ...words, '--json']);
    expect(answerSchema.parse(JSON.parse(stdout))).toEqual({ digest, result: { status: 'done' } });
  });

  it.each([
    [['list'], '`gen list` has no plan.'],
    [['apply-plan', '0000', 'apply'], '`gen apply-plan` has no plan.'],
  ])('refuses %j, which writes nothing by a plan', async (command, found) => {
    const project = await projectOn('express');
    const { code, stderr } = await gen(project, ['apply-plan', '0000', '--', ...command]);
    expect(code).toBe(1);
    expect(stderr).toContain(`✗ ${found}\n  Expected a command that changes the project.\n`);
  });
});
