import type * as z from 'zod';
import { closest, didYouMean } from './closest.ts';
import type { Problem } from './errors.ts';
import type { Roles } from './roles.ts';
import { knownRoles } from './roles.ts';
import type { Schemas } from './type-row.ts';

/** What a rule is about: lists and single rows, new rows, changes of rows, their end. */
export const actions = ['read', 'create', 'update', 'delete'] as const;
export type Action = (typeof actions)[number];

/**
 * Who may, as `backend.json` says it: `public`, `user` for everybody who is signed in, or one or more
 * of `owner` and the roles of the project, such as `owner|editor`.
 */
export type Level = string;

/** What a rule may say beside the roles of the project. */
const ofNoRole = ['public', 'user', 'owner'];

export type Levels = Record<Action, Level>;

/** Nothing is public unless asked for, and only who made a row may change it. */
export const usualAccess: Levels = {
  read: 'user',
  create: 'user',
  update: 'owner',
  delete: 'owner',
};

/** The words of a rule, which may be typed with `+` so that a shell takes it without quotes. */
export const wordsOf = (level: Level): string[] => level.split(/[|+]/).map((word) => word.trim());

const levelExpected = 'Expected public, user, owner or roles, such as "owner|editor".';

/** The rules that differ from the usual ones. */
export function accessSchema(z: Schemas) {
  const level = z
    .string({ error: levelExpected })
    .regex(/^[a-z][a-z0-9_-]*(\|[a-z][a-z0-9_-]*)*$/, levelExpected)
    .exactOptional();
  return z
    .strictObject({ read: level, create: level, update: level, delete: level })
    .describe('Who may do what: `public`, `user`, or `owner` and roles with `|` between them.');
}

export type AccessRules = z.output<ReturnType<typeof accessSchema>>;

const ratePattern = /^[1-9]\d{0,8}\/(second|minute|hour|day)$/;
const rateExpected = 'Expected a rate, such as 100/minute.';

export const rateSchema = (z: Schemas) =>
  z
    .string({ error: rateExpected })
    .regex(ratePattern, rateExpected)
    .describe('How many requests a client may send to it, such as 100/minute.');

/**
 * The rules behind `--access read=public,delete=admin`; those that are usual are left out. `near` is
 * what was probably meant, where it is not as it should be.
 */
export function readAccess(
  text: string | undefined,
  roles: readonly string[],
): { value?: AccessRules; problems: Problem[]; near?: string } {
  if (text === undefined) return { problems: [] };
  const value: AccessRules = {};
  const problems: Problem[] = [];
  const near: (string | undefined)[] = [];
  for (const rule of text.split(',')) {
    const [left = '', right = '', ...rest] = rule.split('=').map((word) => word.trim());
    const words = wordsOf(right);
    const level = words.join('|');
    const action = actions.find((each) => each === left);
    const meant = [action ?? closest(left, actions), nearLevel(words, roles)];
    const isRule = rest.length === 0 && left !== '' && right !== '';
    near.push(isRule && meant.every((word) => word !== undefined) ? meant.join('=') : undefined);
    if (!isRule) {
      const found = `\`${rule}\` is not a rule of access.`;
      problems.push({ found, expected: 'Expected rules such as read=public,delete=admin.' });
      continue;
    }
    const ofLevel = levelProblems(level, roles);
    problems.push(...ofLevel);
    if (action === undefined) problems.push(unknown('action', left, actions));
    else if (action in value) {
      const found = `\`${action}\` has two rules of access.`;
      problems.push({ found, expected: 'Expected one at most.' });
    } else if (ofLevel.length === 0 && level !== usualAccess[action]) value[action] = level;
  }
  const isKnown = problems.length > 0 && !near.includes(undefined);
  const read = isKnown ? { problems, near: near.join(',') } : { problems };
  return Object.keys(value).length === 0 ? read : { ...read, value };
}

/** What is wrong with one rule, given the roles that there are. */
export function levelProblems(level: Level, roles: readonly string[]): Problem[] {
  const words = wordsOf(level);
  const known = [...new Set([...ofNoRole, ...roles])];
  const strange = words.filter((word) => !known.includes(word));
  if (strange.length > 0) return strange.map((word) => unknown('level of access', word, known));
  const twice = words.find((word, place) => words.indexOf(word) !== place);
  if (twice !== undefined) {
    return [{ found: `\`${level}\` names \`${twice}\` twice.`, expected: 'Expected it once.' }];
  }
  const all = words.find((word) => word === 'public' || word === 'user');
  if (all === undefined || words.length === 1) return [];
  const whom = all === 'public' ? 'anybody' : 'everybody who is signed in';
  const found = `\`${level}\`: \`${all}\` means ${whom}, so the rest says nothing.`;
  return [{ found, expected: `Expected \`${all}\`, or the rest without it.` }];
}

/** The level that was probably meant; undefined where nobody can tell. */
function nearLevel(words: readonly string[], roles: readonly string[]): Level | undefined {
  const known = [...ofNoRole, ...roles];
  const meant = words.map((word) => (known.includes(word) ? word : closest(word, known)));
  if (meant.includes(undefined)) return undefined;
  const level = [...new Set(meant)].join('|');
  return levelProblems(level, roles).length === 0 ? level : undefined;
}

/** The rate behind `--rate-limit`. */
export function readRate(text: string | undefined): { value?: string; problems: Problem[] } {
  if (text === undefined) return { problems: [] };
  if (ratePattern.test(text)) return { value: text, problems: [] };
  return { problems: [{ found: `\`${text}\` is not a rate.`, expected: rateExpected }] };
}

/** What speaks against rules of access, given how callers prove who they are, and their roles. */
export function accessProblems(
  rules: AccessRules | undefined,
  { auth, roles }: { auth: 'jwt' | 'none'; roles?: Roles },
): (Problem & { path: Action[] })[] {
  if (rules === undefined) return [];
  if (auth === 'none') {
    const found = 'This backend has no accounts, so it cannot tell callers apart.';
    return [
      { path: [], found, expected: `Expected no rules of access, or accounts: ${bringAccounts}.` },
    ];
  }
  const { names, admin } = knownRoles(roles);
  const ofLevels = actions.flatMap((action) =>
    levelProblems(rules[action] ?? 'user', names).map((each) => ({ path: [action], ...each })),
  );
  if (ofLevels.length > 0) return ofLevels;
  const access = { ...usualAccess, ...rules };
  if (namesOwner(access.create)) {
    const found = `A new row has no owner yet, so \`create=${access.create}\` means nothing.`;
    return [{ path: [], found, expected: 'Expected create=user: who makes the row owns it.' }];
  }
  if (access.create === 'public' && isOwned(access)) {
    const found = 'Rows that anybody may make belong to nobody, so no rule can name their owner.';
    const expected = `Expected create=user, or update and delete for roles, such as ${admin}.`;
    return [{ path: [], found, expected }];
  }
  return [];
}

/** How a backend gets accounts. */
export const bringAccounts = 'set `auth` to `jwt` in backend.json, and run `gen apply`';

const namesOwner = (level: Level) => wordsOf(level).includes('owner');

/** Whether rows need an owner. */
export function isOwned(access: Levels): boolean {
  return Object.values(access).some(namesOwner);
}

function unknown(what: string, word: string, all: readonly string[]): Problem {
  const near = closest(word, all);
  const expected = didYouMean(near, `Expected one of: ${all.join(', ')}.`);
  return { found: `There is no ${what} \`${word}\`.`, expected };
}
