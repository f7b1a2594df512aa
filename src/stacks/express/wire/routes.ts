import { ts } from 'ts-morph';
import type { WireResult } from '../../../manifest/change.ts';
import { addImport } from '../../typescript/wire/add-import.ts';
import { addToList } from '../../typescript/wire/add-to-list.ts';
import { findImport, isTypeOnly, type Wanted } from '../../typescript/wire/imports.ts';
import { applyInsertions, type Insertion } from '../../typescript/wire/insert.ts';
import { parseAgain, parseSource } from '../../typescript/wire/parse.ts';
import { readScopes } from '../../typescript/wire/scope.ts';
import { findDependencies } from './dependencies.ts';
import { mountedCall } from './module-routes.ts';
import { findSpot } from './mount-spot.ts';
import { findMount, type RoutesFile } from './mounted.ts';
import { placeMount } from './place-mount.ts';
import { listedRoutes, listOf, type RouteList } from './route-lists.ts';
import { findRouterPlace, type RouterPlace } from './router-place.ts';
import { readRouterUses } from './router-uses.ts';

/** Mounts the routes of an endpoint in the file that lists every endpoint of the API. */
export function wireRoutes(text: string | undefined, route: Wanted): WireResult {
  const manual = (reason: string, snippet = snippetFor(route)): WireResult => ({
    status: 'manual',
    reason,
    snippet,
  });
  if (text === undefined) return manual('the file is missing: restore it first');
  const source = parseSource(text);
  if (!source) return manual('the file has syntax errors');
  const file = readRoutesFile(source);

  const imported = findImport(file.source, file.scopes, route);
  if (imported.status === 'taken') return manual(imported.reason);
  if (imported.status === 'imported' && isTypeOnly(imported.declaration)) {
    return manual(`${route.name} is imported only as a type`);
  }
  const mount = findMount(file, imported, route.name);
  if (typeof mount === 'object') return manual(mount.reason);
  if (mount === 'mounted' && imported.status === 'imported') return { status: 'already' };

  const insertions: Insertion[] = [];
  if (mount === 'unmounted') {
    const expression = imported.status === 'imported' ? imported.expression : route.name;
    const added = mountInsertions(file, expression);
    if ('reason' in added) return manual(added.reason, snippetFor(route, expression, added.name));
    insertions.push(...added);
  }
  if (imported.status === 'missing') {
    if (!ts.isExternalModule(file.source)) {
      return manual('the file has no import or export');
    }
    insertions.push(addImport(file.source, route, 'import'));
  }
  const edited = applyInsertions(text, insertions);
  return isWired(parseAgain(file.source, insertions), route)
    ? { status: 'wired', text: edited }
    : manual('no place was found where a mount is certain to run');
}

type NoPlace = { reason: string; name?: string | undefined };

function mountInsertions(file: RoutesFile, expression: string): Insertion[] | NoPlace {
  const place = findRouterPlace(file);
  if ('reason' in place) return place;
  const list = listToExtend(file, place);
  if (list && 'reason' in list) return { ...list, name: place.name };
  const anchor = list && listedRoutes(list, file.scopes).at(-1);
  if (list?.called) return addToList(file.source, list.array, anchor, expression);

  const given = findDependencies(file, place);
  if ('reason' in given) return { ...given, name: place.name };
  const routes = `${expression}(${given.text})`;
  if (list) return addToList(file.source, list.array, anchor, routes);
  const spot = findSpot(file, place);
  if ('reason' in spot) return { ...spot, name: place.name };
  return [placeMount(file.source, spot, place.name, routes)];
}

/** The list that all routes are kept in, when no route is mounted by itself. */
function listToExtend(
  file: RoutesFile,
  place: RouterPlace,
): RouteList | { reason: string } | undefined {
  const uses = file.uses.filter(({ router }) => router === place.router);
  const lists = uses.flatMap((use) => listOf(use, file.scopes) ?? []).filter(isWhollyRoutes(file));
  const isAlone = uses.some(
    (use) =>
      use.call.arguments.length === 1 && !listOf(use, file.scopes) && mountedCall(use, file.scopes),
  );
  if (isAlone) return undefined;
  return lists.length > 1
    ? { reason: 'several lists of routes were found, and it is unclear which one to extend' }
    : lists[0];
}

function isWhollyRoutes(file: RoutesFile): (list: RouteList) => boolean {
  return (list) => {
    const routes = listedRoutes(list, file.scopes).length;
    return list.called
      ? routes > 0 || list.array.elements.length === 0
      : routes > 0 && routes === list.array.elements.length;
  };
}

function isWired(source: ts.SourceFile | undefined, route: Wanted): boolean {
  if (!source) return false;
  const file = readRoutesFile(source);
  const imported = findImport(file.source, file.scopes, route);
  return imported.status === 'imported' && findMount(file, imported, route.name) === 'mounted';
}

function readRoutesFile(source: ts.SourceFile): RoutesFile {
  const scopes = readScopes(source);
  return { source, scopes, uses: readRouterUses(scopes) };
}

function snippetFor(route: Wanted, expression = route.name, router = 'router'): string {
  const importLine = `import { ${route.name} } from '${route.from}';`;
  return [
    ...(expression === route.name ? ['// with the imports', importLine, ''] : []),
    `// where the routes are mounted, before any not-found or error handler`,
    `${router}.use(${expression}(deps));`,
  ].join('\n');
}
