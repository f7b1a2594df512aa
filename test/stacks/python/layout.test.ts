import { describe, expect, it } from 'vitest';
import { merge3 } from '../../../src/plan/merge3.ts';
import { formatters } from '../../../src/stacks/python/formatters.ts';
import { compareModules } from '../../../src/stacks/python/module-order.ts';
import { sortImports } from '../../../src/stacks/python/sort-imports.ts';
import { isSoundFile } from '../../../src/stacks/python/sound.ts';
import { syntaxOf } from '../../../src/stacks/python/syntax.ts';

const file = (...lines: string[]) => `${lines.join('\n')}\n`;
const merge = (base: string, yours: string, generated: string) =>
  merge3(
    { base, yours, generated },
    (text) => isSoundFile('app/a.py', text, [yours, generated]),
    syntaxOf('app/a.py'),
  );

const base = file(
  'from app.http.fields import text',
  '',
  '',
  'class CreatePost(Input):',
  '    title: Annotated[str, text(min=1, max=200)]',
  '    body: str | None = None',
  '',
  '',
  'async def create(body: CreatePost, caller: Caller, connection: AsyncConnection) -> PostRow:',
  '    if body.title == "":',
  '        raise refused("title")',
  '    return await insert(connection, body, caller)',
);

describe('what the generator changes, merged into Python that a person laid out', () => {
  const generated = base.replace('    body: str', '    rating: int | None = None\n    body: str');

  it.each<[string, (text: string) => string]>([
    [
      'by another width',
      (text) =>
        text
          .replace(
            '(body: CreatePost, caller: Caller, connection: AsyncConnection)',
            '(\n    body: CreatePost,\n    caller: Caller,\n    connection: AsyncConnection,\n)',
          )
          .replace('text(min=1, max=200)', 'text(\n        min=1,\n        max=200,\n    )'),
    ],
    ['with two spaces', (text) => text.replaceAll('    ', '  ')],
    ['with tabs', (text) => text.replaceAll('    ', '\t')],
    ['with other quotes', (text) => text.replaceAll('"', "'")],
    ['with comments', (text) => text.replace('    title', '    # what it is called\n    title')],
  ])('%s: it stays so', (_, layOut) => {
    const yours = layOut(base);
    const merged = merge(base, yours, generated);
    expect(merged).toMatchObject({ status: 'merged' });
    if (merged.status !== 'merged') return;
    expect(isSoundFile('app/a.py', merged.text)).toBe(true);
    const [indent = ''] = /^[ \t]+(?=title)/m.exec(yours) ?? [];
    expect(merged.text).toContain(`\n${indent}rating: int | None = None\n`);
    expect(merged.text.replace(`${indent}rating: int | None = None\n`, '')).toBe(yours);
  });

  it('conflicts where a line would come into a block of another depth', () => {
    const yours = base.replace('    return await', '    with timed():\n        return await');
    const deeper = base.replace(
      '    return await insert(connection, body, caller)',
      '    row = await insert(connection, body, caller)\n    return row',
    );
    expect(merge(base, yours, deeper)).toMatchObject({ status: 'conflict' });
  });

  it('takes imports of both sides, in order', () => {
    const yours = base
      .replace('import text\n', 'import text\nfrom app.http.zones import zone\n')
      .replace('return await', 'zone()\n    return await');
    const other = generated
      .replace('import text\n', 'import text\nfrom app.http.numbers import integer\n')
      .replace('rating: int', 'rating: integer');
    expect(merge(base, yours, other)).toMatchObject({
      status: 'merged',
      text: expect.stringContaining(
        'from app.http.fields import text\nfrom app.http.numbers import integer\nfrom app.http.zones import zone\n',
      ),
    });
  });
});

describe('imports', () => {
  it('are ordered as ruff orders them', () => {
    const sorted = ['app.a', 'app.a.b', 'app.a2', 'app.a10', 'app.a_b', 'app.B', 'app.c'];
    expect(sorted.toReversed().sort(compareModules)).toEqual(sorted);
    const text =
      'from b import (\n    c,\n    d,\n)\nfrom a import b\nimport z\n\nfrom app.b import c\nfrom app.a import d\n';
    expect(sortImports(text)).toBe(
      'import z\nfrom a import b\nfrom b import (\n    c,\n    d,\n)\n\nfrom app.a import d\nfrom app.b import c\n',
    );
  });
});

describe('what options say of the layout', () => {
  const says = (name: string, path: string, text: string) =>
    formatters.find((each) => each.name === name)?.says(path, text);
  it.each([
    [
      'Ruff',
      'pyproject.toml',
      '[tool.ruff]\nline-length = 100\n[tool.ruff.lint]\nselect = []\n',
      'usual',
    ],
    ['Ruff', 'pyproject.toml', '[tool.ruff]\nline-length = 88 # as ever\n', 'own'],
    ['Ruff', 'pyproject.toml', '[tool.ruff]\ntarget-version = "py311"\n', 'own'],
    [
      'Ruff',
      'pyproject.toml',
      '[tool.ruff]\nline-length = 100\n[tool.ruff.format]\nquote-style = "single"\n',
      'own',
    ],
    ['Ruff', 'pyproject.toml', '[project]\nname = "a"\n', 'nothing'],
    ['Ruff', 'ruff.toml', 'line-length = 100\n', 'usual'],
    ['Ruff', 'ruff.toml', 'line-length = 100\nindent-width = 2\n', 'own'],
    ['Ruff', 'ruff.toml', 'extend = "../ruff.toml"\nline-length = 100\n', 'own'],
    ['Black', 'pyproject.toml', '[tool.black]\nline-length = 100\n', 'own'],
    ['Black', 'pyproject.toml', '[tool.ruff]\n', 'nothing'],
  ])('%s, %s: %j is %s', (name, path, text, said) => {
    expect(says(name, path, text)).toBe(said);
  });
});
