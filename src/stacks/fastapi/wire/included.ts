import type { SyntaxNode } from '@lezer/common';
import { type Guard, type GuardedRoute, strictest } from '../../found-routes.ts';
import { childrenOf, findAll } from '../../python/parse.ts';
import { guardsIn } from './guards.ts';
import { listBehind } from './lists.ts';
import {
  argumentsOf,
  assignedTo,
  type File,
  type Files,
  type Named,
  openFiles,
  originOf,
  textOf,
} from './python-files.ts';
import { includesIn } from './routers.ts';

export type Included = { routes: GuardedRoute[]; unclear: string[] };

/** Where a walk is: below which path, behind which guards, how deep. */
type At = { prefix: string; guards: readonly Guard[]; depth: number };
type Walk = { open: Files; found: Included; known: Set<string> };

const methods = new Set(['get', 'post', 'put', 'patch', 'delete']);
const deepest = 12;

/** The routes of what a file makes: its routers, what they include, and functions that get them. */
export function readIncluded(read: (path: string) => string | undefined, entry: string): Included {
  const open = openFiles(read);
  const found: Included = { routes: [], unclear: [] };
  const file = open(entry);
  if (!file) return { routes: [], unclear: [`${entry} cannot be read.`] };
  const walk: Walk = { open, found, known: new Set() };
  const { root, text } = file.source;
  const made = findAll(root, ({ name, lastChild }) => {
    const isMade =
      lastChild && /^(?:\w+\.)*(?:FastAPI|APIRouter)\s*\(/.test(text.slice(lastChild.from));
    return name === 'AssignStatement' && !!isMade;
  }).flatMap(({ firstChild }) => (firstChild ? text.slice(firstChild.from, firstChild.to) : []));
  const included = includesIn(file.source).map(
    ({ router }) => router && text.slice(router.from, router.to),
  );
  for (const name of made.filter((each) => !included.includes(each))) {
    walkRouter(walk, { file, name }, root, { prefix: '', guards: [], depth: 0 });
  }
  return found;
}

/** Everything that a file does with a router of that name, or a part of the file. */
function walkRouter(walk: Walk, { file, name }: Named, part: SyntaxNode, at: At): void {
  if (at.depth > deepest) return;
  const { source } = file;
  const { text } = source;
  const own = assignedTo({ file, name });
  const made = own && part.name === 'Script' ? argumentsOf(own, text).named : new Map();
  const here: At = {
    prefix: at.prefix + (textOf(walk.open, file, made.get('prefix')) ?? ''),
    guards: [...at.guards, ...guardsIn(made.get('dependencies'), text)],
    depth: at.depth + 1,
  };
  const isOwn = (node: SyntaxNode) => node.from >= part.from && node.to <= part.to;
  const nodesOf = (name: string) =>
    findAll(source.root, (node) => node.name === name).filter(isOwn);
  const steps = [
    ...nodesOf('DecoratedStatement').map((node) => ({
      from: node.from,
      walk: () => walkHandler(walk, { file, name }, node, here),
    })),
    ...includesIn(source)
      .filter(({ call, into }) => isOwn(call) && into === name)
      .map((include) => ({
        from: include.call.from,
        walk: () => walkInclude(walk, file, include, here),
      })),
    ...nodesOf('CallExpression').map((call) => ({
      from: call.from,
      walk: () => walkCall(walk, { file, name }, call, here),
    })),
  ];
  // In the order of the code, since the first route of a method and a path answers.
  for (const step of steps.sort((one, other) => one.from - other.from)) step.walk();
}

function walkHandler(walk: Walk, { file, name }: Named, node: SyntaxNode, at: At): void {
  const { text } = file.source;
  const definition = node.getChild('FunctionDefinition');
  const before = guardsIn(definition?.getChild('ParamList') ?? undefined, text);
  for (const decorator of node.getChildren('Decorator')) {
    const code = text.slice(decorator.from, decorator.to);
    const [, router, method = ''] = /^@\s*([\w.]+)\.(\w+)\s*\(/.exec(code) ?? [];
    if (router !== name) continue;
    const { positional, named } = argumentsOf(decorator, text);
    const path = textOf(walk.open, file, positional[0] ?? named.get('path'));
    const all = methods.has(method) ? [method] : listed(named.get('methods'), text);
    if (path === undefined || (!methods.has(method) && method !== 'api_route')) {
      if (path === undefined && methods.has(method)) tellUnclear(walk, file, decorator, at);
      continue;
    }
    const guards = [...at.guards, ...guardsIn(named.get('dependencies'), text), ...before];
    for (const each of all)
      addRoute(walk, each, { file: file.path, path: at.prefix + path, guards });
  }
}

const listed = (node: SyntaxNode | undefined, text: string) =>
  node
    ? findAll(node, ({ name }) => name === 'String').map(({ from, to }) =>
        text.slice(from + 1, to - 1),
      )
    : [];

function addRoute(
  { found, known }: Walk,
  method: string,
  { file, path, guards }: { file: string; path: string; guards: readonly Guard[] },
): void {
  const place = path.replace(/\{(\w+)(?::\w+)?\}/g, ':$1') || '/';
  const key = `${method.toUpperCase()} ${place.replace(/:\w+/g, ':')}`;
  // The first route of a method and a path answers, whatever its parameters are called.
  if (known.has(key)) return;
  known.add(key);
  found.routes.push({ method: method.toUpperCase(), path: place, file, access: strictest(guards) });
}

function walkInclude(
  walk: Walk,
  file: File,
  include: ReturnType<typeof includesIn>[number],
  at: At,
): void {
  const { text } = file.source;
  const { named } = argumentsOf(include.call, text);
  const prefix = named.has('prefix') ? textOf(walk.open, file, named.get('prefix')) : '';
  const list = listBehind(file.source, include);
  if (prefix === undefined || list === 'unclear') {
    tellUnclear(walk, file, include.call, at);
    return;
  }
  const routers = list
    ? childrenOf(list)
        .slice(1, -1)
        .filter(({ name }) => name !== ',')
    : [include.router];
  const inside = {
    prefix: at.prefix + prefix,
    guards: [...at.guards, ...guardsIn(named.get('dependencies'), text)],
    depth: at.depth,
  };
  for (const router of routers) {
    const origin = router && originOf(walk.open, file, text.slice(router.from, router.to));
    const value = origin && assignedTo(origin);
    if (!origin || !value) tellUnclear(walk, file, include.call, at);
    else walkRouter(walk, origin, origin.file.source.root, inside);
  }
}

/** A function of the project that gets the router does with it what its parameter does. */
function walkCall(walk: Walk, { file, name }: Named, call: SyntaxNode, at: At): void {
  const { text } = file.source;
  const callee = call.firstChild ? text.slice(call.firstChild.from, call.firstChild.to) : '';
  const { positional, named } = argumentsOf(call, text);
  if (callee === `${name}.add_api_route`) {
    const path = textOf(walk.open, file, positional[0]);
    const guards = [...at.guards, ...guardsIn(named.get('dependencies'), text)];
    const all = named.has('methods') ? listed(named.get('methods'), text) : ['get'];
    if (path === undefined) tellUnclear(walk, file, call, at);
    else
      for (const each of all)
        addRoute(walk, each, { file: file.path, path: at.prefix + path, guards });
    return;
  }
  if (callee === `${name}.mount`) {
    tellUnclear(walk, file, call, at);
    return;
  }
  const place = positional.findIndex(({ from, to }) => text.slice(from, to) === name);
  if (place === -1 || /include_router$/.test(callee)) return;
  const origin = originOf(walk.open, file, callee);
  const definition = origin && functionOf(origin);
  const parameter = definition?.getChild('ParamList')?.getChildren('VariableName')[place];
  if (!origin || !definition || !parameter) return;
  const local = origin.file.source.text.slice(parameter.from, parameter.to);
  walkRouter(walk, { file: origin.file, name: local }, definition, at);
}

const functionOf = ({ file: { source }, name }: Named) =>
  findAll(source.root, (node) => {
    const own = node.name === 'FunctionDefinition' && node.getChild('VariableName');
    return !!own && source.text.slice(own.from, own.to) === name;
  })[0];

function tellUnclear({ found }: Walk, { path, source }: File, node: SyntaxNode, at: At): void {
  const line = source.text.slice(0, node.from).split('\n').length;
  const [code = ''] = source.text.slice(node.from, node.to).split('\n');
  found.unclear.push(
    `${path}:${line}: \`${code}\` may add routes below ${at.prefix || '/'} that are not listed.`,
  );
}
