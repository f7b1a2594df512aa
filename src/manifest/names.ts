import { split } from 'change-case';
import type { Problem } from './errors.ts';
import { UserError } from './errors.ts';
import { pluralOf, singularOf } from './nouns.ts';
import { keptNames } from './reserved.ts';
import type { Rules } from './rules.ts';

/** Every form of an endpoint's name that code, tables, paths and sentences need. */
export type ResourceNames = {
  /** `blogPosts` */
  plural: string;
  /** `blogPost`, never equal to the plural */
  singular: string;
  /** `BlogPosts` */
  Plural: string;
  /** `BlogPost` */
  Singular: string;
  /** `blog-posts`, in URLs and as the name of files and folders */
  path: string;
  /** `blog_posts` */
  table: string;
  /** `blog_post` */
  column: string;
  /** `blog posts` */
  humanPlural: string;
  /** `blog post` */
  humanSingular: string;
};

export type NameOverrides = { singular?: string; plural?: string };

type ReadName = { names: ResourceNames | undefined; problems: Problem[]; example: string };

const identifier = /^[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*$/;
const longest = 40;

const derived = new Map<string, ResourceNames>();

/** All names that follow from the plural, and from the singular if it is irregular. */
export function resourceNames(plural: string, singular?: string): ResourceNames {
  const key = JSON.stringify([plural, singular]);
  const names = derived.get(key) ?? deriveNames(plural, singular);
  derived.set(key, names);
  return names;
}

function deriveNames(plural: string, singular: string | undefined): ResourceNames {
  const many = words(plural);
  const one = singular === undefined ? singularWords(many) : words(singular);
  return {
    plural: camel(many),
    singular: camel(one),
    Plural: pascal(many),
    Singular: pascal(one),
    path: many.join('-'),
    table: many.join('_'),
    column: one.join('_'),
    humanPlural: many.join(' '),
    humanSingular: one.join(' '),
  };
}

/** `post`, `blog-posts` or `BlogPost` to all its names; throws a UserError with a name that works. */
export function parseResourceName(
  input: string,
  rules: Rules,
  overrides: NameOverrides = {},
): ResourceNames {
  const { names, problems, example } = readResourceName(input, rules, overrides);
  if (names === undefined || problems.length > 0) {
    throw new UserError(problems, `gen endpoint ${example}`);
  }
  return names;
}

/** Like parseResourceName, for callers that collect problems; `example` is a name that works. */
export function readResourceName(
  input: string,
  rules: Rules,
  overrides: NameOverrides = {},
): ReadName {
  const problems = [
    ...identifierProblems(input, ''),
    ...identifierProblems(overrides.singular, '--singular '),
    ...identifierProblems(overrides.plural, '--plural '),
  ];
  if (problems.length > 0) return { names: undefined, problems, example: repaired(input, rules) };
  const names = derive(input, overrides);
  const refused = nameRefusal(names, rules, camel(words(input)));
  if (refused === undefined) return { names, problems, example: names.plural };
  return { names: undefined, problems: [refused.problem], example: refused.instead };
}

/** What is wrong with the names of an endpoint, and a name that would work. */
export function nameRefusal(
  names: ResourceNames,
  rules: Rules,
  typed = names.plural,
): { problem: Problem; instead: string } | undefined {
  const { plural, singular } = names;
  const keptBy = (name: string) => keptNames.get(name) ?? rules.keptNames.get(name);
  const kept = [typed, plural].find((name) => keptBy(name) !== undefined);
  const reserved = [typed, plural].find((name) => rules.reservedWords.has(name));
  const long = [typed, plural, singular].find((name) => name.length > longest);
  if (kept !== undefined) {
    const instead = keptBy(kept) ?? 'posts';
    const where = keptNames.has(kept) ? 'a backend' : rules.language;
    const found = `\`${kept}\` already means something else in ${where}.`;
    return {
      problem: { found, expected: `Expected another name, such as \`${instead}\`.` },
      instead,
    };
  }
  if (reserved !== undefined) {
    const instead = pluralName(reserved);
    const found = `\`${reserved}\` is a reserved word of ${rules.language}.`;
    return { problem: { found, expected: `Expected a noun, such as \`${instead}\`.` }, instead };
  }
  if (plural === singular) {
    const found = `The plural and the singular are both \`${plural}\`.`;
    const expected = `Expected two words, such as \`${plural}\` and \`${camel(singularWords(words(plural)))}\`.`;
    return { problem: { found, expected }, instead: plural };
  }
  if (long === undefined) return undefined;
  const found = `\`${long}\` is ${long.length} characters long.`;
  const expected = `Expected at most ${longest}, since tables and indexes are named after it.`;
  return { problem: { found, expected }, instead: shortened(plural) };
}

/** The endpoint that a name in any spelling, singular or plural, means. */
export function findEndpoint(
  typed: string,
  endpoints: readonly ResourceNames[],
): ResourceNames | undefined {
  const name = camelCase(typed);
  return endpoints.find(({ plural, singular }) => plural === name || singular === name);
}

/** The plural of a name in any spelling. */
export function pluralName(typed: string): string {
  return derive(typed, {}).plural;
}

/** `placed_at`, `placed-at` or `PlacedAt` to `placedAt`. */
export function camelCase(input: string): string {
  return camel(words(input));
}

function derive(input: string, overrides: NameOverrides): ResourceNames {
  const typed = words(input);
  const last = typed.at(-1) ?? '';
  const many =
    overrides.plural === undefined
      ? [...typed.slice(0, -1), pluralOf(last)]
      : words(overrides.plural);
  // A word that has a plural was typed in the singular: `basis`, though `bases` means `base`.
  const isSingular = pluralOf(last) !== last || overrides.plural !== undefined;
  const one = isSingular && camel(typed) !== camel(many) ? typed : singularWords(many);
  return resourceNames(camel(many), overrides.singular ?? camel(one));
}

function identifierProblems(input: string | undefined, flag: string): Problem[] {
  if (input === undefined || identifier.test(input)) return [];
  return [
    {
      found: input === '' ? `${flag}The name is empty.` : `${flag}\`${input}\` is not a name.`,
      expected:
        'Expected letters and digits, such as `posts` or `blog-posts`, with a letter first.',
    },
  ];
}

/** The words of a name in lower case, the same for every spelling. */
function words(name: string): string[] {
  if (/^[a-z]+(?:[A-Z][a-z]+)*$/.test(name)) {
    return name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
  }
  const acronymPlural = /([A-Z])([A-Z]+)s$/;
  const plain = name.replace(acronymPlural, (all) => `${all[0]}${all.slice(1).toLowerCase()}`);
  return split(camel(split(plain))).map((word) => word.toLowerCase());
}

function singularWords(many: string[]): string[] {
  const last = many.at(-1) ?? '';
  const singular = singularOf(last);
  return singular === undefined ? [...many, 'item'] : [...many.slice(0, -1), singular];
}

function camel(parts: string[]): string {
  const joined = pascal(parts);
  return joined.slice(0, 1).toLowerCase() + joined.slice(1);
}

function pascal(parts: string[]): string {
  return parts.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1).toLowerCase()).join('');
}

function repaired(input: string, rules: Rules): string {
  const plain = input.replace(/[^A-Za-z0-9]+/g, '-').replace(/^[-\d]+|-+$/g, '');
  if (plain === '') return 'posts';
  const { names } = readResourceName(plain, rules);
  return names?.plural ?? 'posts';
}

function shortened(plural: string): string {
  const short = camel(words(plural).slice(-2));
  return short.length > longest ? 'posts' : short;
}
