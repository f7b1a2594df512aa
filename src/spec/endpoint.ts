import { isDeepStrictEqual } from 'node:util';
import { readOnly, readPagination, readUnder } from './endpoint-options.ts';
import { endpointsProblems, refsTo } from './endpoint-rules.ts';
import type { Problem } from './errors.ts';
import { UserError } from './errors.ts';
import type { Field } from './field.ts';
import { fieldJsonName } from './field.ts';
import type { FieldEntry } from './field-grammar.ts';
import { formatExamples, readFields } from './field-grammar.ts';
import { fieldProblems } from './field-rules.ts';
import type { Endpoint, Manifest } from './manifest.ts';
import { onlyOf } from './manifest.ts';
import type { ResourceNames } from './names.ts';
import { readResourceName, resourceNames } from './names.ts';

/** What was typed behind `gen endpoint`. */
export type EndpointRequest = {
  name: string;
  fields: readonly string[];
  singular?: string | undefined;
  plural?: string | undefined;
  pagination?: string | undefined;
  /** Operations, separated by commas. */
  only?: string | undefined;
  /** The parent, in the plural or the singular. */
  under?: string | undefined;
};

/** The endpoint that was asked for; throws one UserError with everything that is wrong about it. */
export function parseEndpoint(
  request: EndpointRequest,
  manifest: Manifest,
): { names: ResourceNames; endpoint: Endpoint } {
  const name = readName(request);
  const names = name.names ?? resourceNames(name.example);
  const others = Object.entries(manifest.endpoints)
    .filter(([plural]) => plural !== names.plural)
    .map(([plural, { singular }]) => resourceNames(plural, singular));
  const typed = readFields(request.fields, [...others, names]);
  const pagination = readPagination(request.pagination);
  const only = readOnly(request.only);
  const under = readUnder(request.under, others, names);
  const fields = withParent(typed.examples, under.value);
  const endpoint: Endpoint = {
    ...(resourceNames(names.plural).singular !== names.singular && { singular: names.singular }),
    fields: Object.fromEntries(fields.value),
    pagination: pagination.value ?? 'cursor',
    ...onlyOf(only.value),
    ...(under.value && { under: under.value.plural }),
  };
  const parts = [name, typed, fields, pagination, only, under];
  const problems = parts.flatMap((part) => part.problems);
  const isBare = request.fields.length === 0;
  const whole = name.names === undefined ? [] : existingProblems(names, endpoint, manifest);
  const known = [...others, names].map(({ plural }) => plural);
  const before = name.names === undefined ? {} : manifest.endpoints;
  const around = endpointsProblems({ ...before, [names.plural]: endpoint }, known)
    // What follows from a refused field alone is not said a second time.
    .filter(({ path }) => path[3] !== undefined || path[2] !== 'fields' || isBare)
    .filter(({ path }) => path[2] !== 'under' || fields.problems.length === 0);
  problems.push(...around.map(({ found, expected }) => ({ found, expected })));
  if (problems.length === 0 && whole.length === 0) return { names, endpoint };
  const isFine = (entry: FieldEntry) => around.every(({ path }) => path[3] !== entry[0]);
  const works = whole.length > 0 ? `${names.singular}Entries` : name.example;
  const command = `gen endpoint ${works} ${formatExamples(typed.examples.filter(isFine))}`;
  const isUnderFine =
    around.every(({ path }) => path[2] !== 'under') && fields.problems.length === 0;
  const flags = isUnderFine ? flagsOf(endpoint) : '';
  throw new UserError([...(problems.length > 0 ? problems : whole)], `${command}${flags}`);
}

function readName({
  name,
  singular,
  plural,
}: EndpointRequest): ReturnType<typeof readResourceName> {
  return readResourceName(name, {
    ...(singular !== undefined && { singular }),
    ...(plural !== undefined && { plural }),
  });
}

/** The same request twice is fine, so that a command can be repeated; another one is refused. */
function existingProblems(
  { plural }: ResourceNames,
  endpoint: Endpoint,
  manifest: Manifest,
): Problem[] {
  if (!Object.hasOwn(manifest.endpoints, plural)) return [];
  if (isDeepStrictEqual(manifest.endpoints[plural], endpoint)) return [];
  const found = `\`${plural}\` exists already, and not as it was asked for now.`;
  return [{ found, expected: 'Expected a new name, or the very same request as before.' }];
}

/** What stands under a parent refers to it: the field is added where it was not typed. */
function withParent(
  fields: FieldEntry[],
  parent: ResourceNames | undefined,
): { value: FieldEntry[]; problems: Problem[] } {
  const typed = { fields: Object.fromEntries(fields) };
  if (parent === undefined || refsTo(parent.plural, typed).length > 0) {
    return { value: fields, problems: [] };
  }
  const added: Field = { type: 'ref', to: parent.plural };
  const taken = [parent.singular, fieldJsonName(parent.singular, added)];
  const clash = fields.find(([name, field]) => {
    return taken.includes(name) || taken.includes(fieldJsonName(name, field));
  });
  if (clash === undefined) {
    return {
      value: [[parent.singular, added], ...fields],
      problems: fieldProblems(parent.singular, added),
    };
  }
  const found = `\`${clash[0]}\` is not a ref to \`${parent.plural}\`, which \`--under\` needs.`;
  const expected = `Expected \`${parent.singular}:ref:${parent.plural}\` instead of it.`;
  return { value: fields, problems: [{ found, expected }] };
}

function flagsOf({ pagination, only, under }: Endpoint): string {
  return [
    pagination === 'cursor' ? '' : ` --pagination ${pagination}`,
    only === undefined ? '' : ` --only ${only.join(',')}`,
    under === undefined ? '' : ` --under ${under}`,
  ].join('');
}
