import type * as z from 'zod';
import { actions } from './access.ts';
import { closest, didYouMean } from './closest.ts';
import type { Problem } from './errors.ts';
import { isObject } from './json.ts';
import { frozenKeys, oldVersionKeys } from './old-version-schema.ts';
import { roleKeys } from './roles.ts';

type Located = Problem & { path: PropertyKey[] };

/** The keys of settings that are objects themselves. */
const innerKeys: ReadonlyMap<PropertyKey | undefined, readonly string[]> = new Map<
  PropertyKey | undefined,
  readonly string[]
>([
  ['access', actions],
  ['roles', roleKeys],
]);

/** The keys of what is at a path, if they are not those around it. */
function keysAt(path: readonly PropertyKey[]): readonly string[] | undefined {
  if (path[0] !== 'versions') return innerKeys.get(path.at(-1));
  return path.length === 2 ? oldVersionKeys : frozenKeys;
}

/** What a strict object refused, in words; the messages of the schema say what was expected. */
export function schemaProblems(
  value: unknown,
  error: z.ZodError,
  keys: readonly string[],
): Located[] {
  return error.issues.flatMap((issue) => {
    const { path } = issue;
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(path) ?? keys;
      return issue.keys.map((key) => unknownKey(key, known, path));
    }
    if (issue.code === 'invalid_key') {
      const found = `\`${String(path.at(-1))}\` cannot be its name.`;
      return issue.issues.map(({ message }) => ({ path, found, expected: message }));
    }
    const found = valueAt(value, path);
    const expected = isObject(value) ? issue.message : 'Expected an object.';
    return [
      { path, found: found === undefined ? 'It is missing.' : `It is ${show(found)}.`, expected },
    ];
  });
}

/** `endpoints.posts.only[0]` */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, place) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = String(key);
      if (!/^[$\w-]+$/.test(name)) return `[${JSON.stringify(name)}]`;
      return place === 0 ? name : `.${name}`;
    })
    .join('');
}

function unknownKey(key: string, keys: readonly string[], path: PropertyKey[]): Located {
  const near = closest(key, keys);
  const expected = didYouMean(near, `Expected only: ${keys.join(', ')}.`);
  return { path, found: `There is no setting \`${key}\`.`, expected };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner) && typeof key === 'number') return inner[key];
    return isObject(inner) ? inner[String(key)] : undefined;
  }, value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
