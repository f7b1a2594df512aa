import { Kind, type ValueNode } from 'graphql';
import { parseJsonText } from '../http/json-text.ts';
import { builder } from './builder.ts';

type Variables = Record<string, unknown> | null | undefined;

/** Scalars accept any value. The schemas of the services check it, and name the field. */
const unchecked = {
  serialize: (value: unknown) => value,
  parseValue: (value: unknown) => value,
  parseLiteral: (node: ValueNode, variables: Variables) => parseJsonText(toJson(node, variables)),
};
/** The same for texts. */
const text = {
  serialize: String,
  parseValue: (value: unknown) => value as string,
  parseLiteral: (node: ValueNode, variables: Variables) =>
    parseJsonText(toJson(node, variables)) as string,
};

builder.scalarType('DateTime', {
  ...text,
  description: 'ISO 8601 with an offset; returned in UTC with milliseconds.',
});
builder.scalarType('Date', { ...text, description: 'Like `2026-01-31`.' });
builder.scalarType('Time', {
  ...text,
  description: 'Like `10:30` or `10:30:15`, without a time zone.',
});
builder.scalarType('Decimal', {
  ...text,
  description: 'A decimal number as a string, like `"12.50"`, so that no digit is lost.',
});
builder.scalarType('JSON', { ...unchecked, description: 'A JSON object or array.' });

/** A literal as JSON text, so that `parseJsonText` records numbers which would be rounded. */
function toJson(node: ValueNode, variables: Variables): string {
  switch (node.kind) {
    case Kind.LIST:
      return `[${node.values.map((each) => toJson(each, variables)).join()}]`;
    case Kind.OBJECT: {
      const members = node.fields.map(
        ({ name, value }) => `${JSON.stringify(name.value)}:${toJson(value, variables)}`,
      );
      return `{${members.join()}}`;
    }
    case Kind.VARIABLE:
      return JSON.stringify(variables?.[node.name.value] ?? null);
    case Kind.NULL:
      return 'null';
    case Kind.STRING:
    case Kind.ENUM:
      return JSON.stringify(node.value);
    default:
      return String(node.value);
  }
}
