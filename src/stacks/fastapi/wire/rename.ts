import type { WireResult } from '../../../manifest/change.ts';
import { addImport } from '../../python/add-import.ts';
import { applyEdits, type Edit, lineStart } from '../../python/edit.ts';
import { childrenOf, findAll, parsePython, type Source } from '../../python/parse.ts';
import { removeImport } from '../../python/remove.ts';
import { declaredNames } from '../../python/scopes.ts';
import { type Known, ROUTER, type RouterName, routersNamed, usesOf } from './routers.ts';
import { unparsed } from './unwire.ts';

/** Gives the router of an endpoint the name of another, where it stands. */
export function renameRoutes(
  text: string | undefined,
  before: RouterName,
  after: RouterName,
): WireResult {
  if (text === undefined) return { status: 'already' };
  const source = parsePython(text);
  if (!source) return inNewWords(unparsed(text, before), before, after);
  const known = routersNamed(source, before);
  if (known.length === 0) return { status: 'already' };
  const manual = (reason: string): WireResult => {
    const lines = text.split(/\r?\n/).filter((line) => mentions(line, before));
    return inNewWords({ status: 'manual', reason, snippet: lines.join('\n') }, before, after);
  };
  const edits: Edit[] = [];
  const declared = declaredNames(source);
  for (const each of known) {
    const next = newNames(source, each, before, after);
    const [first = ''] = next.local.split('.');
    const [old = ''] = each.local.split('.');
    if (first !== old && declared.has(first)) {
      return manual(`the name ${first} is already declared in this file`);
    }
    const uses = usesOf(source, each.expression);
    if (first !== old && namesIn(source, old) > uses.length) {
      return manual(`${old} is used for something else too`);
    }
    const expression = next.local + next.rest;
    edits.push(...next.edits, ...uses.map(({ from, to }) => ({ from, to, text: expression })));
  }
  const renamed = applyEdits(text, distinct(edits));
  return { status: 'wired', text: moveImport(text, renamed, before, after) };
}

const mentions = (line: string, { name, module }: RouterName) =>
  new RegExp(`\\b(?:${name}|${module.replaceAll('.', '\\.')})\\b`).test(line);

/** How often a name is used, imports left out. */
const namesIn = ({ root, text }: Source, name: string) =>
  findAll(
    root,
    (node) =>
      node.name === 'VariableName' &&
      node.parent?.name !== 'ImportStatement' &&
      text.slice(node.from, node.to) === name,
  ).length;

const distinct = (edits: readonly Edit[]) => [
  ...new Map(edits.map((edit) => [`${edit.from}`, edit])).values(),
];

const packageOf = ({ module }: RouterName) => module.split('.').at(-2) ?? '';

/** What an import and the uses of what it imports say of another endpoint. */
function newNames({ text }: Source, each: Known, before: RouterName, after: RouterName) {
  const { module, taken, alias, local, expression } = each;
  const swap = (path: string) =>
    path
      .split('.')
      .map((part) => (part === packageOf(before) ? packageOf(after) : part))
      .join('.');
  const isPackage = taken !== undefined && text.slice(taken.from, taken.to) === packageOf(before);
  const next = swap(module.text);
  const edits: Edit[] = [];
  if (next !== module.text) edits.push({ from: module.from, to: module.to, text: next });
  if (isPackage) edits.push({ from: taken.from, to: taken.to, text: packageOf(after) });
  const isOurs = alias !== undefined && local === before.name;
  if (isOurs) edits.push({ from: alias.from, to: alias.to, text: after.name });
  const rest = swap(expression.slice(local.length));
  if (isOurs) return { local: after.name, rest, edits };
  if (alias) return { local, rest, edits };
  return { local: taken ? (isPackage ? packageOf(after) : local) : swap(local), rest, edits };
}

/** The import at its new place among the sorted ones, if it was at its place. */
function moveImport(text: string, renamed: string, before: RouterName, after: RouterName): string {
  const old = withoutImport(text, before);
  const now = withoutImport(renamed, after);
  if (old === undefined || now === undefined) return renamed;
  const isAtPlace = putBack(old.rest, old) === text;
  return isAtPlace ? (putBack(now.rest, now) ?? renamed) : renamed;
}

type Line = { rest: string; module: string; names: string };

function withoutImport(text: string, route: RouterName): Line | undefined {
  const source = parsePython(text);
  const [known, ...others] = source ? routersNamed(source, route) : [];
  if (!known?.taken || others.length > 0 || known.statement.parent?.name !== 'Script') {
    return undefined;
  }
  const { statement, module, taken, alias } = known;
  if (lineStart(text, statement.from) !== statement.from) return undefined;
  if (
    childrenOf(statement).some(({ name }) => name === ',') &&
    !text.slice(statement.from, statement.to).includes('(')
  ) {
    return undefined;
  }
  const edit = removeImport(text, statement);
  if ('reason' in edit) return undefined;
  const names = text.slice(taken.from, (alias ?? taken).to).replace(/\s+/g, ' ');
  return { rest: applyEdits(text, [edit]), module: module.text, names };
}

function putBack(rest: string, { module, names }: Line): string | undefined {
  const source = parsePython(rest);
  return source && applyEdits(rest, [addImport(source, module, names)]);
}

/** What a person has to change, as it should be. */
function inNewWords(result: WireResult, before: RouterName, after: RouterName): WireResult {
  if (result.status !== 'manual') return result;
  const name = new RegExp(`\\b${before.name}\\b`, 'g');
  const module = new RegExp(
    `\\b${before.module.replace(`.${ROUTER}`, '').replaceAll('.', '\\.')}\\b`,
    'g',
  );
  const snippet = result.snippet
    .replace(name, after.name)
    .replace(module, after.module.replace(`.${ROUTER}`, ''));
  return { ...result, snippet };
}
