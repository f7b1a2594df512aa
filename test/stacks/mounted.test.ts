import { describe, expect, it } from 'vitest';
import { withAccounts } from '../../src/manifest/accounts.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { renderAll } from '../../src/plan/render-all.ts';
import { express } from '../../src/stacks/express/express.ts';
import { accountsManifest, emptyManifest, everything, manifestWith } from './manifests.ts';

const accounts: Manifest = { ...accountsManifest, basePath: '/api/v1' };
const posts: Manifest = withAccounts({
  ...manifestWith({ name: 'posts', fields: ['title:string'] }, { name: 'tags', fields: ['name'] }),
  auth: 'jwt',
});

type Edits = Record<string, string | ((text: string) => string) | undefined>;

/** The listing of a project that was made for a manifest, with these of its files edited. */
async function listingOf(manifest: Manifest, edits: Edits = {}) {
  const rendered = await renderAll(express, manifest, '1.0.0');
  const texts = new Map(rendered.map(({ path, content }) => [path, content]));
  for (const [path, edit] of Object.entries(edits)) {
    const before = texts.get(path) ?? '';
    const text = typeof edit === 'function' ? edit(before) : edit;
    if (typeof edit === 'function') expect(text, path).not.toBe(before);
    if (text === undefined) texts.delete(path);
    else texts.set(path, text);
  }
  return express.readRoutes(manifest, (path) => texts.get(path));
}

/** The routes that are there beside those that were generated, each as a line. */
async function addedBy(edits: Edits): Promise<string[]> {
  const { routes } = await listingOf(posts, edits);
  const generated = express.listRoutes(posts);
  return routes
    .filter(({ method, path, access }) =>
      generated.every(
        (each) => each.method !== method || each.path !== path || each.access !== access,
      ),
    )
    .map(({ method, path, access, file }) => `${method} ${path} ${access} ${file}`);
}

describe('a project as it was generated', () => {
  it.each([
    ['new', emptyManifest],
    ['with accounts', accounts],
    ['with every kind of endpoint', manifestWith(...everything)],
    ['with GraphQL', { ...accounts, graphql: true }],
  ])('mounts what is generated: %s', async (_, manifest) => {
    expect(await listingOf(manifest)).toEqual({
      routes: express.listRoutes(manifest),
      unclear: [],
      missing: [],
    });
  });
});

const app = 'src/app.ts';
const routes = 'src/routes.ts';
const module = 'src/modules/posts/posts.routes.ts';
const hand = 'src/admin/admin.routes.ts';

/** Puts code before the last `return` of a file, and imports at its top. */
const withCode =
  (code: string, imports = '') =>
  (text: string) => {
    const at = text.lastIndexOf('\n  return ');
    return `${imports}${text.slice(0, at)}\n${code}${text.slice(at)}`;
  };
const importing = (from: string) => `import { adminRoutes } from '${from}';\n`;
const made = `import { Router } from 'express';
export function adminRoutes({ auth }: Dependencies): Router {
  const router = Router();
  router.get('/stats', auth.requireRole('admin'), (req, res) => res.json({}));
  return router;
}
`;

describe('a route that was written by hand is listed', () => {
  it.each<[string, Edits, string[]]>([
    [
      'in the routes of a module',
      {
        [module]: withCode(
          "  router.route('/posts/:id/publish').post(auth.requireUser, async (req, res) => res.end());",
        ),
      },
      [`POST /api/posts/:id/publish user ${module}`],
    ],
    [
      'with a method of the router, and several paths',
      {
        [module]: withCode("  router.post(['/posts/import', '/posts/upload'], (req, res) => {});"),
      },
      [`POST /api/posts/import public ${module}`, `POST /api/posts/upload public ${module}`],
    ],
    [
      'in a router below a path, behind its guard',
      {
        [routes]: withCode(
          "  const admin = Router();\n  admin.use(deps.auth.requireRole('admin'));\n" +
            "  admin.get('/stats', stats);\n  admin.delete('/cache/:key', drop);\n" +
            "  router.use('/admin', admin);",
        ),
      },
      [`GET /api/admin/stats admin ${routes}`, `DELETE /api/admin/cache/:key admin ${routes}`],
    ],
    [
      'in a file of its own, below a path and a guard',
      {
        [hand]: made.replace("auth.requireRole('admin'), ", ''),
        [routes]: withCode(
          "  router.use('/admin', deps.auth.requireRole('moderator', 'admin'), adminRoutes(deps));",
          importing('./admin/admin.routes.ts'),
        ),
      },
      [`GET /api/admin/stats moderator ${hand}`],
    ],
    [
      'in the app, under a condition',
      {
        [hand]: made,
        [app]: withCode(
          "  const prefix = '/internal';\n  if (config.env === 'development') app.use(`${prefix}/a`, adminRoutes(parts));",
          importing('./admin/admin.routes.js'),
        ),
      },
      [`GET /internal/a/stats admin ${hand}`],
    ],
    [
      'in the app itself',
      { [app]: withCode("  app.get('/version', (_req, res) => res.send('1'));") },
      [`GET /version public ${app}`],
    ],
    [
      'through a function that gets the router',
      {
        [hand]:
          "export function addWebhooks(to: Router): void {\n  to.post('/webhooks/:name', take);\n}\n",
        [routes]: withCode(
          '  addWebhooks(router);',
          "import { addWebhooks } from './admin/admin.routes.ts';\n",
        ),
      },
      [`POST /api/webhooks/:name public ${hand}`],
    ],
    [
      'in a list that a loop mounts',
      {
        [hand]: made,
        [routes]: withCode(
          '  for (const make of [adminRoutes]) router.use(make(deps));',
          importing('~/admin/admin.routes'),
        ),
      },
      [`GET /api/stats admin ${hand}`],
    ],
    [
      'as the default of a module, in one chain',
      {
        'src/admin/index.ts':
          "import express from 'express';\nexport default express.Router().get('/stats', stats).use('/x', express.static('x'));\n",
        [routes]: withCode("  router.use('/admin', admin);", "import admin from './admin';\n"),
      },
      [
        'GET /api/admin/stats public src/admin/index.ts',
        'GET /api/admin/x/* public src/admin/index.ts',
      ],
    ],
    [
      'of a module that is imported as a whole',
      {
        [hand]: made,
        [routes]: withCode(
          '  router.use(admin.adminRoutes(deps));',
          "import * as admin from './admin/admin.routes.ts';\n",
        ),
      },
      [`GET /api/stats admin ${hand}`],
    ],
    [
      'with a function before it of which nobody knows whom it lets pass',
      {
        [module]: withCode(
          "  router.get('/posts/export', requireKey, limits('a', '1/day'), send);",
        ),
      },
      [`GET /api/posts/export unknown ${module}`],
    ],
    [
      'but not what never runs',
      {
        [module]: (text) =>
          text.replace(
            /\n {2}return router;/,
            "$&\n  router.get('/posts/dead', (req, res) => {});",
          ),
      },
      [],
    ],
  ])('%s', async (_, edits, expected) => {
    expect(await addedBy(edits)).toEqual(expected);
    expect(await listingOf(posts, edits)).toMatchObject({ unclear: [], missing: [] });
  });
});

describe('what was changed in generated code', () => {
  it('is listed as it is: whoever may now', async () => {
    const edits: Edits = {
      [module]: (text) => text.replaceAll('.get(auth.requireUser, ', '.get('),
    };
    expect(await addedBy(edits)).toEqual([
      `GET /api/posts public ${module}`,
      `GET /api/posts/:id public ${module}`,
    ]);
  });

  it('is missing where it is mounted no longer', async () => {
    const edits: Edits = {
      [routes]: (text) => text.replace('  router.use(postsRoutes(deps));\n', ''),
    };
    const { routes: listed, missing } = await listingOf(posts, edits);
    expect(missing).toEqual(express.listRoutes(posts).filter(({ file }) => file === module));
    expect(listed.map(({ path }) => path).filter((path) => path.includes('posts'))).toEqual([]);
  });

  it('is found where the module was moved', async () => {
    const rendered = await renderAll(express, posts, '1.0.0');
    const text = rendered.find(({ path }) => path === module)?.content;
    const edits: Edits = {
      [module]: undefined,
      'src/blog/posts.routes.ts': text,
      [routes]: (before) => before.replace('./modules/posts/', './blog/'),
    };
    const { routes: listed, missing } = await listingOf(posts, edits);
    expect(missing).toEqual([]);
    expect(listed.filter(({ file }) => file === 'src/blog/posts.routes.ts')).toHaveLength(6);
  });
});

describe('what cannot be known is said', () => {
  it.each<[string, Edits, string]>([
    [
      'what a package mounts below a path',
      {
        [app]: withCode("  app.use('/queues', board.getRouter());", "import board from 'board';\n"),
      },
      'src/app.ts:LINE: `board.getRouter()` may add routes below /queues that are not listed.',
    ],
    [
      'routes that come from elsewhere',
      { [routes]: withCode('  router.use(deps.pluginRoutes);') },
      'src/routes.ts:LINE: `deps.pluginRoutes` may add routes below /api that are not listed.',
    ],
    [
      'a file that cannot be parsed',
      { [module]: 'export function postsRoutes( {' },
      'src/routes.ts:LINE: `postsRoutes(deps)` may add routes below /api that are not listed.',
    ],
    [
      'a path that is worked out when it runs',
      { [module]: withCode("  router.get(pathOf('x'), (req, res) => {});") },
      `${module}:LINE: \`router.get(pathOf('x'), (req, res) => {})\` may add routes below /api that are not listed.`,
    ],
  ])('%s', async (_, edits, expected) => {
    const { unclear } = await listingOf(posts, edits);
    expect(unclear.map((each) => each.replace(/:\d+:/, ':LINE:'))).toEqual([expected]);
  });

  it('where there is no app at all, and then it is what was generated', async () => {
    const listing = await listingOf(posts, { [app]: 'export const app = build();\n' });
    const reason =
      'The app in src/app.ts cannot be read: the list shows the routes of backend.json.';
    expect(listing).toEqual({ routes: express.listRoutes(posts), unclear: [reason], missing: [] });
  });

  it('and routers that mount each other come to an end', async () => {
    const edits: Edits = { [routes]: withCode("  router.use('/again', router);") };
    const { routes: listed } = await listingOf(posts, edits);
    const paths = listed.map(({ path }) => path);
    expect(paths).toContain('/api/again/posts');
    expect(paths.join()).not.toContain('again/again');
  });
});
