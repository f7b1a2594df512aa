import type * as z from 'zod';
import { closest, didYouMean } from './closest.ts';
import type { Problem } from './errors.ts';
import type { Schemas } from './type-row.ts';

/** What a rule is about: reading lists and rows, creating, changing and deleting rows. */
export const actions = ['read', 'create', 'update', 'delete'] as const;
export type Action = (typeof actions)[number];

/** Who may: anybody, signed-in users, the owner of the row, or users with at least that role. */
export const levels = ['public', 'user', 'owner', 'moderator', 'admin'] as const;
export type Level = (typeof levels)[number];

export type Access = Record<Action, Level>;

/** By default nothing is public, and only the owner may change a row. */
export const usualAccess: Access = {
  read: 'user',
  create: 'user',
  update: 'owner',
  delete: 'owner',
};

const levelExpected = `Expected one of: ${levels.join(', ')}.`;

/** The rules that differ from the default. */
export function accessSchema(z: Schemas) {
  const level = z.enum(levels, levelExpected).exactOptional();
  return z
    .strictObject({ read: level, create: level, update: level, delete: level })
    .describe('Who may do what; actions that are left out keep their default.');
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
 * The rules of `--access read=public,delete=admin`, without those that are the default. `near` is what
 * was probably meant, if something is wrong.
 */
export function readAccess(text: string | undefined): {
  value?: AccessRules;
  problems: Problem[];
  near?: string;
} {
  if (text === undefined) return { problems: [] };
  const value: AccessRules = {};
  const problems: Problem[] = [];
  const near: (string | undefined)[] = [];
  for (const rule of text.split(',')) {
    const [left = '', right = '', ...rest] = rule.split('=').map((word) => word.trim());
    const action = actions.find((each) => each === left);
    const level = levels.find((each) => each === right);
    const meant = [action ?? closest(left, actions), level ?? closest(right, levels)];
    const isRule = rest.length === 0 && left !== '' && right !== '';
    near.push(isRule && meant.every((word) => word !== undefined) ? meant.join('=') : undefined);
    if (!isRule) {
      const found = `\`${rule}\` is not an access rule.`;
      problems.push({ found, expected: 'Expected rules such as read=public,delete=admin.' });
    } else if (action === undefined) problems.push(unknown('action', left, actions));
    else if (level === undefined) problems.push(unknown('access level', right, levels));
    else if (action in value) {
      const found = `\`${action}\` has two access rules.`;
      problems.push({ found, expected: 'Expected one at most.' });
    } else if (level !== usualAccess[action]) value[action] = level;
  }
  const isKnown = problems.length > 0 && !near.includes(undefined);
  const read = isKnown ? { problems, near: near.join(',') } : { problems };
  return Object.keys(value).length === 0 ? read : { ...read, value };
}

/** The rate of `--rate-limit`. */
export function readRate(text: string | undefined): { value?: string; problems: Problem[] } {
  if (text === undefined) return { problems: [] };
  if (ratePattern.test(text)) return { value: text, problems: [] };
  return { problems: [{ found: `\`${text}\` is not a rate.`, expected: rateExpected }] };
}

/** What is wrong with access rules, with accounts or without. */
export function accessProblems(rules: AccessRules | undefined, auth: 'jwt' | 'none'): Problem[] {
  if (rules === undefined) return [];
  if (auth === 'none') {
    const found = 'This backend has no accounts, so it cannot tell callers apart.';
    return [{ found, expected: 'Expected no access rules, or a backend with --auth jwt.' }];
  }
  const access = { ...usualAccess, ...rules };
  if (access.create === 'owner') {
    const found = 'A new row has no owner yet, so `create=owner` is not possible.';
    return [{ found, expected: 'Expected create=user: the user who creates a row owns it.' }];
  }
  if (access.create === 'public' && isOwned(access)) {
    const found = 'With `create=public` rows have no owner, but another rule is for `owner`.';
    const expected = 'Expected create=user, or update and delete for moderator or admin.';
    return [{ found, expected }];
  }
  return [];
}

/** Whether rows need an owner. */
export function isOwned(access: Access): boolean {
  return Object.values(access).includes('owner');
}

function unknown(what: string, word: string, all: readonly string[]): Problem {
  const near = closest(word, all);
  const expected = didYouMean(near, `Expected one of: ${all.join(', ')}.`);
  return { found: `There is no ${what} \`${word}\`.`, expected };
}
