import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { accountsManifest, grown } from '../stacks/manifests.ts';
import { apply, plan, projectOf } from './virtual.ts';

const README = 'README.md';
const before: Manifest = accountsManifest;
const posts = { name: 'posts', fields: ['title'], access: 'read=public,delete=admin' };
const after = grown(before, posts);
const made = projectOf(before);
const readme = made[README] ?? '';

async function readmeAfter(text: string, next = after): Promise<string | undefined> {
  const { changes } = await plan({ ...made, [README]: text }, { before, after: next });
  return apply({ [README]: text }, changes)[README];
}

describe('what the README tells of all endpoints', () => {
  it('is who may do what, and the tables', async () => {
    const text = await readmeAfter(readme);
    expect(text).toContain(
      [
        '| endpoint | operation               | anybody | user | moderator | admin |',
        '| -------- | ----------------------- | ------- | ---- | --------- | ----- |',
        '| posts    | list, get               | yes     | yes  | yes       | yes   |',
        '| posts    | create                  | –       | yes  | yes       | yes   |',
        '| posts    | replace, update         | –       | own  | own       | yes   |',
        '| posts    | delete                  | –       | –    | –         | yes   |',
        '| users    | list                    | –       | –    | yes       | yes   |',
        '| users    | get                     | –       | own  | yes       | yes   |',
        '| users    | create                  | –       | –    | –         | yes   |',
        '| users    | replace, update, delete | –       | own  | own       | yes   |',
      ].join('\n'),
    );
    expect(text).toContain('    "users" ||--o{ "posts" : "owner_id (cascade)"\n```\n');
  });

  it('is what a new project with these endpoints has', async () => {
    expect(await readmeAfter(readme)).toBe(projectOf(after)[README]);
  });

  it('replaces what people wrote there, and keeps what they wrote around it', async () => {
    const edited = readme
      .replace('# shop', '# Our shop')
      .replace('| users    | list ', '| users    | everything ');
    expect(await readmeAfter(edited)).toBe(
      projectOf(after)[README]?.replace('# shop', '# Our shop'),
    );
  });

  it('is settled where git left a conflict in it', async () => {
    const [row = ''] = readme.match(/^\| users +\| list.*\n/m) ?? [];
    const conflict = `<<<<<<< ours\n${row}=======\n| tags | list |\n>>>>>>> theirs\n`;
    expect(await readmeAfter(readme.replace(row, conflict))).toBe(projectOf(after)[README]);
  });

  it.each([
    ['a README of their own', '# Mine\n'],
    ['no such part any more', readme.replace(/<!-- .* -->\n/g, '')],
  ])('leaves people alone who have %s', async (_case, text) => {
    expect(await readmeAfter(text)).toBe(text);
  });

  it('keeps the line endings of the file', async () => {
    const text = await readmeAfter(readme.replaceAll('\n', '\r\n'));
    expect(text).toBe(projectOf(after)[README]?.replaceAll('\n', '\r\n'));
  });

  it('follows roles too', async () => {
    const names = ['user', 'editor', 'admin'];
    const roles = { names, default: 'user', admin: 'admin' };
    const next = grown({ ...before, roles }, { ...posts, access: 'update=owner|editor' });
    expect(await readmeAfter(readme, next)).toMatch(
      /^\| posts +\| replace, update +\| – +\| own +\| yes +\| yes +\|$/m,
    );
  });

  it('only says how to see it where there is too much to read', async () => {
    const many = Array.from({ length: 101 }, (_, at) => ({ ...posts, name: `things${at}s` }));
    const { [README]: text } = projectOf(grown(before, ...many));
    expect(text).toContain('`npx gen list --access` prints who may do what.');
    expect(text).not.toContain('erDiagram');
  });
});
