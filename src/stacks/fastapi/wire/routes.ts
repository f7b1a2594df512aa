import type { SyntaxNode } from '@lezer/common';
import type { WireResult } from '../../../manifest/change.ts';
import { addImport, importLine } from '../../python/add-import.ts';
import {
  applyEdits,
  type Edit,
  eolOf,
  indentAt,
  lineBehind,
  lineStart,
} from '../../python/edit.ts';
import { importsIn } from '../../python/imports.ts';
import { parsePython, type Source } from '../../python/parse.ts';
import { declaredNames } from '../../python/scopes.ts';
import { addToList, listBehind, listsOf } from './lists.ts';
import { findSpot, type Spot } from './mount-spot.ts';
import {
  includesIn,
  type Known,
  ROUTER,
  type RouterName,
  routersNamed,
  usesOf,
} from './routers.ts';

/** Puts the router of an endpoint into the file of all routes: its import, and what includes it. */
export function wireRoutes(text: string | undefined, route: RouterName): WireResult {
  if (text === undefined) return manual('the file is missing: restore it first', route);
  const source = parsePython(text);
  if (!source) return manual('the file has syntax errors', route);
  const known = routersNamed(source, route).filter(({ isForTypes }) => !isForTypes);
  if (known.some((each) => isIncluded(source, each))) return { status: 'already' };
  const [usable] = known.filter(({ statement }) => statement.parent?.name === 'Script');
  const name = usable?.expression ?? route.name;
  const mount = mountOf(source, name);
  if ('reason' in mount) return manual(mount.reason, route, usable);
  if (usable) return checked(text, [mount], route, usable);
  if (declaredNames(source).has(route.name)) {
    return manual(`the name ${route.name} is already declared in this file`, route);
  }
  const module = isRelative(source) ? route.module.replace(/^app(?=\.)/, '') : route.module;
  return checked(text, [addImport(source, module, nameOf(route)), mount], route, undefined);
}

/** `router as orders_router`. */
export const nameOf = ({ name }: RouterName) => `${ROUTER} as ${name}`;

/** Whether a file imports its own package by dots. */
const isRelative = (source: Source) => {
  const modules = importsIn(source).map(({ module }) => module.text);
  return (
    modules.some((each) => each.startsWith('.')) && !modules.some((each) => /^app\b/.test(each))
  );
};

/** Whether a call or a list has the router: what it then does with it is not our business. */
const isIncluded = (source: Source, { expression }: Known) =>
  usesOf(source, expression).some(({ parent }) => parent !== null && holders.has(parent.name));

const holders = new Set([
  'ArgList',
  'ArrayExpression',
  'TupleExpression',
  'ParenthesizedExpression',
  'SetExpression',
  'DictionaryExpression',
]);

function mountOf(source: Source, name: string): Edit | { reason: string } {
  const all = includesIn(source).map((each) => ({ ...each, list: listBehind(source, each) }));
  const plain = all.filter(({ list, statement }) => list === undefined && statement);
  const lists = [...new Set(all.flatMap(({ list }) => list ?? []))];
  if (plain.length === 0 && lists.length > 0) return toList(source, lists, name);
  if (all.length === 0) {
    const imported = new Set(importsIn(source).map(({ local }) => local));
    const isRouter = (text: string) => imported.has(text.split('.')[0] ?? '');
    const own = findSpot(source, []);
    const found = listsOf(source, isRouter);
    if ('reason' in own && found.length > 0) return toList(source, found, name);
  }
  const spot = findSpot(source, plain);
  return 'reason' in spot ? spot : lineAt(source, spot, name);
}

function toList(source: Source, lists: readonly (SyntaxNode | 'unclear')[], name: string) {
  const [list, ...others] = lists;
  if (!list || list === 'unclear' || others.length > 0) {
    return { reason: 'routers are included from more than one list, or by more than their names' };
  }
  return addToList(source, list, name);
}

function lineAt({ text }: Source, { into, beside, side }: Spot, name: string): Edit {
  const line = `${into}.include_router(${name})`;
  const { from, to } = beside;
  if (side === 'instead')
    return { from, to: from + text.slice(from, to).trimEnd().length, text: line };
  const start = lineStart(text, from);
  const isAlone = text.slice(start, from).trim() === '';
  if (side === 'before') {
    if (!isAlone) return { from, to: from, text: `${line}; ` };
    return { from: start, to: start, text: indentAt(text, from) + line + eolOf(text) };
  }
  const end = from + text.slice(from, to).trimEnd().length;
  if (!isAlone) return { from: end, to: end, text: `; ${line}` };
  return lineBehind(text, end, indentAt(text, from) + line);
}

/** The edited text, if the router then is included in it, and all else is as it was. */
function checked(
  text: string,
  edits: readonly Edit[],
  route: RouterName,
  known: Known | undefined,
): WireResult {
  const edited = applyEdits(text, edits);
  const source = parsePython(edited);
  const isDone = source && routersNamed(source, route).some((each) => isIncluded(source, each));
  return isDone
    ? { status: 'wired', text: edited }
    : manual('it cannot be included without changing other code', route, known);
}

/** What a person is told to paste. */
export function manual(reason: string, route: RouterName, known?: Known): WireResult {
  const mount = `api.include_router(${known?.expression ?? route.name})`;
  const imported = ['# with the imports', importLine(route.module, nameOf(route)), ''];
  return {
    status: 'manual',
    reason,
    snippet: [...(known ? [] : imported), '# where the routers are included', mount].join('\n'),
  };
}
