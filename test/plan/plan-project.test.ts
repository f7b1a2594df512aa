import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/manifest/change.ts';
import { aboveOf, type Manifest } from '../../src/manifest/manifest.ts';
import { planFile } from '../../src/plan/plan-file.ts';
import { planProject } from '../../src/plan/plan-project.ts';
import { express } from '../../src/stacks/express/express.ts';
import { syntaxOf } from '../../src/stacks/typescript/syntax.ts';
import { emptyManifest } from '../stacks/manifests.ts';
import { filesOf, type Texts } from './virtual.ts';

/** The plan of a new project in a folder with these files. */
function planIn(texts: Texts, manifest = emptyManifest): Plan {
  return planProject({
    manifest,
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
    const message = 'your file is kept; AGENTS.md explains the project';
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

describe('a new project in a workspace', () => {
  const reasons = (
    above: Manifest['above'],
    packageManager: Manifest['packageManager'] = 'npm',
  ) => {
    const { changes, notices } = planIn(
      {},
      { ...emptyManifest, ...aboveOf(above), packageManager },
    );
    const made = changes.map(({ path }) => path);
    expect(notices.filter(({ path }) => made.includes(path))).toEqual([]);
    return notices.map((each) => [each.kind, each.path, 'message' in each && each.message]);
  };
  const workflows = (root: string) =>
    ['.github/dependabot.yml', '.github/workflows/ci.yaml'].map((path) => [
      'left out',
      path,
      `useful only at the root of the ${root}`,
    ]);
  const image = ['.dockerignore', 'Dockerfile', 'compose.yaml'].map((path) => [
    'left out',
    path,
    'useful only at the root of the workspace',
  ]);

  it('says what is left out, and why', () => {
    expect(reasons(undefined)).toEqual([]);
    expect(reasons(['linter'])).toEqual([]);
    expect(reasons(['repository'])).toEqual(workflows('repository'));
    expect(reasons(['workspace'])).toEqual([...image, ...workflows('workspace')]);
    expect(reasons(['repository', 'workspace'])).toEqual([...image, ...workflows('repository')]);
  });

  it.each([
    ['pnpm', 'pnpm-workspace.yaml', 'allowBuilds'],
    ['yarn', '.yarnrc.yml', 'nodeLinker: node-modules'],
  ] as const)('warns of what %s has to be told at the root', (manager, path, need) => {
    const [, , , warning] = reasons(['workspace'], manager);
    expect(warning).toEqual(['warning', path, expect.stringContaining(need)]);
    expect(warning?.[2]).toContain('the one at the root of the workspace needs');
  });
});

describe('a README that was there before the project', () => {
  const versions = {
    base: '# shop\n\nStart it with `npm run dev`: /api answers.\n',
    generated: '# shop\n\nStart it with `npm run dev`: /v2 answers.\n',
  };
  const options = { force: false, isSound: () => true, layOut: express.layOut, syntaxOf };
  const planOf = (path: string, yours: string) => planFile({ ...versions, path, yours }, options);

  it.each(['# shop\n\nWhat we sell.\n', '', '# shop\n'])(
    'meets nothing that is generated, now or later: %j',
    (yours) => {
      const message = 'it has none of the generated text, and is not changed';
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
