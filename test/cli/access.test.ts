import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountsWith, projectWith, run, write } from './run-bin.ts';

const gen = (cwd: string, command: string) => run('gen', command.split(' '), { cwd });

async function edit(project: string, path: string, change: (text: string) => string) {
  await write(project, path, change(await readFile(join(project, path), 'utf8')));
}

let project: string;
beforeAll(async () => {
  project = await projectWith('posts title', 'comments text:text post:ref:posts --under posts');
});

describe('gen list --access', () => {
  it('is a table of who may do what', async () => {
    const { code, stdout, stderr } = await gen(project, 'list --access');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(
      [
        'endpoint  operation                                   anybody',
        'comments  list, get, create, replace, update, delete  yes',
        'posts     list, get, create, replace, update, delete  yes',
        '',
      ].join('\n'),
    );
  });

  it('is JSON with --json', async () => {
    const { stdout } = await gen(project, 'list --access --json');
    expect(JSON.parse(stdout)).toMatchObject({
      roles: [],
      rows: [{ endpoint: 'comments', anybody: 'yes' }, { endpoint: 'posts' }],
      differing: [],
    });
  });
});

describe('gen diagram', () => {
  it('prints the diagram that stands in the README', async () => {
    const { code, stdout, stderr } = await gen(project, 'diagram');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('    "posts" ||..o{ "comments" : "post_id"\n');
    const readme = await readFile(join(project, 'README.md'), 'utf8');
    expect(readme).toContain(`\`\`\`mermaid\n${stdout}\`\`\`\n`);
  });

  it('draws it with --svg, the same each time', async () => {
    const [first, again] = [
      await gen(project, 'diagram --svg'),
      await gen(project, 'diagram --svg'),
    ];
    expect(first.stdout).toMatch(/^<svg xmlns=[\s\S]*>comments<[\s\S]*<\/svg>\s*$/);
    expect(again.stdout).toBe(first.stdout);
  });

  it('is of the code where backend.json was edited, and says so', async () => {
    await edit(project, 'backend.json', (text) => text.replace('"title"', '"headline"'));
    const { code, stdout, stderr } = await gen(project, 'diagram');
    const rename = 'gen field rename posts title headline';
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(rename) });
    expect(stdout).toContain('string title');
    await edit(project, 'backend.json', (text) => text.replace('"headline"', '"title"'));
  });
});

describe('gen list --access with accounts', () => {
  it('has a column for each role, and tells where the code is for others', async () => {
    const shop = await accountsWith('posts title --access read=public,create=moderator');
    const routes = 'src/modules/posts/posts.routes.ts';
    await edit(shop, routes, (text) =>
      text.replace("auth.requireRole('moderator', 'admin')", 'auth.requireUser'),
    );
    const { code, stdout, stderr } = await gen(shop, 'list --access');
    expect(code).toBe(0);
    expect(stdout).toContain(
      [
        'endpoint  operation                anybody  user  moderator  admin',
        'posts     list, get                yes      yes   yes        yes',
        'posts     create                   –        –     yes        yes',
        'posts     replace, update, delete  –        own   own        yes',
        'users     list                     –        –     yes        yes',
        'users     get                      –        own   yes        yes',
        'users     create                   –        –     –          yes',
        'users     replace, update, delete  –        own   own        yes',
      ].join('\n'),
    );
    expect(stderr).toBe(
      `\n${routes}: POST /api/posts is for \`user\`, not for \`moderator\` as in backend.json.\n`,
    );
  });
});
