import { ts } from 'ts-morph';
import type { WireResult } from '../spec/change.ts';
import { addImport } from './addImport.ts';
import { findImport } from './imports.ts';
import { applyInsertions, statementAfter } from './insert.ts';
import { findAll, parseSource } from './parse.ts';
import { readScopes } from './scope.ts';

/** Mounts the routes of an endpoint in the file that lists every endpoint of the API. */
export function wireRoutes(
  text: string | undefined,
  route: { name: string; from: string },
): WireResult {
  const mount = `router.use(${route.name}(deps));`;
  const snippet = `import { ${route.name} } from '${route.from}';\n${mount}`;
  const manual = (reason: string): WireResult => ({ status: 'manual', reason, snippet });
  if (text === undefined) return manual('the file is missing');
  const source = parseSource(text);
  if (!source) return manual('the file has syntax errors');
  if (source.text.includes(mount)) return { status: 'already' };
  if (findImport(source, readScopes(source), route).status !== 'missing') {
    return manual(`the name ${route.name} is taken`);
  }
  const anchor = findAll(source, ts.isStatement).findLast((statement) =>
    /^(const router = Router\(|router\.use\()/.test(statement.getText()),
  );
  if (!anchor) return manual('no variable made by Router() was found');
  const insertions = [addImport(source, route, 'import'), statementAfter(text, anchor, mount)];
  return { status: 'wired', text: applyInsertions(text, insertions) };
}
