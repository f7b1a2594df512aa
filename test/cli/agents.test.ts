import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, run, treeOf } from './run-bin.ts';

/** The commands of `gen` that a skill names, in their order, as words. */
const commandsIn = (text: string, start: RegExp) =>
  [...text.matchAll(start)].map(([, words = '']) => words.trim().split(' '));

async function projectWith(stack: string, agents: string): Promise<string> {
  const cwd = await emptyFolder();
  const flags = ['--stack', stack, '--agents', agents, '--no-install', '--no-git', '--yes'];
  const made = await run('create-backend', ['shop', ...flags], { cwd });
  expect(made).toMatchObject({ code: 0, stderr: '' });
  return join(cwd, 'shop');
}

describe.each(['express', 'fastapi'])('files for coding agents on %s', (stack) => {
  it('name commands that work', async () => {
    const project = await projectWith(stack, 'claude-code');
    const gen = (words: readonly string[]) => run('gen', words, { cwd: project });
    const skill = (name: string) =>
      readFile(join(project, `.claude/skills/${name}/SKILL.md`), 'utf8');
    const [planning = []] = commandsIn(await skill('add-endpoint'), /^ +.* gen (endpoint .*)$/gm);
    const { code, stdout } = await gen(planning);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    const { digest } = JSON.parse(stdout);
    expect(await gen(['apply-plan', digest, '--', ...planning])).toMatchObject({ code: 0 });
    const changes = commandsIn(await skill('change-endpoint'), /^\| .* \| `.*? gen (.*)` \|$/gm);
    expect(changes).toHaveLength(6);
    for (const words of changes) {
      expect({ words, ...(await gen([...words, '--force'])) }).toMatchObject({ words, code: 0 });
    }
  });

  it('come and go with backend.json, and leave no trace', async () => {
    const project = await projectWith(stack, 'none');
    const before = await treeOf(project);
    const file = join(project, 'backend.json');
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain('agents');
    await writeFile(
      file,
      text.replace('"basePath"', '"agents": ["codex", "cursor"],\n  "basePath"'),
    );
    const added = await run('gen', ['apply'], { cwd: project });
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(added.stdout).toContain('   create  .codex/agents/backend-specialist.toml\n');
    const written = await readFile(file, 'utf8');
    await writeFile(file, written.replace(/ *"agents": .*\n/, ''));
    expect(await run('gen', ['apply'], { cwd: project })).toMatchObject({ code: 0, stderr: '' });
    const files = (tree: Record<string, string>) =>
      Object.entries(tree).filter(([, content]) => content !== 'a folder or a link');
    expect(files(await treeOf(project))).toEqual(files(before));
  });
});

it('refuses an agent that is not known, with the nearest name', async () => {
  const cwd = await emptyFolder();
  const { code, stderr } = await run('create-backend', ['shop', '--agents', 'claude'], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain('✗ `--agents` is `claude`.');
});
