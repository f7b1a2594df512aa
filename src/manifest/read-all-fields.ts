import { BUILT_IN } from './built-in.ts';
import type { Problem } from './errors.ts';
import type { Field } from './field.ts';
import { fieldsProblems } from './field-collisions.ts';
import { readField } from './field-reading.ts';
import type { Manifest } from './manifest-schema.ts';
import type { OldVersions } from './old-version-schema.ts';
import type { Rules } from './rules.ts';

type Located = Problem & { path: PropertyKey[] };

/** The fields of an endpoint, and everything that is wrong with them. */
export function readFields(
  raw: Record<string, unknown>,
  rules: Rules,
  builtIns: Readonly<Record<string, Field>>,
): {
  fields: Record<string, Field>;
  problems: Located[];
} {
  const read = Object.entries(raw).map(([name, value]) => ({
    name,
    ...(readBuiltIn(name, value, builtIns) ?? readField(name, value, rules)),
  }));
  const fields = read.flatMap(({ name, field }): Array<[string, Field]> => {
    return field === undefined ? [] : [[name, field]];
  });
  const single = read.flatMap(({ name, problems }) => {
    return problems.map((problem) => ({ path: ['fields', name], ...problem }));
  });
  const between = fieldsProblems(fields).map((problem) => ({ path: ['fields'], ...problem }));
  return { fields: Object.fromEntries(fields), problems: [...single, ...between] };
}

/** A field that comes with the accounts; undefined where it is one that was asked for. */
function readBuiltIn(
  name: string,
  raw: unknown,
  builtIns: Readonly<Record<string, Field>>,
): { field?: Field; problems: Problem[] } | undefined {
  const field = Object.hasOwn(builtIns, name) ? builtIns[name] : undefined;
  if (raw === BUILT_IN) {
    const found = `\`${name}\` is not a built-in field.`;
    const expected = 'Expected { "type": "string" }, or without accounts no such endpoint.';
    return field === undefined ? { problems: [{ found, expected }] } : { field, problems: [] };
  }
  if (field === undefined) return undefined;
  const found = `\`${name}\` is a built-in field and cannot be changed.`;
  return { problems: [{ found, expected: `Expected "${name}": "${BUILT_IN}".` }] };
}

/** Old versions with the fields of their endpoints read, and everything that is wrong with those. */
export function readFrozen(
  raw: OldVersions | undefined,
  rules: Rules,
): { versions: Pick<Manifest, 'versions'>; problems: Located[] } {
  if (raw === undefined) return { versions: {}, problems: [] };
  const problems: Located[] = [];
  const versions = mapValues(raw, ({ endpoints, ...version }, name) => {
    if (endpoints === undefined) return version;
    const read = mapValues(endpoints, (frozen, plural) => {
      const { fields, problems: own } = readFields(frozen.fields, rules, {});
      const at = ['versions', name, 'endpoints', plural];
      problems.push(...own.map((problem) => ({ ...problem, path: [...at, ...problem.path] })));
      return { ...frozen, fields };
    });
    return { ...version, endpoints: read };
  });
  return { versions: { versions }, problems };
}

function mapValues<From, To>(
  from: Readonly<Record<string, From>>,
  map: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, map(value, key)]));
}
