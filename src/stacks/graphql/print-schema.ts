import { compareNaturally } from '../natural-order.ts';

/** An argument or a field of an input; `fallback` is its default as GraphQL writes it. */
export type Argument = { name: string; type: string; fallback?: string; description?: string };
export type OutputField = { name: string; type: string; args?: Argument[]; description?: string };

export type TypeDefinition = { name: string; description?: string } & (
  | { kind: 'scalar' }
  | { kind: 'enum'; values: readonly string[] }
  | { kind: 'input'; fields: readonly Argument[] }
  | { kind: 'type'; fields: readonly OutputField[] }
);

/** The text of a schema as GraphQL.js prints it, sorted by names. */
export function printSchema(types: readonly TypeDefinition[]): string {
  return `${byName(types).map(printType).join('\n\n')}\n`;
}

function printType(type: TypeDefinition): string {
  const head = `${description(type, '')}${type.kind} ${type.name}`;
  if (type.kind === 'scalar') return head;
  if (type.kind === 'enum')
    return block(
      head,
      [...type.values].sort(compareNaturally).map((value) => `  ${value}`),
    );
  if (type.kind === 'input') return block(head, lines(type.fields, '  '));
  return block(
    head,
    byName(type.fields).map((field, at) => {
      const { name, type: of, args = [] } = field;
      return `${describedAt(field, '  ', at)}  ${name}${printArguments(args)}: ${of}`;
    }),
  );
}

const block = (head: string, members: string[]) => `${head} {\n${members.join('\n')}\n}`;

function printArguments(args: readonly Argument[]): string {
  if (args.length === 0) return '';
  if (args.every((each) => each.description === undefined)) {
    return `(${byName(args).map(printArgument).join(', ')})`;
  }
  return `(\n${lines(args, '    ').join('\n')}\n  )`;
}

const lines = (args: readonly Argument[], indent: string): string[] =>
  byName(args).map((each, at) => `${describedAt(each, indent, at)}${indent}${printArgument(each)}`);

const printArgument = ({ name, type, fallback }: Argument) =>
  `${name}: ${type}${fallback === undefined ? '' : ` = ${fallback}`}`;

/** A blank line stands before the description of all but the first. */
function describedAt(each: { description?: string }, indent: string, at: number): string {
  const text = description(each, indent);
  return text !== '' && at > 0 ? `\n${text}` : text;
}

function description({ description: text }: { description?: string }, indent: string): string {
  if (text === undefined) return '';
  if (text.length > 70) return `${indent}"""\n${indent}${text}\n${indent}"""\n`;
  return `${indent}"""${text}"""\n`;
}

/** As GraphQL.js sorts. */
function byName<T extends { name: string }>(all: readonly T[]): T[] {
  return [...all].sort((one, other) => compareNaturally(one.name, other.name));
}
