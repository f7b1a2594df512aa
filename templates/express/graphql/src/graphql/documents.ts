import {
  coerceInputValue,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  isInputType,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  typeFromAST,
  type VariableDefinitionNode,
  validate,
} from 'graphql';
import { excessOf, excessOfText, limits } from './limits.ts';

const mostKept = 200;
const longestKept = 4000;
const mostErrors = 10;

type Variables = Record<string, unknown>;

/**
 * Reads documents. Keeps the valid ones, since clients send the same few again and again. `isClosed`
 * hides the schema: no introspection, and no suggestions of names.
 */
export function createDocuments(schema: GraphQLSchema, isClosed: boolean) {
  const valid = new Map<string, DocumentNode>();
  const rules = isClosed ? [...specifiedRules, NoSchemaIntrospectionCustomRule] : specifiedRules;

  function keep(text: string, document: DocumentNode): void {
    if (text.length > longestKept) return;
    const [oldest] = valid.keys();
    if (oldest !== undefined && valid.size >= mostKept) valid.delete(oldest);
    valid.set(text, document);
  }

  return {
    /** Parses a document, and checks limits and schema in this order. */
    read(text: string, variables: Variables): DocumentNode | readonly GraphQLError[] {
      const overlong = excessOfText(text, variables);
      if (overlong) return [overlong];
      const known = valid.get(text);
      const document = known ?? parseText(text);
      if (document instanceof GraphQLError) return [document];
      // The size of a document without variables does not change.
      if (known && !hasVariables(known)) return known;
      const excess = excessOf(schema, document, variables);
      if (excess) return [excess];
      if (known) return known;
      const options = { maxErrors: mostErrors, hideSuggestions: isClosed };
      const errors = validate(schema, document, rules, options);
      if (errors.length > 0) return errors;
      keep(text, document);
      return document;
    },

    /** One error for each variable of the wrong type. */
    checkVariables(operation: OperationDefinitionNode, variables: Variables): GraphQLError[] {
      const definitions = operation.variableDefinitions ?? [];
      return definitions.flatMap((each) => problemOf(each, variables[each.variable.name.value]));
    },
  };

  function problemOf(definition: VariableDefinitionNode, value: unknown): GraphQLError[] {
    const type = typeFromAST(schema, definition.type);
    const isOmitted =
      value === undefined && (definition.defaultValue || definition.type.kind !== 'NonNullType');
    if (!isInputType(type) || isOmitted) return [];
    const name = definition.variable.name.value;
    try {
      coerceInputValue(
        value,
        type,
        (path, _value, { message }) => {
          const place = [`$${name}`, ...path].join('.');
          throw new GraphQLError(`${place}: ${message}`, { nodes: definition });
        },
        isClosed,
      );
      return [];
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  }
}

const hasVariables = ({ definitions }: DocumentNode) =>
  definitions.some((each) => 'variableDefinitions' in each && each.variableDefinitions?.length);

function parseText(text: string): DocumentNode | GraphQLError {
  try {
    return parse(text, { maxTokens: limits.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}
