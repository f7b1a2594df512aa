import { isDeepStrictEqual } from 'node:util';
import { accountProblems } from './account-rules.ts';
import { isAccounts } from './accounts.ts';
import type { EndpointRequest } from './endpoint-args.ts';
import { endpointCommand } from './endpoint-args.ts';
import { endpointsProblems, refsTo } from './endpoint-rules.ts';
import type { Problem } from './errors.ts';
import { UserError } from './errors.ts';
import type { Field } from './field.ts';
import { fieldJsonName } from './field.ts';
import type { FieldEntry } from './field-grammar.ts';
import { exampleTexts, readFields } from './field-grammar.ts';
import { fieldProblems } from './field-rules.ts';
import { graphqlProblems } from './graphql-rules.ts';
import type { Endpoint, Manifest } from './manifest.ts';
import type { ResourceNames } from './names.ts';
import { readResourceName, resourceNames } from './names.ts';
import { readSettings } from './read-settings.ts';
import { knownRoles } from './roles.ts';
import type { Rules } from './rules.ts';
import { webhookProblems } from './service-rules.ts';

export type { EndpointRequest } from './endpoint-args.ts';

type Asked = { names: ResourceNames; endpoint: Endpoint };
type Refused = { problems: Problem[]; mended: EndpointRequest | undefined };

/**
 * The requested endpoint; throws one UserError with everything that is wrong. The suggested command
 * is the typed one with obvious corrections, or else the help.
 */
export function parseEndpoint(request: EndpointRequest, manifest: Manifest, rules: Rules): Asked {
  const read = readEndpoint(request, manifest, rules);
  if (!('problems' in read)) return read;
  const { problems, mended } = read;
  const works = mended !== undefined && !('problems' in readEndpoint(mended, manifest, rules));
  throw new UserError(problems, works ? endpointCommand(mended) : 'gen endpoint --help');
}

function readEndpoint(request: EndpointRequest, manifest: Manifest, rules: Rules): Asked | Refused {
  const name = readName(request, rules);
  const names = name.names ?? resourceNames(name.example);
  const existing = manifest.endpoints;
  const others = Object.entries(existing)
    .filter(([plural]) => plural !== names.plural)
    .map(([plural, { singular }]) => resourceNames(plural, singular));
  const typed = readFields(request.fields, rules, [...others, names]);
  const roles = knownRoles(manifest.roles).names;
  const settings = readSettings(request, { others, own: names, roles });
  const parent = others.find(({ plural }) => plural === settings.value.under);
  const fields = withParent(typed.examples, parent, rules);
  const endpoint: Endpoint = {
    ...(resourceNames(names.plural).singular !== names.singular && { singular: names.singular }),
    fields: Object.fromEntries(fields.value),
    ...settings.value,
  };
  const taken = name.names === undefined ? [] : existingProblems(names, endpoint, manifest);
  const around = endpointsProblems(
    { ...(name.names && existing), [names.plural]: endpoint },
    [...others, names].map(({ plural }) => plural),
  )
    // What only follows from a refused field or parent is not reported again.
    .filter(({ path }) => path.at(-1) !== 'fields' || request.fields.length === 0)
    .filter(({ path }) => path[2] !== 'under' || fields.problems.length === 0);
  const ofAccounts = accountProblems({ [names.plural]: endpoint }, manifest);
  const all = { ...(name.names && manifest.endpoints), [names.plural]: endpoint };
  const inGraphql = graphqlProblems({ ...manifest, endpoints: all });
  const ofWebhooks = webhookProblems({ ...manifest, endpoints: all });
  const parts = [
    name,
    typed,
    fields,
    settings,
    { problems: [...around, ...ofAccounts, ...inGraphql, ...ofWebhooks] },
  ];
  const problems = parts.flatMap((part) => part.problems);
  if (problems.length === 0 && taken.length === 0) return { names, endpoint };

  const places = around.map(({ path }) => path.slice(2));
  const isBuiltIn = isAccounts(manifest, names.plural);
  const isTaken =
    isBuiltIn ||
    taken.length > 0 ||
    ofWebhooks.length > 0 ||
    places.some(([setting]) => setting === undefined);
  const examples = typed.examples.filter(([each]) => places.every(([, place]) => place !== each));
  return {
    problems: problems.length > 0 ? stripped(problems) : taken,
    mended: settings.mended && {
      ...request,
      name: isTaken ? `${names.singular}Entries` : name.example,
      fields: exampleTexts(examples),
      ...settings.mended,
    },
  };
}

function stripped(problems: readonly Problem[]): Problem[] {
  return problems.map(({ found, expected }) => ({ found, expected }));
}

function readName(
  { name, singular, plural }: EndpointRequest,
  rules: Rules,
): ReturnType<typeof readResourceName> {
  return readResourceName(name, rules, {
    ...(singular !== undefined && { singular }),
    ...(plural !== undefined && { plural }),
  });
}

/** The same request again is fine, so that a command can be repeated; another one is refused. */
function existingProblems(
  { plural }: ResourceNames,
  endpoint: Endpoint,
  manifest: Manifest,
): Problem[] {
  if (!Object.hasOwn(manifest.endpoints, plural)) return [];
  if (isDeepStrictEqual(manifest.endpoints[plural], endpoint)) return [];
  const found = `\`${plural}\` exists already with another definition.`;
  return [{ found, expected: 'Expected an unused name, or exactly the same definition.' }];
}

/** An endpoint under a parent needs a ref to it: the field is added if it was not typed. */
function withParent(
  fields: FieldEntry[],
  parent: ResourceNames | undefined,
  rules: Rules,
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
      problems: fieldProblems(parent.singular, added, rules),
    };
  }
  const found = `\`${clash[0]}\` is not a ref to \`${parent.plural}\`, which \`--under\` needs.`;
  const expected = `Expected \`${parent.singular}:ref:${parent.plural}\` instead.`;
  return { value: fields, problems: [{ found, expected }] };
}
