import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { executables, projectOn, run, treeOf, write } from './run-bin.ts';
import { keys, open } from './terminal.ts';

const args = ['field', 'change', 'posts', 'title:string:max=120'];

/** Where a stack has the schema of an endpoint, the line of its title, and how a comment starts. */
const express = {
  stack: 'express',
  schema: 'src/modules/posts/posts.schema.ts',
  line: (max: number) => `  title: text({ min: 1, max: ${max} }),\n`,
  comment: '//',
};
type Row = typeof express;
const fastapi: Row = {
  stack: 'fastapi',
  schema: 'app/modules/posts/schemas.py',
  line: (max: number) => `PostTitle = Annotated[str, Text(min=1, max=${max})]\n`,
  comment: '#',
};

const bothOf = ({ line }: Row) =>
  `<<<<<<< yours\n${line(99)}=======\n${line(120)}>>>>>>> generated\n`;

/** A project whose schema was edited in the line that the command changes, and elsewhere. */
async function conflictingOn({ stack, schema, line, comment }: Row): Promise<string> {
  const project = await projectOn(stack, 'posts title');
  const text = await readFile(join(project, schema), 'utf8');
  expect(text).toContain(line(255));
  await write(project, schema, `${comment} mine\n${text.replace(line(255), line(99))}`);
  return project;
}

const { schema, line } = express;
const both = bothOf(express);
const conflicting = () => conflictingOn(express);
const textOf = (project: string) => readFile(join(project, schema), 'utf8');

describe('edits that meet, without a terminal', () => {
  it('write nothing, end with 2, and say how to go on', async () => {
    const project = await conflicting();
    const before = await treeOf(project);
    for (const flags of [[], ['--yes'], ['--force'], ['--dry-run'], ['--diff']]) {
      const { code, stdout, stderr } = await run('gen', [...args, ...flags], { cwd: project });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^ conflict {2}src\/modules\/posts\/posts\.schema\.ts {2}your edits/);
      expect(stderr).toContain(
        '✗ Nothing was written: your edits conflict with the generated changes.',
      );
      expect(stderr).toContain('npx gen field change posts title:string:max=120');
      expect(stderr).toContain(' --conflict=markers\n');
      expect(await treeOf(project)).toEqual(before);
    }
  });

  it('are listed by --json, with both versions', async () => {
    const project = await conflicting();
    const before = await treeOf(project);
    const { code, stdout } = await run('gen', [...args, '--json'], { cwd: project });
    expect(code).toBe(2);
    const { plan, result } = JSON.parse(stdout);
    expect(result).toEqual({ status: 'conflict' });
    const [conflict, ...others] = plan.notices.filter(
      ({ kind }: { kind: string }) => kind === 'conflict',
    );
    expect(others).toEqual([]);
    expect(conflict).toMatchObject({ path: schema, yours: before[schema] });
    expect(conflict.generated).toContain(line(120));
    expect(conflict.generated).not.toContain('// mine');
    expect(conflict.snippet).toContain(both);
    expect(await treeOf(project)).toEqual(before);
  });

  it("are written between git's markers by --conflict=markers", async () => {
    const project = await conflicting();
    const marking = [...args, '--conflict=markers'];
    const { code, stdout, stderr } = await run('gen', marking, { cwd: project });
    expect(code).toBe(2);
    expect(stdout).toContain('   update  backend.json\n');
    expect(stdout).toContain(`  markers  ${schema}  it has both versions`);
    expect(stdout).not.toContain(`update  ${schema}`);
    expect(stdout).not.toContain('✓');
    expect(stderr).toContain('✗ 1 file has conflict markers: resolve each conflict by hand.');
    expect(stderr).toContain('npx gen status');
    const text = await textOf(project);
    expect(text).toContain('// mine\n');
    expect(text).toContain(both);
  });

  it('are named by --json --conflict=markers, and by --dry-run before', async () => {
    const project = await conflicting();
    const before = await treeOf(project);
    const marking = [...args, '--conflict=markers'];
    const dry = await run('gen', [...marking, '--dry-run'], { cwd: project });
    expect(dry).toMatchObject({ code: 2, stderr: '' });
    expect(dry.stdout).toContain(`  markers  ${schema}  `);
    expect(await treeOf(project)).toEqual(before);
    const { code, stdout } = await run('gen', [...marking, '--json'], { cwd: project });
    const { plan, result } = JSON.parse(stdout);
    expect({ code, result }).toEqual({ code: 2, result: { status: 'markers' } });
    expect(plan.notices).toContainEqual(expect.objectContaining({ kind: 'markers', path: schema }));
  });

  it('fail gen status while a marker is left', async () => {
    const project = await conflicting();
    await run('gen', [...args, '--conflict=markers'], { cwd: project });
    const marked = await run('gen', ['status'], { cwd: project });
    expect(marked.code).toBe(1);
    expect(marked.stdout).toContain(`conflict  ${schema}\n`);
    expect(marked.stdout).toContain('✗ 1 file has conflict markers.');
    const text = await textOf(project);
    await write(project, schema, text.replace(both, line(99)));
    const settled = await run('gen', ['status'], { cwd: project });
    expect({ code: settled.code, text: settled.stdout }).toMatchObject({
      code: 0,
      text: expect.stringContaining(`edited  ${schema}\n`),
    });
  });
});

const choice = { yours: 5, generated: 4, markers: 3, diff: 2, editor: 1, leave: 0 };

describe.each([express, fastapi])('edits that meet, on a terminal, on $stack', (row) => {
  const { schema, line, comment } = row;
  const both = bothOf(row);
  const menu = `? ${schema}: your edits conflict with the generated changes in one place`;
  const textOf = (project: string) => readFile(join(project, schema), 'utf8');

  /** A person in front of the menu, which starts at `leave`. */
  async function atMenu(env = {}) {
    const project = await conflictingOn(row);
    const before = await treeOf(project);
    const screen = await open('gen', args, { cwd: project, env });
    const choose = (name: keyof typeof choice) =>
      screen.type(keys.up.repeat(choice[name]), keys.enter);
    await screen.see(menu);
    await screen.see('leave: stop without writing anything');
    return { project, before, choose, ...screen };
  }

  it('stay as they are with yours, and the rest is written', async () => {
    const { project, before, choose, end } = await atMenu();
    choose('yours');
    const { code, text } = await end();
    expect(code).toBe(0);
    expect(text).toContain(`     kept  ${schema}  you chose your version\n`);
    expect(await textOf(project)).toBe(before[schema]);
    expect((await treeOf(project))['backend.json']).toContain('"max": 120');
  });

  it('are replaced with generated, but not before it was shown what is lost', async () => {
    const { project, choose, see, type, end } = await atMenu();
    choose('generated');
    await see(`-${comment} mine`);
    await see(`-${line(99).trimEnd()}`);
    await see(`+${line(120).trimEnd()}`);
    await see(`? Replace ${schema}? The lines marked with - are lost. (y/N)`);
    type(keys.enter);
    await see(menu);
    choose('generated');
    await see('(y/N)');
    type('y', keys.enter);
    expect((await end()).code).toBe(0);
    expect(await textOf(project)).toContain(line(120));
    expect(await textOf(project)).not.toContain(`${comment} mine`);
  });

  it('stand both in the file with markers', async () => {
    const { project, choose, end } = await atMenu();
    choose('markers');
    const { code, text } = await end();
    expect(code).toBe(2);
    expect(text).toContain('✗ 1 file has conflict markers: resolve each conflict by hand.');
    expect(await textOf(project)).toContain(both);
  });

  it('are shown with diff, and asked about again', async () => {
    const { project, before, choose, see, end } = await atMenu();
    choose('diff');
    await see(`-${line(99).trimEnd()}`);
    await see(`+${line(120).trimEnd()}`);
    await see(menu);
    choose('leave');
    expect((await end()).code).toBe(2);
    expect(await treeOf(project)).toEqual(before);
  });

  it('are settled in the editor, which opens again at what was saved while markers are left', async () => {
    const PATH = `${await executables({
      settle: `
case "$2" in *.schema.ts|*schemas.py) ;; *) exit 3;; esac
if grep -q once "$2"; then sed -i -e '/^<<<<<<<\\|^=======\\|^>>>>>>>/d' -e '/max[:=] *120/d' "$2"
else sed -i '1i ${comment} once' "$2"; fi`,
    })}:${process.env.PATH}`;
    const { project, choose, see, end } = await atMenu({ PATH, EDITOR: 'settle --wait' });
    choose('editor');
    await see('The file still has conflict markers.');
    await see(menu);
    choose('editor');
    expect((await end()).code).toBe(0);
    const text = await textOf(project);
    expect(text.startsWith(`${comment} once\n${comment} mine\n`)).toBe(true);
    expect(text).toContain(line(99));
    expect(text).not.toMatch(/^(<<<<<<<|=======|>>>>>>>)/m);
  });

  it.each([
    ['fails', 'false', 'false ended with 1'],
    ['is not there', 'no-such-editor', 'no-such-editor ended with 127'],
  ])('are asked about again when the editor %s', async (_, EDITOR, reason) => {
    const { project, before, choose, see, end } = await atMenu({ EDITOR, VISUAL: undefined });
    choose('editor');
    await see(`Your text was not used: ${reason}.`);
    await see(menu);
    choose('leave');
    expect((await end()).code).toBe(2);
    expect(await treeOf(project)).toEqual(before);
  });

  it('leave everything as it was when nothing is chosen', async () => {
    const { project, before, type, end } = await atMenu();
    type(keys.enter);
    const { code, text } = await end();
    expect(code).toBe(2);
    expect(text).toContain(
      '✗ Nothing was written: your edits conflict with the generated changes.',
    );
    expect(await treeOf(project)).toEqual(before);
  });

  it('leave everything as it was after Ctrl-C', async () => {
    const { project, before, type, end } = await atMenu();
    type(keys.ctrlC);
    const { code, text } = await end();
    expect(code).toBe(130);
    expect(text).toContain('Cancelled. Nothing was written.');
    expect(await treeOf(project)).toEqual(before);
  });
});
