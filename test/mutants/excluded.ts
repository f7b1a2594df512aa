import { type Node, SyntaxKind } from 'ts-morph';

type Reason = string;

/** What is planted nowhere, since no test of an endpoint should see it, and why. */
const excluded: [why: Reason, is: (node: Node, what: string) => boolean][] = [
  [
    'prose for readers of the documentation, logs and errors',
    (node) => /^(summary|message)$/.test(nameOf(node)) || isArgumentOf(node, /Answer$|^notFound$/),
  ],
  ['the name of what is not found, in a message', (node) => isArgumentOf(node, /^parseId$/)],
  [
    'names of schemas, and headings of the documentation: any others would do',
    (node) => node.isKind(SyntaxKind.StringLiteral) && (nameOf(node) === 'id' || isTag(node)),
  ],
  [
    'a role in the documentation: the type check knows all of them',
    (node) => isArgumentOf(node, /^secured/),
  ],
  ['a lock that only two servers at once can see', (_node, what) => what.includes('forUpdate')],
  [
    'the way back, which test/database.test.ts walks for all migrations',
    (node) => enclosingFunction(node) === 'down',
  ],
];

/** Why a mutant is none, where it is none. */
export function exclusionOf(node: Node, what: string): Reason | undefined {
  return excluded.find(([, is]) => is(node, what))?.[0];
}

const nameOf = (node: Node) =>
  (
    node.getParentIfKind(SyntaxKind.PropertyAssignment) ??
    node.asKind(SyntaxKind.PropertyAssignment)
  )?.getName() ?? '';

const isTag = (node: Node) =>
  node.getFirstAncestorByKind(SyntaxKind.VariableDeclaration)?.getName() === 'tags';

const isArgumentOf = (node: Node, name: RegExp) =>
  node.isKind(SyntaxKind.StringLiteral) &&
  name.test(node.getParentIfKind(SyntaxKind.CallExpression)?.getExpression().getText() ?? '') &&
  !/^'(cursor|number)'$/.test(node.getText());

const enclosingFunction = (node: Node) =>
  node.getFirstAncestorByKind(SyntaxKind.FunctionDeclaration)?.getName();
