import { ts } from 'ts-morph';

type Statement = { text: string; names: string[]; uses: Set<string>; touches: string | undefined };

// Of what a language service adds to the nodes, the codemods use this alone.
const IDENTIFIERS = `Object.defineProperty(objectAllocator.getIdentifierConstructor().prototype, 'text', {
  get() { return idText(this); },
});`;

/**
 * The TypeScript compiler as a module that exports `ts` with the wanted names alone, and holds what
 * they need: esbuild would keep all of it for the side effects that it might have. A name counts as
 * needed wherever it is mentioned; a statement that declares nothing stays with what it changes.
 */
export function shakeTypescript(text: string, wanted: ReadonlySet<string>): string {
  const source = ts.createSourceFile('typescript.js', text, ts.ScriptTarget.Latest, false);
  const body = bodyOf(source);
  const declared = new Set(body.flatMap(namesOf));
  const statements = body.map((node): Statement => {
    const names = namesOf(node);
    return {
      text: node.getText(source),
      names,
      uses: mentioned(node, declared),
      touches: names.length === 0 ? changedBy(node) : undefined,
    };
  });
  const exported = exportsOf(statements);
  const used = [...wanted].flatMap((name) => {
    const local = exported.get(name);
    return local === undefined ? [] : [{ name, local }];
  });
  const locals = used.map(({ local }) => local);
  const needed = reach(statements, [...locals, 'idText', 'objectAllocator']);
  const kept = statements.filter(
    ({ names, touches }) =>
      names.some((name) => needed.has(name)) || (touches !== undefined && needed.has(touches)),
  );
  const members = used.map(({ name, local }) => `${name}: ${local}`).join(', ');
  return [
    ...kept.map((each) => each.text),
    IDENTIFIERS,
    `export const ts = { ${members} };\n`,
  ].join('\n');
}

/** What the one function of the file does: the bundle of the compiler is wrapped into it. */
function bodyOf(source: ts.SourceFile): ts.Statement[] {
  const bodies = source.statements.flatMap((statement) => {
    const call = ts.isExpressionStatement(statement) ? statement.expression : undefined;
    if (!call || !ts.isCallExpression(call) || !ts.isParenthesizedExpression(call.expression)) {
      return [];
    }
    const wrapper = call.expression.expression;
    return ts.isArrowFunction(wrapper) && ts.isBlock(wrapper.body) ? [wrapper.body] : [];
  });
  const [body] = bodies;
  if (body === undefined || bodies.length > 1) throw new Error('typescript.js has another shape');
  return [...body.statements];
}

function namesOf(node: ts.Statement): string[] {
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) {
    return node.name ? [node.name.text] : [];
  }
  if (!ts.isVariableStatement(node)) return [];
  return node.declarationList.declarations.flatMap(({ name }) => boundNames(name));
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? boundNames(element.name) : [],
  );
}

function mentioned(root: ts.Node, declared: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && declared.has(node.text)) found.add(node.text);
    else if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) visit(node.initializer);
    else ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** The name behind `x.y = …`, `x(…)`, `if (x…)` and `((…) => …)(x || (x = {}))`. */
function changedBy(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isCallExpression(node)) {
    const isNamespace = ts.isParenthesizedExpression(node.expression);
    const isExports = ts.isIdentifier(node.expression) && node.expression.text === '__export';
    const [argument] = node.arguments;
    return changedBy(argument && (isNamespace || isExports) ? argument : node.expression);
  }
  if (ts.isBinaryExpression(node)) return changedBy(node.left);
  return ts.isExpressionStatement(node) ||
    ts.isIfStatement(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isTypeOfExpression(node)
    ? changedBy(node.expression)
    : undefined;
}

/** The local name behind each name that the compiler exports. */
function exportsOf(statements: readonly Statement[]): Map<string, string> {
  const list = statements.find(({ touches }) => touches === 'typescript_exports')?.text ?? '';
  const pairs = [...list.matchAll(/^\s*(\w+): \(\) => (\w+)/gm)];
  return new Map(pairs.map(([, name = '', local = '']) => [name, local]));
}

function reach(statements: readonly Statement[], roots: readonly string[]): Set<string> {
  const holders = new Map<string, Statement[]>();
  for (const statement of statements) {
    const { names, touches } = statement;
    for (const name of touches === undefined ? names : [touches]) {
      holders.set(name, [...(holders.get(name) ?? []), statement]);
    }
  }
  const needed = new Set(roots);
  // A set hands out what is added to it during the loop as well.
  for (const name of needed) {
    for (const { uses } of holders.get(name) ?? []) for (const each of uses) needed.add(each);
  }
  return needed;
}
