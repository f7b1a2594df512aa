import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/manifest/change.ts';
import { planFile } from '../../src/plan/plan-file.ts';
import { planProject } from '../../src/plan/plan-project.ts';
import { express } from '../../src/stacks/express/express.ts';
import { syntaxOf } from '../../src/stacks/typescript/syntax.ts';
import { emptyManifest } from '../stacks/manifests.ts';
import { filesOf, type Texts } from './virtual.ts';

/** The plan of a new project in a folder with these files. */
function planIn(texts: Texts): Plan {
  return planProject({
    manifest: emptyManifest,
    stack: express,
    tool: { kind: 'registry', version: '1.0.0' },
    version: '1.0.0',
    newSecret: () => 'secret',
    steps: [],
    existing: { ...filesOf(texts), list: () => Object.keys(texts) },
  });
}

const changeOf = ({ changes }: Plan, path: string) => changes.find((each) => each.path === path);

/** The lines that a project of its own has there. */
function linesOf(path: string): string[] {
  const change = changeOf(planIn({}), path);
  if (change?.kind !== 'create') throw new Error(`${path} is not made`);
  return String(change.content).split('\n').filter(Boolean);
}

describe('a new project in a folder that is not empty', () => {
  it('is whole where nothing is in its way', () => {
    const alone = planIn({});
    expect(alone.changes.every(({ kind }) => kind === 'create')).toBe(true);
    expect(alone.notices).toEqual([]);
    expect(planIn({ LICENSE: 'MIT', 'README.rst': 'Shop' })).toEqual(alone);
  });

  it.each(['README.md', 'readme.md'])('leaves %s as it is, and says so', (path) => {
    const plan = planIn({ [path]: '# Shop\n' });
    expect(plan.changes.map((each) => each.path.toLowerCase())).not.toContain('readme.md');
    expect(plan.changes).toHaveLength(planIn({}).changes.length - 1);
    const message = 'it is yours, and stays as it is: AGENTS.md says how the project works';
    expect(plan.notices).toEqual([{ kind: 'kept', path, message }]);
  });

  const path = '.gitignore';
  const ours = linesOf(path);
  const others = ours.filter((line) => !['node_modules/', '.env'].includes(line));

  it.each<[string, string, string]>([
    ['with its own lines first', '*.swp\n', `*.swp\n\n${ours.join('\n')}\n`],
    ['that does not end its last line', '*.swp', `*.swp\n\n${ours.join('\n')}\n`],
    ['with the line breaks of Windows', '*.swp\r\n', `*.swp\r\n\r\n${ours.join('\r\n')}\r\n`],
    ['that is empty', '', `${ours.join('\n')}\n`],
    [
      'without saying again what it says',
      'node_modules/\n.env\n',
      `node_modules/\n.env\n\n${others.join('\n')}\n`,
    ],
    [
      'with what it must not ignore behind all that it ignores',
      `${ours.join('\n')}\n*.tgz\n`,
      `${ours.join('\n')}\n*.tgz\n\n${ours.filter((line) => line.startsWith('!')).join('\n')}\n`,
    ],
  ])('adds to a .gitignore %s', (_, before, content) => {
    const change = changeOf(planIn({ [path]: before }), path);
    expect(change).toEqual({ kind: 'update', path, before, content });
  });
});

describe('a README that was there before the project', () => {
  const versions = {
    base: '# shop\n\nStart it with `npm run dev`: /api answers.\n',
    generated: '# shop\n\nStart it with `npm run dev`: /v2 answers.\n',
  };
  const options = { force: false, isSound: () => true, syntaxOf };
  const planOf = (path: string, yours: string) => planFile({ ...versions, path, yours }, options);

  it.each(['# shop\n\nWhat we sell.\n', '', '# shop\n'])(
    'meets nothing that is generated, now or later: %j',
    (yours) => {
      const message = 'nothing in it is generated, and it stays as it is';
      expect(planOf('README.md', yours)).toEqual({
        status: 'notice',
        notice: { kind: 'kept', path: 'README.md', message },
      });
    },
  );

  it('while one that has generated lines is merged, and code always is', () => {
    const yours = `${versions.base}Ours.\n`;
    const content = `${versions.generated}Ours.\n`;
    expect(planOf('README.md', yours)).toMatchObject({ status: 'change', change: { content } });
    const code = planOf('src/shop.ts', 'something else\n');
    expect(code).toMatchObject({ status: 'notice', notice: { kind: 'conflict' } });
  });
});
