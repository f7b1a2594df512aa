import type { Field } from '../manifest/field.ts';
import { fieldColumn, fieldJsonName } from '../manifest/field.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { camelCase, resourceNames } from '../manifest/names.ts';
import type { Renames } from '../manifest/renames.ts';
import { renamesOf } from '../manifest/renames.ts';
import type { Affected } from './affected.ts';
import type { Versions } from './plan-rendered.ts';
import { formsOf, wordsOf } from './words.ts';

/** A field or an endpoint that is removed or renamed. */
export type GoneName = {
  name: string;
  /** The words that generated code used for it and does not use any more. */
  words: ReadonlySet<string>;
  /** Its name inside of strings: as a table, in a path. */
  quoted: RegExp | undefined;
  /** What a file must contain to refer to it; undefined for any file. */
  near: RegExp | undefined;
};

type Change = { before: Manifest; after: Manifest; renames: Renames };

/** What a change removes or renames, with the words for it in generated code. */
export function goneNames(
  { before, after, renames }: Change,
  affected: Affected,
  versions: readonly Versions[],
): GoneName[] {
  const textOf = (side: 'base' | 'generated') =>
    versions.map((each) => each[side] ?? '').join('\n');
  const left = wordsOf(textOf('generated'));
  const lost = [...wordsOf(textOf('base'))].filter((word) => !left.has(word));
  const naming = (pattern: RegExp) => lost.filter((word) => word.search(pattern) >= 0);
  const rename = renames.endpoint;
  const endpoints = [...affected.removed, ...(rename ? [rename.from] : [])].map(
    (plural): GoneName => {
      const { Plural, Singular, ...names } = resourceNames(
        plural,
        before.endpoints[plural]?.singular,
      );
      const lower = [names.plural, names.path, names.table, names.singular, names.column];
      const isBare = (word: string) => lower.includes(word) || word === Plural || word === Singular;
      const words = naming(formsOf(`(?:${Plural}|${Singular})`, lower));
      const quoted = new RegExp(`['"\`/](?:${names.table}|${names.path})(?=['"\`/?])`);
      // The bare name can mean something else: every OpenAPI document has `tags`.
      return {
        name: plural,
        words: new Set(words.filter((word) => !isBare(word))),
        quoted,
        near: undefined,
      };
    },
  );
  const fields = affected.changed.flatMap((plural) => {
    const old = before.endpoints[plural === rename?.to ? rename.from : plural];
    const renamed = renamesOf(renames, plural);
    const next = after.endpoints[plural]?.fields ?? {};
    const gone = Object.entries(old?.fields ?? {}).filter(
      ([key]) => renamed.has(key) || !Object.hasOwn(next, key),
    );
    const { Plural, Singular, ...names } = resourceNames(plural, after.endpoints[plural]?.singular);
    const near = formsOf(`(?:${Plural}|${Singular})`, [names.plural, names.path, names.table]);
    return gone.map(([key, field]) => goneField(key, field, naming, near));
  });
  return [...endpoints, ...fields];
}

/** Whether a text names it. */
export function isNamed({ words, quoted }: GoneName, text: string): boolean {
  const found = wordsOf(text);
  return [...words].some((word) => found.has(word)) || (quoted?.test(text) ?? false);
}

function goneField(
  key: string,
  field: Field,
  naming: (pattern: RegExp) => string[],
  near: RegExp,
): GoneName {
  const [name, column] = [fieldJsonName(key, field), fieldColumn(key, field)];
  const hump = `${key.slice(0, 1).toUpperCase()}${camelCase(key).slice(1)}`;
  const words = [name, column, ...naming(formsOf(hump, [key, name, column]))];
  return { name: key, words: new Set(words), quoted: undefined, near };
}
