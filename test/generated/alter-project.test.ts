import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { parseManifest } from '../../src/manifest/manifest.ts';
import { moveEndpoint } from '../../src/manifest/move-endpoint.ts';
import { express } from '../../src/stacks/express/express.ts';
import type { RenderedFile } from '../../src/stacks/stack.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { manifestWith } from '../stacks/manifests.ts';
import { createDatabase } from './postgres.ts';
import { copyOfNew, ownFolder } from './projects.ts';
import { type Env, mustRun, run } from './run.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const insertRow = `import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql\`
    insert into posts (id, title, created_at, updated_at) values (gen_random_uuid(), 'old', now(), now())
  \`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql\`delete from posts\`.execute(db);
}
`;

let project: string;
/** A migration that finds rows it cannot fill. */
let stopping: RenderedFile | undefined;
beforeAll(async () => {
  project = await copyOfNew(await ownFolder('alter-project'));
  await mustRun('npx gen endpoint posts title:string note:text:optional', project);
  const before = parseManifest(await readFile(join(project, 'backend.json'), 'utf8'), '', stacks);
  const fields = ['headline:string:max=80', 'note:text:default=none', 'slug:uuid:optional:unique'];
  const change = {
    before,
    after: manifestWith({ name: 'posts', fields }),
    plural: 'posts',
    renames: new Map([['title', 'headline']]),
  };
  const rename = { from: 'posts', to: 'articles' };
  const moved = moveEndpoint(change.after, rename);
  const required = {
    before: change.after,
    after: manifestWith({ name: 'posts', fields: [...fields, 'views:integer'] }),
    plural: 'posts',
    renames: new Map(),
  };
  const files = [
    { path: 'src/db/migrations/20990101000000_insert_post.ts', content: insertRow },
    express.renderAlteration({ ...change, timestamp: '20990101000001' }),
    express.renderRename(change.after, moved, rename, '20990101000003'),
    express.renderRemoval(moved, 'articles', '20990101000004'),
  ];
  for (const file of files) await write(file);
  stopping = express.renderAlteration({ ...required, timestamp: '20990101000002' });
});

async function write(file: RenderedFile | undefined): Promise<void> {
  if (file) await writeFile(join(project, file.path), file.content);
}

const databases: [string, () => Promise<{ env: Env; drop: () => Promise<void> }>][] = [
  [
    'PostgreSQL',
    async () => {
      const { url, drop } = await createDatabase();
      return { env: { DATABASE_URL: url }, drop };
    },
  ],
  [
    'PGlite',
    async () => ({
      env: { DATA_DIR: await ownFolder(`altered-data-${randomUUID()}`) },
      drop: async () => {},
    }),
  ],
];

describe('the migrations of a change in a project', () => {
  it('pass its checks', async () => {
    await mustRun('npm run type-check', project);
    await mustRun('npx biome check --error-on-warnings .', project);
  });

  it.each(databases)(
    'stop with advice and nothing changed, or run up and down, on %s',
    async (_, open) => {
      const { env, drop } = await open();
      try {
        await write(stopping);
        const { exitCode, output } = await run('npm run --silent migrate', project, env);
        expect([exitCode, output]).toEqual([
          1,
          'posts.views has no value in 1 of the rows, which not null refuses: give it a default, or fill it in this migration',
        ]);
        await rm(join(project, stopping?.path ?? ''));

        const migrate = (command: string) =>
          mustRun(`npm run --silent migrate ${command}`, project, env);
        expect(await migrate('')).toMatch(
          /_create_posts\nup .*_insert_post\nup .*_change_posts\nup .*_rename_posts_to_articles\nup .*_drop_articles$/,
        );
        expect(await migrate('-- down')).toMatch(/^down .*_drop_articles$/);
        expect(await migrate('-- down')).toMatch(/^down .*_rename_posts_to_articles$/);
        expect(await migrate('-- down')).toMatch(/^down .*_change_posts$/);
      } finally {
        await drop();
      }
    },
  );
});
