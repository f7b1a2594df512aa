import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { fastapi } from '../../../src/stacks/fastapi/fastapi.ts';
import { emptyManifest } from '../manifests.ts';

/** The pyproject.toml of a project. */
export const pyproject =
  fastapi
    .renderProject({ ...emptyManifest, stack: 'fastapi', packageManager: 'uv' }, '1.0.0')
    .find(({ path }) => path === 'pyproject.toml')?.content ?? '';

const ofTests = workspaceOf(listOf('select'), [...listOf('ignore'), ...listOf('"tests/*"')]);
const ofCode = workspaceOf(listOf('select'), listOf('ignore'));

/** What `ruff check` and `ruff format --check` say of a file, with the options of a project. */
export function ruffProblems(path: string, text: string): string[] {
  const workspace = path.startsWith('tests/') ? ofTests : ofCode;
  const found: { code: string; message: string; start_location: { row: number } }[] =
    workspace.check(text);
  const problems = found.map(
    ({ code, message, start_location: { row } }) => `${path}:${row} ${code} ${message}`,
  );
  const formatted = workspace.format(text);
  if (formatted === text) return problems;
  const lines = formatted.split('\n');
  const row = text.split('\n').findIndex((line, at) => line !== lines[at]);
  return [...problems, `${path}:${row + 1} would be ${lines.slice(row, row + 3).join('\n')}`];
}

function workspaceOf(select: readonly string[], ignore: readonly string[]): Workspace {
  const options = {
    'line-length': 100,
    'target-version': 'py311',
    lint: { select, ignore, isort: { 'known-first-party': ['app', 'migrations', 'tests'] } },
  };
  return new Workspace(options, PositionEncoding.Utf16);
}

/** The codes in a list of pyproject.toml. */
function listOf(key: string): string[] {
  const start = pyproject.indexOf(`${key} = [`);
  if (start < 0) throw new Error(`pyproject.toml has no ${key}`);
  const list = pyproject.slice(start + key.length, pyproject.indexOf(']', start));
  return [...list.matchAll(/"(\w+)"/g)].map(([, code = '']) => code);
}
