import { cp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { executables, treeOf } from '../cli/run-bin.ts';
import { installedProject } from './accounts/project.ts';
import { expectGreen, expectGreenIn } from './checks.ts';
import { connect, createDatabase } from './postgres.ts';
import { builtTool, newProject, ownFolder } from './projects.ts';
import { installedRelease } from './releases.ts';
import { mustRun } from './run.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

// Every version gives a migration the same name then.
const env = { SOURCE_DATE_EPOCH: '1767225600' };

const shops = {
  none: {
    endpoints: [
      'customers name:string:max=120:search email:email:unique',
      'products name:string:search price:decimal:min=0:filter:sort status:enum:draft,active:filter --pagination offset',
      'orders customer:ref:customers placedAt:datetime:sort note:text:optional --under customers',
      'people name:string boss:ref:people:optional --singular human --only list,get,create',
    ],
    installed: newProject,
  },
  jwt: {
    endpoints: [
      'posts title:string:max=120:search body:text:optional --access read=public,delete=admin',
      'comments text:text post:ref:posts --under posts --access read=public --rate-limit 20/minute',
      'notes text:text pinned:boolean:default=false:filter --access read=owner',
    ],
    installed: installedProject,
  },
};

/** What people do to a project: after which text of which file they write what. */
type Edit = { path: string; after: string; lines: string };

const edits = (plural: string): Edit[] => [
  {
    path: `src/modules/${plural}/${plural}.service.ts`,
    after: '  return {\n',
    lines: "    describe(): string {\n      return 'described by hand';\n    },\n",
  },
  { path: 'src/app.ts', after: '', lines: '// Ours since the first day.\n' },
  {
    path: 'src/routes.ts',
    after: '  const router = Router();\n',
    lines: '  // Ours come first.\n',
  },
  { path: 'package.json', after: '"scripts": {\n', lines: '    "ours": "node --version",\n' },
  { path: 'package.json', after: '"dependencies": {\n', lines: '    "ms": "2.1.3",\n' },
  { path: 'README.md', after: '', lines: 'Written by hand, above everything.\n\n' },
  { path: '.gitignore', after: 'dist/\n', lines: 'private/\n' },
];

/** What they do to the accounts. */
const accountEdits: Edit[] = [
  {
    path: 'src/modules/users/users.service.ts',
    after: '  return {\n',
    lines: "    describe(): string {\n      return 'described by hand';\n    },\n",
  },
  {
    path: 'src/modules/users/users.repository.ts',
    after: '  return {\n',
    lines: "    greeting(): string {\n      return 'written by hand';\n    },\n",
  },
  {
    path: 'src/modules/users/users.schema.ts',
    after: 'export const userEmail = email({ max: 254 });\n',
    lines: "export const isOurs = (address: string) => address.endsWith('@example.com');\n",
  },
  {
    path: 'src/auth/auth.service.ts',
    after: '  return {\n',
    lines: "    describe(): string {\n      return 'described by hand';\n    },\n",
  },
  {
    path: 'src/auth/me.routes.ts',
    after: '  const router = Router();\n',
    lines: '  // Ours come first.\n',
  },
  {
    path: 'src/auth/guards.ts',
    after: 'const mostTokens = 10_000;\n',
    lines: '// Ours is a small service.\n',
  },
];

/** A migration that only the present version has is dated as late as it came. */
const stamp = /^(src\/db\/migrations\/)\d+_/;

const deleted = 'test/shell.test.ts';
const reformatted = 'src/http/health.ts';
const overrides = `  "overrides": [
    {
      "includes": ["${reformatted}"],
      "formatter": { "lineWidth": 60 },
      "javascript": { "formatter": { "quoteStyle": "double", "semicolons": "asNeeded" } }
    }
  ],
`;

const projects = [
  { release: '0.1.0', auth: 'none' },
  { release: '0.1.0', auth: 'jwt' },
  { release: '0.2.0', auth: 'none' },
  { release: '0.2.0', auth: 'jwt' },
] as const;

describe.each(projects)('a project of $release with --auth $auth, edited', ({ release, auth }) => {
  const { endpoints, installed } = shops[auth];
  const handmade = [
    ...edits(endpoints[0]?.split(' ')[0] ?? ''),
    ...(auth === 'jwt' ? accountEdits : []),
  ];
  let project: string;
  let fresh: string;
  let modules: string;
  let before: Record<string, string>;
  let after: Record<string, string>;

  beforeAll(async () => {
    const folder = await ownFolder(`upgraded-${release}-${auth}`);
    modules = join(await installed(), 'node_modules');
    project = await make(await installedRelease(release), join(folder, 'old'));
    // A project has no parts of accounts but those that it asks for, whatever new ones have.
    fresh = await make(await builtTool(), join(folder, 'new'), ' --accounts none');
    for (const edit of handmade) await insert(project, edit);
    await insert(project, { path: 'biome.json', after: '{\n', lines: overrides });
    await symlink(modules, join(project, 'node_modules'));
    await mustRun(`npx biome format --write ${reformatted}`, project);
    await rm(join(project, 'node_modules'));
    await rm(join(project, deleted));
    before = await treeOf(project);
    await mustRun(`node ${await builtTool()}/bin/gen.js upgrade`, project, env);
    after = await treeOf(project);
  });

  async function make(tool: string, folder: string, parts = ''): Promise<string> {
    const flags = `--auth ${auth}${parts} --no-install --no-git --yes`;
    await mustRun(`node ${tool}/bin/create-backend.js ${folder}/shop ${flags}`, join(folder, '..'));
    for (const endpoint of endpoints) {
      await mustRun(`node ${tool}/bin/gen.js endpoint ${endpoint} --yes`, `${folder}/shop`, env);
    }
    return join(folder, 'shop');
  }

  it.each(handmade)('keeps in $path: $lines', ({ path, lines }) => {
    expect(after[path]).toContain(lines);
  });

  it('keeps a formatted file in its format, and a deleted one deleted', () => {
    expect(after['biome.json']).toContain(overrides);
    expect(after[reformatted]).toMatch(/from "express"$/m);
    expect(after).not.toHaveProperty(deleted);
  });

  it('has every file that nobody edited as the present version makes it', async () => {
    const touched = new Set([
      ...handmade.map(({ path }) => path),
      ...['biome.json', reformatted, deleted, '.env', '.backend/undo.json'],
    ]);
    // How a table was made stays as it was; what it lacks comes with a migration of its own.
    const made = endpoints.map((endpoint) => `create_${endpoint.split(' ')[0]}`).join('|');
    const tables = new RegExp(`^src/db/migrations/\\d+_(${made}|add_indexes)\\.ts$`);
    const untouched = (tree: Record<string, string>) =>
      Object.fromEntries(
        Object.entries(tree)
          .filter(([path]) => !touched.has(path) && !tables.test(path))
          .map(([path, text]) => [path.replace(stamp, '$1'), text]),
      );
    expect(untouched(after)).toEqual(untouched(withoutRoles(await treeOf(fresh))));
  });

  it('has in every file that was edited what the present version makes of it', async () => {
    const made = await treeOf(fresh);
    for (const path of new Set(handmade.map((edit) => edit.path))) {
      const mine = handmade.filter((edit) => edit.path === path);
      const text = mine.reduce((all, { lines }) => all.replace(lines, ''), after[path] ?? '');
      expect(text, path).toBe(made[path]);
    }
  });

  it('is green, with another field of users too', async () => {
    const copy = join(await ownFolder(`upgraded-${release}-${auth}-checked`), 'shop');
    await cp(project, copy, { recursive: true });
    await symlink(modules, join(copy, 'node_modules'));
    if (auth === 'jwt') {
      const add = 'field add users displayName:string:optional birthday:date:optional:self';
      await mustRun(`node ${await builtTool()}/bin/gen.js ${add}`, copy);
      const grown = await treeOf(copy);
      for (const { path, lines } of accountEdits) expect(grown[path]).toContain(lines);
    }
    await mustRun('git init -q && echo node_modules > .git/info/exclude', copy);
    // What nobody edited is the same in all, so that all its tests run for the oldest with everything.
    const isOldest = release === '0.1.0' && auth === 'jwt';
    await (isOldest ? expectGreen(copy) : expectGreenIn(copy, 'src/modules'));
  });

  it('has the indexes in its database that a new project has', async () => {
    await Promise.all([project, fresh].map((root) => symlink(modules, join(root, 'node_modules'))));
    const [upgraded, made] = [await indexesOf(project), await indexesOf(fresh)];
    await Promise.all([project, fresh].map((root) => rm(join(root, 'node_modules'))));
    expect(upgraded).toEqual(made);
    expect(made.join()).toContain('gin_trgm_ops');
  });

  it('is what it was after gen undo, byte for byte', async () => {
    // Which migrations have run, the project says itself; what is installed is not to change.
    await symlink(modules, join(project, 'node_modules'));
    const PATH = await noNpm();
    const DATA_DIR = join(await ownFolder(`upgraded-${release}-${auth}-data`), 'data');
    await mustRun(`node ${await builtTool()}/bin/gen.js undo`, project, { PATH, DATA_DIR });
    await rm(join(project, 'node_modules'));
    expect(await treeOf(project)).toEqual(before);
  });
});

/** A path on which npm installs nothing. */
const noNpm = async () => `${await executables({ npm: 'exit 0' })}:${process.env.PATH}`;

/** The indexes of a database that the migrations of a project have made. */
async function indexesOf(project: string): Promise<string[]> {
  const { url, drop } = await createDatabase();
  await mustRun('npm run migrate', project, { DATABASE_URL: url });
  const client = await connect(url);
  const { rows } = await client.query(
    "select indexdef from pg_indexes where schemaname = 'public'",
  );
  await client.end();
  await drop();
  return rows.map(({ indexdef }) => String(indexdef)).sort();
}

/** A project that says nothing of roles has the usual ones, as those of earlier versions do. */
function withoutRoles(tree: Record<string, string>): Record<string, string> {
  const roles = /^ {2}"roles": \{[^}]*\},\n|"roles":\{[^}]*\},/gm;
  const texts = ['backend.json', 'backend.lock.json'].map((path) => [
    path,
    tree[path]?.replace(roles, ''),
  ]);
  return { ...tree, ...Object.fromEntries(texts) };
}

async function insert(project: string, { path, after, lines }: Edit): Promise<void> {
  const text = await readFile(join(project, path), 'utf8');
  const at = text.indexOf(after) + after.length;
  expect(at, `${after} in ${path}`).toBeGreaterThanOrEqual(after.length);
  await writeFile(join(project, path), text.slice(0, at) + lines + text.slice(at));
}
