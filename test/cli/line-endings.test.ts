import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectWith, run } from './run-bin.ts';

const shared = ['backend.json', 'src/routes.ts', 'src/db/tables.ts'];

it('files that have the line endings of Windows keep them, line by line', async () => {
  const cwd = await projectWith('authors name:string');
  const before = new Map<string, string>();
  for (const path of shared) {
    const text = (await readFile(join(cwd, path), 'utf8')).replaceAll('\n', '\r\n');
    before.set(path, text);
    await writeFile(join(cwd, path), text);
  }
  const added = await run('gen', ['endpoint', 'posts', 'title', 'author:ref:authors'], { cwd });
  expect(added).toMatchObject({ code: 0, stderr: '' });
  for (const [path, text] of before) {
    const after = await readFile(join(cwd, path), 'utf8');
    expect(after.match(/(?<!\r)\n/g), path).toBeNull();
    expect(after.length, path).toBeGreaterThan(text.length);
    const lines = new Set(after.split('\r\n').map((line) => line.replace(/,$/, '')));
    for (const line of text.split('\r\n')) expect(lines, path).toContain(line.replace(/,$/, ''));
  }
  const again = await run('gen', ['endpoint', 'posts', 'title', 'author:ref:authors'], { cwd });
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).not.toMatch(/^ +(create|update|merge) /m);
});

it.each(['con', 'nul', 'aux', 'prn'])(
  'an endpoint is not called %s, which no folder can be on Windows',
  async (name) => {
    const cwd = await projectWith();
    const refused = await run('gen', ['endpoint', name, 'title', '--plural', name], { cwd });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`\`${name}\``);
  },
);
