import { closest, didYouMean } from './closest.ts';
import type { Problem } from './errors.ts';
import type { Field } from './field.ts';
import { fieldColumn } from './field.ts';
import type { Endpoint } from './manifest-schema.ts';
import { resourceNames } from './names.ts';

type Endpoints = Readonly<Record<string, Endpoint>>;
type Located = Problem & { path: string[] };

/** PostgreSQL cuts longer names off, and `_foreign` is the longest ending of a constraint. */
const longestIdentifier = 63;
const ending = '_foreign';

/** What is wrong with endpoints beyond their own fields; `known` are all names that exist. */
export function endpointsProblems(
  endpoints: Endpoints,
  known: readonly string[] = Object.keys(endpoints),
): Located[] {
  const alone = Object.entries(endpoints).flatMap(([name, endpoint]) =>
    [
      ...fieldCountProblems(name, endpoint),
      ...refProblems(name, endpoint, known),
      ...underProblems(name, endpoint, known),
      ...lengthProblems(name, endpoint),
    ].map(({ path, ...problem }) => ({ ...problem, path: ['endpoints', name, ...path] })),
  );
  return [...alone, ...clashProblems(endpoints), ...cycleProblems(endpoints)];
}

/** The problem of an endpoint that does not exist, with those that do. */
export function unknownEndpoint(found: string, typed: string, known: readonly string[]): Problem {
  const near = closest(typed, known);
  const all = known.map((name) => `\`${name}\``).join(', ');
  const otherwise = all === '' ? 'There are none yet.' : `Expected one of: ${all}.`;
  return { found, expected: didYouMean(near, otherwise) };
}

function fieldCountProblems(name: string, { fields }: Endpoint): Located[] {
  if (Object.keys(fields).length > 0) return [];
  return [
    {
      path: ['fields'],
      found: `\`${name}\` has no fields.`,
      expected: 'Expected at least one, such as `title:string`.',
    },
  ];
}

function refProblems(name: string, endpoint: Endpoint, known: readonly string[]): Located[] {
  return Object.entries(endpoint.fields).flatMap(([fieldName, field]) => {
    if (field.type !== 'ref') return [];
    const path = ['fields', fieldName];
    if (!known.includes(field.to)) {
      const found = `\`${fieldName}\` refers to \`${field.to}\`, which does not exist.`;
      return [{ path, ...unknownEndpoint(found, field.to, known) }];
    }
    if (field.to !== name || field.optional) return [];
    const found = `\`${fieldName}\` refers to \`${name}\` itself and is required, so no first row could be created.`;
    return [
      { path, found, expected: `Expected \`optional\`, as in ${fieldName}:ref:${name}:optional.` },
    ];
  });
}

function underProblems(name: string, endpoint: Endpoint, known: readonly string[]): Located[] {
  const { under, only } = endpoint;
  if (under === undefined) return [];
  const path = ['under'];
  if (!known.includes(under)) {
    const found = `\`${name}\` is under \`${under}\`, which does not exist.`;
    return [{ path, ...unknownEndpoint(found, under, known) }];
  }
  if (under === name) {
    return [
      { path, found: `\`${name}\` is under itself.`, expected: 'Expected another endpoint.' },
    ];
  }
  const problems: Located[] = [];
  const refs = refsTo(under, endpoint);
  if (refs.length === 0) {
    const singular = resourceNames(under).singular;
    const found = `\`${name}\` is under \`${under}\`, but has no ref to it.`;
    problems.push({ path, found, expected: `Expected a field such as ${singular}:ref:${under}.` });
  }
  if (refs.length > 1) {
    const found = `\`${name}\` is under \`${under}\`, but has several refs to it: ${refs.join(', ')}.`;
    problems.push({
      path,
      found,
      expected: 'Expected only one, so that the parent is clear.',
    });
  }
  if (only !== undefined && !only.includes('list') && !only.includes('create')) {
    const found = `\`${name}\` is under \`${under}\`, but has only ${only.join(', ')}.`;
    problems.push({
      path,
      found,
      expected: 'Expected list or create, which `under` adds.',
    });
  }
  return problems;
}

/** The names of the fields that refer to an endpoint. */
export function refsTo(to: string, { fields }: Pick<Endpoint, 'fields'>): string[] {
  const isRef = (field: Field) => field.type === 'ref' && field.to === to;
  return Object.keys(fields).filter((name) => {
    const field = fields[name];
    return field !== undefined && isRef(field);
  });
}

function lengthProblems(name: string, endpoint: Endpoint): Located[] {
  const { table } = resourceNames(name);
  return Object.entries(endpoint.fields).flatMap(([fieldName, field]) => {
    const identifier = `${table}_${fieldColumn(fieldName, field)}${ending}`;
    const over = identifier.length - longestIdentifier;
    if (over <= 0) return [];
    const found = `\`${name}\` and \`${fieldName}\` are too long together for the names of indexes.`;
    return [{ path: ['fields', fieldName], found, expected: `Expected ${over} characters fewer.` }];
  });
}

function clashProblems(endpoints: Endpoints): Located[] {
  const owners = new Map<string, string>();
  return Object.entries(endpoints).flatMap(([name, endpoint]) => {
    const words = wordsOf(name, endpoint, endpoints);
    const word = words.find((each) => owners.has(each.toLowerCase()));
    const owner = word === undefined ? undefined : owners.get(word.toLowerCase());
    for (const each of words) owners.set(each.toLowerCase(), name);
    if (owner === undefined) return [];
    const found = `\`${owner}\` and \`${name}\` would both use the name \`${word}\`.`;
    return [{ path: ['endpoints', name], found, expected: 'Expected another name or singular.' }];
  });
}

/** The names of an endpoint, and the names of its bodies in the documentation. */
function wordsOf(name: string, { singular: given, under }: Endpoint, all: Endpoints): string[] {
  const { plural, singular, Singular } = resourceNames(name, given);
  const bodies = ['create', 'replace', 'patch'].map((verb) => verb + Singular);
  if (under === undefined) return [plural, singular, ...bodies];
  const parent = Object.hasOwn(all, under) ? all[under] : undefined;
  const below = `create${Singular}Of${resourceNames(under, parent?.singular).Singular}`;
  return [plural, singular, ...bodies, below];
}

function cycleProblems(endpoints: Endpoints): Located[] {
  const done = new Set<string>();
  const problems: Located[] = [];
  const visit = (name: string, trail: readonly string[]): void => {
    const start = trail.indexOf(name);
    if (start >= 0) {
      const found = `${[...trail.slice(start), name].join(' → ')} require each other, so no first row could be created.`;
      problems.push({
        path: ['endpoints', name],
        found,
        expected: 'Expected one of these refs to be `optional`.',
      });
    } else if (!done.has(name)) {
      for (const next of requiredTargets(name, endpoints)) visit(next, [...trail, name]);
      done.add(name);
    }
  };
  for (const name of Object.keys(endpoints)) visit(name, []);
  return problems;
}

function requiredTargets(name: string, endpoints: Endpoints): string[] {
  const fields = Object.hasOwn(endpoints, name) ? Object.values(endpoints[name]?.fields ?? {}) : [];
  const targets = fields.flatMap((field) =>
    field.type === 'ref' && !field.optional ? [field.to] : [],
  );
  return [...new Set(targets)].filter((to) => to !== name);
}
