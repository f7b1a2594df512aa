import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { letters } from '../project-of.ts';
import { bins } from './service.ts';

/** What the bench itself needs: what asks the servers, and what asks the database. */
const packages = { autocannon: '9.0.0', pg: '8.23.1' };

const fixedRouter = `import os
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import TypeAdapter

from app.auth.callers import require_user
from app.http.envelope import send_page
from app.http.json_route import JsonRoute
from app.modules.posts.schemas import ListPosts, PostRow

router = APIRouter(route_class=JsonRoute)

ROWS = TypeAdapter(list[PostRow]).validate_json(Path(os.environ["FIXED_ROWS"]).read_bytes())


@router.get("/fixed", dependencies=[Depends(require_user)])
async def list_fixed(query: Annotated[ListPosts, Query()]) -> Response:
    return send_page(ROWS, {"nextCursor": None, "limit": query.limit})
`;

type Service = {
  python: string;
  /** With one endpoint, and with so many. */
  few: string;
  many: string;
  rivals: string;
};

/**
 * Makes a project in Python with tokens and one endpoint, by the built tool, and another one with
 * `count` of them, of which that one is the last. Beside them stands the route `/api/fixed`, which answers
 * the rows of a file. Both run on the packages of the first one, and so does what they are compared with.
 */
export function makeFastapiService(folder: string, count: number): Service {
  const few = join(folder, 'service');
  const many = join(folder, 'many/service');
  const rivals = join(folder, 'rivals');
  const run = (command: string, args: string[], cwd: string) =>
    execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  const gen = (args: string[], cwd: string) =>
    run(process.execPath, [join(bins, 'gen.js'), ...args], cwd);

  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: packages }));
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  const create = [join(bins, 'create-backend.js'), 'service', '--stack', 'fastapi'];
  run(process.execPath, [...create, '--accounts', 'none', '--yes', '--no-git'], folder);
  const fields = ['title:string:max=120:search', 'body:text', 'price:decimal:min=0:filter:sort'];
  gen(['endpoint', 'posts', ...fields], few);

  cpSync(few, many, { recursive: true, filter: (path) => basename(path) !== '.venv' });
  addEndpoints(many, count - 1);
  gen(['apply', '--yes'], many);
  for (const root of [few, many]) addFixedRoute(root);

  const python = join(few, '.venv/bin/python');
  run('uv', ['pip', 'install', '--quiet', '--python', python, 'slowapi==0.1.10'], folder);
  cpSync(fileURLToPath(new URL('rivals', import.meta.url)), rivals, { recursive: true });
  return { python, few, many, rivals };
}

/** Before `posts`, so that its routes are the last ones. */
function addEndpoints(root: string, count: number): void {
  const path = join(root, 'backend.json');
  const { endpoints, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
  const names = Array.from({ length: count }, (_, index) => `item${letters(index)}s`);
  const more = Object.fromEntries(names.map((name) => [name, endpoints.posts]));
  writeFileSync(path, JSON.stringify({ ...rest, endpoints: { ...more, ...endpoints } }));
}

function addFixedRoute(root: string): void {
  const module = join(root, 'app/modules/fixed');
  mkdirSync(module);
  writeFileSync(join(module, '__init__.py'), '');
  writeFileSync(join(module, 'router.py'), fixedRouter);
  const path = join(root, 'app/routes.py');
  const routes = readFileSync(path, 'utf8').replace(
    '\nfrom app',
    '\nfrom app.modules.fixed.router import router as fixed_router\nfrom app',
  );
  writeFileSync(path, `${routes}    api.include_router(fixed_router)\n`);
}
