/** A name that a template uses and the view does not have. */
export type MissingName = { name: string; line: number };

/** The contexts at a place of the template: one value for each view, the current one last. */
type Contexts = unknown[][];

/**
 * The names of a template that all views lack. `strict` ignores `{{#if missing}}`, so every name is
 * looked up, also in blocks that are not rendered.
 */
export function missingNames(template: hbs.AST.Program, views: readonly unknown[]): MissingName[] {
  return ofProgram(template, [[...views]]);
}

function ofProgram({ body }: hbs.AST.Program, contexts: Contexts): MissingName[] {
  return body.flatMap((statement) => {
    if (isMustache(statement)) return ofPath(statement.path, contexts);
    if (isPartial(statement)) return [noPartial(statement)];
    if (!isBlock(statement)) return [];
    const { path, params, program, inverse } = statement;
    const [condition] = params;
    const isEach = isPath(path) && path.original === 'each';
    const inner = isEach ? [...contexts, itemsOf(condition, contexts)] : contexts;
    return [
      ...ofPath(condition, contexts),
      ...ofProgram(program, inner),
      ...(inverse ? ofProgram(inverse, contexts) : []),
    ];
  });
}

const noPartial = ({ name, loc }: hbs.AST.PartialStatement): MissingName => ({
  name: isPath(name) ? `> ${name.original}` : '>',
  line: loc.start.line,
});

function ofPath(node: hbs.AST.Node | undefined, contexts: Contexts): MissingName[] {
  if (node === undefined || !isPath(node) || node.data || node.original === 'this') return [];
  const owners = contexts.at(-1 - node.depth) ?? [];
  if (owners.every((owner) => has(owner, node.parts))) return [];
  return [{ name: node.original, line: node.loc.start.line }];
}

/** A value that is `false` needs no parts, since a block tests it first. */
function has(owner: unknown, parts: readonly string[]): boolean {
  let value = owner;
  for (const part of parts) {
    if (!isObject(value)) return value === false;
    if (!(part in value)) return false;
    value = value[part];
  }
  return true;
}

function itemsOf(node: hbs.AST.Node | undefined, contexts: Contexts): unknown[] {
  if (node === undefined || !isPath(node)) return [];
  return (contexts.at(-1 - node.depth) ?? []).flatMap((owner) => {
    let value = owner;
    for (const part of node.parts) value = isObject(value) ? value[part] : undefined;
    return Array.isArray(value) ? value : [];
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isPath = (node: hbs.AST.Node): node is hbs.AST.PathExpression =>
  node.type === 'PathExpression';
const isMustache = (node: hbs.AST.Node): node is hbs.AST.MustacheStatement =>
  node.type === 'MustacheStatement';
const isPartial = (node: hbs.AST.Node): node is hbs.AST.PartialStatement =>
  node.type === 'PartialStatement';
const isBlock = (node: hbs.AST.Node): node is hbs.AST.BlockStatement =>
  node.type === 'BlockStatement';
