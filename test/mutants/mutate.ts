import { type Node, Project, type SourceFile, SyntaxKind } from 'ts-morph';
import { exclusionOf } from './excluded.ts';

/** One change of a text: what stands between two offsets becomes something else. */
export type Mutant = { path: string; line: number; what: string; text: string };

type Edit = { node: Node; start: number; end: number; replacement: string; what: string };

/** Every mutant of a file that is not excluded. */
export function mutantsOf(path: string, text: string): Mutant[] {
  const project = new Project({ useInMemoryFileSystem: true });
  const file = project.createSourceFile('/file.ts', text);
  const edits = [...editsOf(file), ...(path.includes('/migrations/') ? sqlEdits(file) : [])];
  const mutants = edits
    .filter(({ node, what }) => exclusionOf(node, what) === undefined)
    .map(({ start, end, replacement, what }) => ({
      path,
      line: file.getLineAndColumnAtPos(start).line,
      what,
      text: text.slice(0, start) + replacement + text.slice(end),
    }));
  return [...new Map(mutants.map((mutant) => [mutant.text, mutant])).values()];
}

const flipped: Partial<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '>': '>=',
  '>=': '>',
  '<': '<=',
  '<=': '<',
};

function editsOf(file: SourceFile): Edit[] {
  return file.getDescendants().flatMap((node) => {
    if (node.getFirstAncestorByKind(SyntaxKind.ImportDeclaration)) return [];
    if (node.getFirstAncestor((each) => isType(each.getKind()))) return [];
    return [...valueEdits(file, node), ...removals(node)];
  });
}

const isType = (kind: SyntaxKind) =>
  kind === SyntaxKind.TypeAliasDeclaration ||
  kind === SyntaxKind.TypeReference ||
  kind === SyntaxKind.SatisfiesExpression;

const edit = (node: Node, what: string, replacement: string): Edit => ({
  node,
  start: node.getStart(),
  end: node.getEnd(),
  replacement,
  what,
});

/** Numbers by one, texts, and conditions the other way round. */
function valueEdits(file: SourceFile, node: Node): Edit[] {
  if (node.isKind(SyntaxKind.NumericLiteral)) {
    const value = Number(node.getText());
    return [value + 1, value - 1].map((next) => edit(node, `${value} → ${next}`, `${next}`));
  }
  if (node.isKind(SyntaxKind.StringLiteral)) {
    return [edit(node, `${node.getText()} → another`, otherText(file, node.getLiteralValue()))];
  }
  if (node.isKind(SyntaxKind.BinaryExpression)) {
    const operator = node.getOperatorToken();
    const other = flipped[operator.getText()];
    return other === undefined ? [] : [edit(operator, `${operator.getText()} → ${other}`, other)];
  }
  if (node.isKind(SyntaxKind.IfStatement) || node.isKind(SyntaxKind.ConditionalExpression)) {
    const condition = node.isKind(SyntaxKind.IfStatement)
      ? node.getExpression()
      : node.getCondition();
    return [edit(condition, `not (${condition.getText()})`, `!(${condition.getText()})`)];
  }
  return [];
}

/** The operationId of another operation, a longer text elsewhere. */
function otherText(file: SourceFile, value: string): string {
  const ids = [...file.getFullText().matchAll(/operationId: '(\w+)'/g)].map(([, id = '']) => id);
  const others = ids.includes(value) ? ids.filter((id) => id !== value) : [];
  return `'${others[0] ?? `${value}X`}'`;
}

/** Statements, members of lists and objects, arguments, and calls of a chain that go. */
function removals(node: Node): Edit[] {
  if (node.isKind(SyntaxKind.ExpressionStatement) || node.isKind(SyntaxKind.ThrowStatement)) {
    return [edit(node, `without ${shortly(node)}`, ';')];
  }
  if (node.isKind(SyntaxKind.IfStatement)) return [edit(node, `without ${shortly(node)}`, ';')];
  if (node.isKind(SyntaxKind.ArrayLiteralExpression)) {
    return node.getElements().map(withoutItem);
  }
  if (node.isKind(SyntaxKind.ObjectLiteralExpression)) {
    return node.getProperties().map(withoutItem);
  }
  if (!node.isKind(SyntaxKind.CallExpression)) return [];
  const called = node.getExpression();
  const before = called.isKind(SyntaxKind.PropertyAccessExpression) ? called.getExpression() : null;
  const isChain = before?.isKind(SyntaxKind.CallExpression) === true;
  const args = called.getText() === 'errorAnswers' ? node.getArguments().map(withoutItem) : [];
  const end = `.${called.getText().split('.').at(-1)}(…)`;
  return [...args, ...(isChain ? [edit(node, `without ${end}`, before.getText())] : [])];
}

/** An item goes with the comma behind it, or before it where it is the last. */
function withoutItem(item: Node): Edit {
  const text = item.getSourceFile().getFullText();
  const behind = /^\s*,/.exec(text.slice(item.getEnd()))?.[0].length ?? 0;
  const before = behind > 0 ? 0 : (/,\s*$/.exec(text.slice(0, item.getStart()))?.[0].length ?? 0);
  const start = item.getStart() - before;
  const what = `without ${shortly(item)}`;
  return { node: item, start, end: item.getEnd() + behind, replacement: '', what };
}

/** Lines and constraints of a table that go. */
function sqlEdits(file: SourceFile): Edit[] {
  const [template] = file.getDescendantsOfKind(SyntaxKind.NoSubstitutionTemplateLiteral);
  if (!template) return [];
  const at = template.getStart();
  const parts = [/ not null/g, / default '[^']*'/g, / on delete [a-z ]+/g, /,\n\s+constraint .*/g];
  return parts.flatMap((part) =>
    [...template.getText().matchAll(part)].map((found) => ({
      node: template,
      start: at + found.index,
      end: at + found.index + found[0].replace(/,$/, '').length,
      replacement: '',
      what: `without ${found[0].trim()}`,
    })),
  );
}

const shortly = (node: Node) => node.getText().replace(/\s+/g, ' ').slice(0, 60);
