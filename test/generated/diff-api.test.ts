import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { builtTool, copyOfNew, ownFolder } from './projects.ts';
import { mustRun, run } from './run.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const commit = 'git add --all && git commit -q -m Change';

/** What prints the document, and a route of a person: its text, and before which text it stands. */
const onStacks = {
  express: {
    make: copyOfNew,
    print: 'npm run -s openapi',
    file: 'src/modules/posts/posts.openapi.ts',
    before: "  '/posts/{id}': {",
    route: `  '/posts/{id}/publish': {
    post: { tags, requestParams: { path }, responses: { 204: emptyAnswer('Published') } },
  },
`,
  },
  fastapi: {
    async make(folder: string) {
      const flags = '--stack fastapi --auth none --yes --no-git';
      await mustRun(`node ${await builtTool()}/bin/create-backend.js shop ${flags}`, folder);
      await mustRun(`git init -q && ${commit}`, join(folder, 'shop'));
      return join(folder, 'shop');
    },
    print: '.venv/bin/python -m app.openapi',
    file: 'app/modules/posts/router.py',
    before: '@router.get(\n    "/posts/{id}"',
    route: `@router.post("/posts/{id}/publish", status_code=204)
async def publish_post(id: Id) -> Response:
    return Response(status_code=204)


`,
  },
};

const broken = `✗ \`title\` is not sent any more: breaks clients that read it
    GET    /api/posts       200 data[].title
    POST   /api/posts       201 data.title
    GET    /api/posts/{id}  200 data.title
    PUT    /api/posts/{id}  200 data.title
    PATCH  /api/posts/{id}  200 data.title
✗ \`tags\` is not sent any more: breaks clients that read it
    GET    /api/posts       200 data[].tags
    POST   /api/posts       201 data.tags
    GET    /api/posts/{id}  200 data.tags
    PUT    /api/posts/{id}  200 data.tags
    PATCH  /api/posts/{id}  200 data.tags
✗ \`title\` is not taken any more: breaks clients that send it
    POST   /api/posts       body data.title
    PUT    /api/posts/{id}  body data.title
    PATCH  /api/posts/{id}  body data.title
✗ \`tags\` is not taken any more: breaks clients that send it
    POST   /api/posts       body data.tags
    PUT    /api/posts/{id}  body data.tags
    PATCH  /api/posts/{id}  body data.tags
✗ \`headline\` is required now: breaks clients that leave it out
    POST  /api/posts       body data.headline
    PUT   /api/posts/{id}  body data.headline
✗ \`views\` takes at most 50 now (before: 200): breaks clients that send values beyond it
    POST   /api/posts       body data.views
    PUT    /api/posts/{id}  body data.views
    PATCH  /api/posts/{id}  body data.views
✗ the call is not answered any more: breaks all clients that make it
    POST  /api/posts/{id}/publish

✗ 7 changes break clients since HEAD.`;

describe.each(Object.entries(onStacks))('gen diff-api on %s', (stack, own) => {
  let project: string;
  let gen: (line: string) => ReturnType<typeof run>;
  const edit = async (change: (text: string) => string) => {
    const file = join(project, own.file);
    await writeFile(file, change(await readFile(file, 'utf8')));
  };
  beforeAll(async () => {
    project = await own.make(await ownFolder(`diff-api-${stack}`));
    const tool = await builtTool();
    gen = (line) => run(`node ${tool}/bin/gen.js ${line}`, project);
    await gen('endpoint posts title:string views:integer:default=0:max=100 tags:string:list');
    await edit((text) => text.replace(own.before, `${own.route}${own.before}`));
    await mustRun(commit, project);
  });

  it('finds nothing in what clients need not know', async () => {
    await gen('field add posts note:text:optional:filter');
    await gen('field change posts views:integer:default=0:max=200');
    expect(await gen('diff-api HEAD')).toMatchObject({
      exitCode: 0,
      output: '✓ Nothing breaks clients since HEAD.',
    });
    await mustRun(commit, project);
  });

  it('finds what breaks them in fields and in routes of people, by the code of both', async () => {
    const document = JSON.parse(await mustRun(own.print, project));
    expect(document.paths['/posts/{id}/publish']).toHaveProperty('post');

    await gen('field rename posts title headline');
    await gen('field change posts views:integer:default=0:max=50');
    await gen('field remove posts tags --force');
    await edit((text) => text.replace(own.route, ''));
    const { exitCode, output } = await gen('diff-api HEAD');
    expect([exitCode, output]).toEqual([1, broken]);
    expect(await mustRun('git worktree list', project)).not.toContain('\n');
  });

  it('finds nothing where an old version stands for clients, and what its removal breaks', async () => {
    await mustRun(commit, project);
    await gen('version v2');
    await gen('field rename posts headline name');
    expect(await gen('diff-api HEAD')).toMatchObject({
      exitCode: 0,
      output: '✓ Nothing breaks clients since HEAD.',
    });
    await mustRun(commit, project);
    await gen('version remove v1');
    const { exitCode, output } = await gen('diff-api HEAD');
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^✗ the call is not answered any more: .*\n {4}GET +\/api\/posts$/m);
    expect(output).not.toContain('/api/v2');
  });
});
