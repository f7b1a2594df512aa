import type { Problem } from './errors.ts';
import { badMembers, fieldNames, isInGraphql, typeNames } from './graphql-names.ts';
import type { Manifest } from './manifest-schema.ts';

type Located = Problem & { path: string[] };
type Asked = Pick<Manifest, 'auth' | 'roles' | 'graphql' | 'endpoints'>;

/** What is wrong with the names that endpoints have in a GraphQL schema. */
export function graphqlProblems(manifest: Asked): Located[] {
  if (manifest.graphql !== true) return [];
  return [...typeProblems(manifest), ...fieldProblems(manifest), ...memberProblems(manifest)];
}

const leaveOut =
  'or the endpoint without GraphQL: `--no-graphql`, in backend.json its `"graphql": false`';

function typeProblems(manifest: Asked): Located[] {
  const owners = new Map<string, string | undefined>();
  return typeNames(manifest).flatMap(({ name, plural }) => {
    const isTaken = owners.has(name);
    const owner = owners.get(name);
    if (!isTaken) owners.set(name, plural);
    if (!isTaken || plural === undefined) return [];
    const other = owner === undefined ? '' : owner === plural ? ' twice' : `, as \`${owner}\` does`;
    const found = `\`${plural}\` would need the type \`${name}\` in GraphQL${other || ', which is there already'}.`;
    return [
      { path: ['endpoints', plural], found, expected: `Expected another name, ${leaveOut}.` },
    ];
  });
}

function fieldProblems(manifest: Asked): Located[] {
  return [...fieldNames(manifest)].flatMap(([type, fields]) => {
    const owners = new Map<string, string>();
    return fields.flatMap(({ name, plural }) => {
      const owner = owners.get(name);
      owners.set(name, plural);
      if (owner === undefined) return [];
      const found = `In GraphQL, a row of \`${type}\` would have two fields \`${name}\`.`;
      const expected = `Expected another name of a field, ${leaveOut}.`;
      return [{ path: ['endpoints', plural], found, expected }];
    });
  });
}

function memberProblems(manifest: Asked): Located[] {
  return Object.entries(manifest.endpoints).flatMap(([plural, { fields }]) => {
    if (!isInGraphql(manifest, plural)) return [];
    return Object.entries(fields).flatMap(([name, field]) =>
      badMembers(field).map(({ member, values }) => {
        const all = values.map((value) => `\`${value}\``).join(' and ');
        const found = `\`${name}\` has ${all}, which would be \`${member}\` in GraphQL.`;
        const expected =
          values.length > 1
            ? 'Expected values that differ in more than case and separators.'
            : 'Expected a value that does not begin with two underscores.';
        return { path: ['endpoints', plural, 'fields', name], found, expected };
      }),
    );
  });
}
