import { describe, expect, it } from 'vitest';
import { readIncluded } from '../../../src/stacks/fastapi/wire/included.ts';

const about = 'NAME = "shop"\nBASE_PATH = "/api"\n';
const main = (...lines: string[]) =>
  [
    'from fastapi import APIRouter, Depends, FastAPI',
    'from app.about import BASE_PATH',
    'from app.routes import add_routes',
    ...lines.filter((line) => line.startsWith('from ')),
    'def create_app():',
    '    app = FastAPI()',
    '    api = APIRouter(prefix=BASE_PATH)',
    ...lines.filter((line) => !line.startsWith('from ')).map((line) => `    ${line}`),
    '    app.include_router(api)',
    '    return app',
    '',
  ].join('\n');

const posts = `from fastapi import APIRouter
router = APIRouter(tags=["posts"])

@router.get("/posts")
async def list_posts(): ...

@router.post("/posts")
async def create_post(caller: CurrentUser): ...

@router.delete("/posts/{id}", dependencies=[Depends(require_role("admin", "editor"))])
async def delete_post(id: UUID): ...
`;
const routes = `from app.modules.posts.router import router as posts_router

def add_routes(v1):
    v1.include_router(posts_router)
`;

function listed(files: Record<string, string>) {
  const all = {
    'app/about.py': about,
    'app/routes.py': routes,
    'app/modules/posts/router.py': posts,
    ...files,
  };
  const { routes: found, unclear } = readIncluded(
    (path) => new Map(Object.entries(all)).get(path),
    'app/main.py',
  );
  return {
    routes: found.map(({ method, path, access }) => `${method} ${path} ${access}`),
    unclear,
  };
}

describe('the routes that the code of a FastAPI project includes', () => {
  it('are found through the function that gets the router, with their guards', () => {
    expect(listed({ 'app/main.py': main('add_routes(api)') })).toEqual({
      routes: [
        'GET /api/posts public',
        'POST /api/posts user',
        'DELETE /api/posts/:id admin,editor',
      ],
      unclear: [],
    });
  });

  it.each<[string, string[], string[]]>([
    [
      'a prefix of the call',
      ['from app.modules.posts import router', 'api.include_router(router.router, prefix="/v1")'],
      [
        'GET /api/v1/posts public',
        'POST /api/v1/posts user',
        'DELETE /api/v1/posts/:id admin,editor',
      ],
    ],
    [
      'guards of the call',
      [
        'from app.modules.posts.router import router',
        'api.include_router(router, dependencies=[Depends(require_user)])',
      ],
      ['GET /api/posts user', 'POST /api/posts user', 'DELETE /api/posts/:id admin,editor'],
    ],
    [
      'a loop',
      [
        'from app.modules.posts.router import router as one',
        'for each in (one,):',
        '    api.include_router(each)',
      ],
      ['GET /api/posts public', 'POST /api/posts user', 'DELETE /api/posts/:id admin,editor'],
    ],
    [
      'a handler of its own',
      ['@api.api_route("/ping", methods=["GET", "HEAD"])', 'async def ping(): ...'],
      ['GET /api/ping public', 'HEAD /api/ping public'],
    ],
    ['a function that is added', ['app.add_api_route("/", home)'], ['GET / public']],
    [
      'the first of two',
      [
        '@api.get("/{rest:path}")',
        'async def one(): ...',
        '@api.get("/{rest:path}")',
        'async def two(caller: CurrentUser): ...',
      ],
      ['GET /api/:rest public'],
    ],
  ])('are found by %s', (_, lines, expected) => {
    expect(listed({ 'app/main.py': main(...lines) })).toEqual({ routes: expected, unclear: [] });
  });

  it.each<[string, string[], string]>([
    [
      'of another application',
      ['app.mount("/files", files)'],
      '`app.mount("/files", files)` may add routes below / that are not listed.',
    ],
    [
      'of a package',
      ['from shop_admin import admin', 'api.include_router(admin)'],
      '`api.include_router(admin)` may add routes below /api that are not listed.',
    ],
    [
      'with a computed path',
      ['@api.get(path_of("x"))', 'async def x(): ...'],
      '`@api.get(path_of("x"))` may add routes below /api that are not listed.',
    ],
  ])('are not made up: those %s', (_, lines, expected) => {
    const { routes: found, unclear } = listed({ 'app/main.py': main(...lines) });
    expect(found).toEqual([]);
    expect(unclear).toEqual([expect.stringContaining(expected)]);
  });

  it('are those of the router that comes first, whatever its parameters are called', () => {
    const old = `from fastapi import APIRouter
router = APIRouter()

@router.delete("/posts/{post}")
async def delete_post(post: UUID): ...

def add_old_routes(api):
    api.include_router(router)
`;
    const lines = [
      'from app.old import add_old_routes',
      'old = APIRouter(prefix="/old")',
      'add_old_routes(old)',
      'old.include_router(api)',
      'add_routes(api)',
    ];
    const text = main(...lines).replace('(prefix=BASE_PATH)', '()');
    const { routes: found } = listed({ 'app/main.py': text, 'app/old.py': old });
    expect(found.filter((route) => route.includes('/old'))).toEqual([
      'DELETE /old/posts/:post public',
      'GET /old/posts public',
      'POST /old/posts user',
    ]);
  });

  it('are none where the file of the application is gone or broken', () => {
    for (const text of ['app = (', undefined]) {
      const files = text === undefined ? {} : { 'app/main.py': text };
      expect(listed(files)).toEqual({ routes: [], unclear: ['app/main.py cannot be read.'] });
    }
  });
});
