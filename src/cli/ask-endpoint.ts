import { checkbox, input, select } from '@inquirer/prompts';
import type { EndpointRequest } from '../spec/endpoint.ts';
import type { FieldType, Modifier } from '../spec/field.ts';
import { fieldSchema, fieldTypes, modifiers } from '../spec/field.ts';
import { readFields } from '../spec/field-grammar.ts';
import type { Manifest } from '../spec/manifest.ts';
import { paginations } from '../spec/manifest.ts';
import { resourceNames } from '../spec/names.ts';

/** Asks field by field, until an empty name, then what no flag has answered. */
export async function askEndpoint(
  request: EndpointRequest,
  manifest: Manifest,
): Promise<EndpointRequest> {
  const endpoints = Object.keys(manifest.endpoints);
  const fields: string[] = [];
  for (;;) {
    const field = await askField(fields, endpoints);
    if (field === undefined) break;
    fields.push(field);
  }
  const pagination =
    request.pagination ??
    (await select({
      message: 'Pagination',
      choices: paginations.map((value) => ({ value, name: paginationHelp[value] })),
    }));
  return { ...request, fields, pagination };
}

const paginationHelp = {
  cursor: 'cursor: fast and stable while rows are added',
  offset: 'offset: page numbers and a total',
};

async function askField(fields: string[], endpoints: string[]): Promise<string | undefined> {
  const name = await input({
    message:
      fields.length === 0 ? 'Name of the first field' : 'Name of the next field (empty ends)',
    validate: (text) =>
      (text === '' ? fields.length > 0 : problemOf(fields, text, endpoints)) ||
      'An endpoint needs at least one field.',
  });
  if (name === '') return undefined;
  const type = await select<FieldType>({
    message: `Type of ${name}`,
    choices: fieldTypes.filter((each) => each !== 'ref' || endpoints.length > 0),
  });
  const start = `${name}:${type}${await askTarget(name, type, endpoints)}`;
  const flags = await checkbox<Modifier>({
    message: `Modifiers of ${name} (space selects)`,
    choices: flagsOf(type),
  });
  const flagged = [start, ...flags].join(':');
  const more = await input({
    message: 'min=, max= and default=, separated by spaces (empty for none)',
    validate: (text) => problemOf(fields, withMore(flagged, text), endpoints),
  });
  return withMore(flagged, more);
}

const withMore = (field: string, more: string) =>
  [field, ...more.split(' ').filter((word) => word !== '')].join(':');

async function askTarget(name: string, type: FieldType, endpoints: string[]): Promise<string> {
  if (type === 'ref') {
    return `:${await select({ message: `What ${name} refers to`, choices: endpoints })}`;
  }
  if (type !== 'enum') return '';
  const values = await input({
    message: `Values of ${name}, separated by commas`,
    validate: (text) => problemOf([], `${name}:enum:${text}`, endpoints),
  });
  return `:${values}`;
}

/** The modifiers without a value that a type has. */
function flagsOf(type: FieldType): Modifier[] {
  const option = fieldSchema.options.find(({ shape }) => shape.type.value === type);
  const keys = Object.keys(option?.shape ?? {});
  return modifiers.filter((each) => keys.includes(each) && !withValue.has(each));
}

const withValue = new Set<Modifier>(['min', 'max', 'default']);

function problemOf(fields: string[], field: string, endpoints: string[]): true | string {
  const { problems } = readFields(
    [...fields, field],
    endpoints.map((each) => resourceNames(each)),
  );
  return problems.map(({ found, expected }) => `${found} ${expected}`).join('\n') || true;
}
