import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { isBroad } from './broad.ts';
import { copyOfNew, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const options = {
  formatter: { indentStyle: 'tab', lineWidth: 120 },
  javascript: {
    formatter: { quoteStyle: 'double', semicolons: 'asNeeded', trailingCommas: 'none' },
  },
};

const posts =
  'posts title:string:max=200:search:sort slug:string:unique views:integer:default=0:filter:sort ' +
  'status:enum:draft,published,archived:filter price:decimal:min=0:filter:sort tags:string:list ' +
  'publishedAt:datetime:optional:sort email:email website:url:optional';

const schema = 'src/modules/posts/posts.schema.ts';
const routes = 'src/modules/posts/posts.routes.ts';
const renamed = (path: string) => path.replaceAll('posts', 'articles');

/** What people do between commands, and what a command makes of it. */
const story: [title: string, act: (project: string) => Promise<unknown>][] = [
  ['a new endpoint', (project) => gen(project, `endpoint ${posts}`)],
  [
    'an endpoint below another',
    (project) => gen(project, 'endpoint notes text:text post:ref:posts --under posts'),
  ],
  [
    'an edit by hand, and fields added',
    async (project) => {
      await edit(project, schema, /^(\t+)title: /m, '$1// Shown as it is typed.\n$1title: ');
      await gen(project, 'field add posts subtitle:string:optional featured:boolean:default=false');
    },
  ],
  [
    'an edit in another file, and a field renamed',
    async (project) => {
      await edit(project, routes, /^(export function )/m, '// All of them are public.\n$1');
      await gen(project, 'field rename posts price amountInCentsOfTheCurrency');
    },
  ],
  ['a field removed', (project) => gen(project, 'field remove posts website --force')],
  ['an endpoint renamed', (project) => gen(project, 'endpoint rename posts articles')],
  [
    'what was edited in backend.json',
    async (project) => {
      await edit(project, 'backend.json', '"max": 200', '"max": 300');
      await gen(project, 'apply');
    },
  ],
  ['an endpoint removed', (project) => gen(project, 'remove endpoint notes --force')],
  ['a command taken back', (project) => gen(project, 'undo --force')],
];

async function gen(project: string, command: string): Promise<string> {
  const output = await mustRun(`node_modules/.bin/gen ${command}`, project);
  expect(output).not.toMatch(/^ *(conflict|manual) /m);
  return output;
}

async function edit(
  project: string,
  path: string,
  from: RegExp | string,
  to: string,
): Promise<void> {
  const text = await readFile(join(project, path), 'utf8');
  expect(text).toMatch(from);
  await writeFile(join(project, path), text.replace(from, to));
}

async function setOptions(project: string, more: object): Promise<void> {
  const path = join(project, 'biome.json');
  const usual: object = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...usual, ...more }));
}

const laidOut = (project: string) => mustRun('node_modules/.bin/biome format .', project);

describe('a project with options of Biome of its own', () => {
  let project: string;
  beforeAll(async () => {
    project = await copyOfNew(await ownFolder('biome-options'));
    await setOptions(project, options);
    await mustRun('npm run format', project);
  });

  it('is shown what would be written as it would be', async () => {
    const output = await gen(project, 'endpoint tags name:string --dry-run --diff');
    expect(output).toMatch(/^\+\tname: text\(/m);
    expect(output).toMatch(/^\+import .* from "zod"$/m);
  });

  it.each(story)('is laid out by them after %s', async (_, act) => {
    await act(project);
    await laidOut(project);
  });

  it('keeps the edits, tells which files have them, and passes its checks', async () => {
    expect(await readFile(join(project, renamed(schema)), 'utf8')).toContain(
      '// Shown as it is typed.',
    );
    const status = JSON.parse(await mustRun('npx gen status --json', project));
    const edited = status.files.filter(({ status }: { status: string }) => status !== 'pristine');
    expect(edited.map(({ path }: { path: string }) => path).sort()).toEqual(
      ['biome.json', renamed(routes), renamed(schema)].sort(),
    );
    await Promise.all(
      ['npm run lint', 'npm run type-check'].map((check) => mustRun(check, project)),
    );
  });
});

/** Where options may stand; each makes files of the project, and of the folder around it. */
const forms: [title: string, make: (project: string, around: string) => Promise<void>][] = [
  [
    'biome.jsonc with comments',
    async (project) => {
      await setOptions(project, options);
      const text = await readFile(join(project, 'biome.json'), 'utf8');
      await rename(join(project, 'biome.json'), join(project, 'biome.jsonc'));
      await writeFile(join(project, 'biome.jsonc'), `// Ours.\n${text}`);
    },
  ],
  [
    '.editorconfig',
    async (project) => {
      await setOptions(project, { formatter: { useEditorconfig: true } });
      await writeFile(join(project, '.editorconfig'), '[*]\nindent_style = tab\n');
    },
  ],
  [
    'a file that biome.json extends',
    async (project) => {
      await setOptions(project, { extends: ['./layout.json'] });
      await writeFile(
        join(project, 'layout.json'),
        JSON.stringify({ javascript: { formatter: { trailingCommas: 'none' } } }),
      );
    },
  ],
  [
    'overrides',
    (project) =>
      setOptions(project, {
        overrides: [{ includes: ['src/modules/**'], formatter: { indentStyle: 'tab' } }],
      }),
  ],
  [
    'the folder around the project',
    async (project, around) => {
      await writeFile(join(around, 'biome.json'), JSON.stringify(options));
      await writeFile(
        join(project, 'biome.json'),
        JSON.stringify({
          root: false,
          extends: '//',
          files: { includes: ['**', '!backend.json', '!backend.lock.json', '!.backend'] },
        }),
      );
    },
  ],
];

describe('options in', () => {
  it.each(forms)('%s', async (title, make) => {
    const around = await ownFolder(`options-${title.replace(/\W+/g, '-')}`);
    const project = await copyOfNew(around);
    await make(project, around);
    await mustRun('npm run format', project);
    await gen(project, `endpoint ${posts}`);
    if (isBroad) await gen(project, 'field add posts subtitle:string:optional');
    await laidOut(project);
  });
});

describe('a project that took Prettier instead of Biome', () => {
  const check = 'node ../node_modules/prettier/bin/prettier.cjs --check .';
  let around: string;
  let project: string;
  beforeAll(async () => {
    around = await ownFolder('prettier');
    project = await copyOfNew(around);
    await rm(join(project, 'biome.json'));
    await mustRun('npm install --no-audit --no-fund --prefix . prettier@3.10.1', around);
    await writeFile(join(project, '.prettierrc'), '{ "useTabs": true, "semi": false }\n');
    const ignored = ['backend.json', 'backend.lock.json', '.backend', 'package-lock.json'];
    await writeFile(join(project, '.prettierignore'), `${ignored.join('\n')}\n`);
    await mustRun(check.replace('--check', '--write'), project);
  });

  it.each(isBroad ? story : story.slice(0, 4))('is laid out by it after %s', async (_, act) => {
    await act(project);
    await mustRun(check, project);
  });
});

describe('a project that Prettier laid out, where it is not installed', () => {
  it('has no conflicts of layout', async () => {
    const around = await ownFolder('without-prettier');
    const project = await copyOfNew(around);
    await rm(join(project, 'biome.json'));
    await gen(project, `endpoint ${posts}`);
    await mustRun('npm install --no-audit --no-fund --prefix . prettier@3.10.1', around);
    await mustRun('node ../node_modules/prettier/bin/prettier.cjs --write --use-tabs src', project);
    await rm(join(around, 'node_modules'), { recursive: true });
    await edit(project, schema, /^(\t+)title: /m, '$1// Shown as it is typed.\n$1title: ');
    await gen(project, 'field add posts subtitle:string:optional featured:boolean:default=false');
    await gen(project, 'field rename posts price amount');
    await gen(project, 'endpoint rename posts articles');
    const text = await readFile(join(project, renamed(schema)), 'utf8');
    expect(text).toContain('// Shown as it is typed.');
    expect(text).toContain('amount');
    await mustRun('npm run type-check', project);
  });
});
