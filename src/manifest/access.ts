import type * as z from 'zod';
import { closest, didYouMean } from './closest.ts';
import type { Problem } from './errors.ts';
import type { Schemas } from './type-row.ts';

/** What a rule is about: lists and single rows, new rows, changes of rows, their end. */
export const actions = ['read', 'create', 'update', 'delete'] as const;
export type Action = (typeof actions)[number];

/** Who may: anybody, who is signed in, who made the row, or who has at least that role. */
export const levels = ['public', 'user', 'owner', 'moderator', 'admin'] as const;
export type Level = (typeof levels)[number];

export type Access = Record<Action, Level>;

/** Nothing is public unless asked for, and only who made a row may change it. */
export const usualAccess: Access = {
  read: 'user',
  create: 'user',
  update: 'owner',
  delete: 'owner',
};

const levelExpected = `Expected one of: ${levels.join(', ')}.`;

/** The rules that differ from the usual ones. */
export function accessSchema(z: Schemas) {
  const level = z.enum(levels, levelExpected).exactOptional();
  return z
    .strictObject({ read: level, create: level, update: level, delete: level })
    .describe('Who may do what; for the rest the usual rules hold.');
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
      const found = `\`${rule}\` is not a rule of access.`;
      problems.push({ found, expected: 'Expected rules such as read=public,delete=admin.' });
    } else if (action === undefined) problems.push(unknown('action', left, actions));
    else if (level === undefined) problems.push(unknown('level of access', right, levels));
    else if (action in value) {
      const found = `\`${action}\` has two rules of access.`;
      problems.push({ found, expected: 'Expected one at most.' });
    } else if (level !== usualAccess[action]) value[action] = level;
  }
  const isKnown = problems.length > 0 && !near.includes(undefined);
  const read = isKnown ? { problems, near: near.join(',') } : { problems };
  return Object.keys(value).length === 0 ? read : { ...read, value };
}

/** The rate behind `--rate-limit`. */
export function readRate(text: string | undefined): { value?: string; problems: Problem[] } {
  if (text === undefined) return { problems: [] };
  if (ratePattern.test(text)) return { value: text, problems: [] };
  return { problems: [{ found: `\`${text}\` is not a rate.`, expected: rateExpected }] };
}

/** What speaks against rules of access, given how callers prove who they are. */
export function accessProblems(rules: AccessRules | undefined, auth: 'jwt' | 'none'): Problem[] {
  if (rules === undefined) return [];
  if (auth === 'none') {
    const found = 'This backend has no accounts, so it cannot tell callers apart.';
    return [{ found, expected: `Expected no rules of access, or accounts: ${bringAccounts}.` }];
  }
  const access = { ...usualAccess, ...rules };
  if (access.create === 'owner') {
    const found = 'A new row has no owner yet, so `create=owner` means nothing.';
    return [{ found, expected: 'Expected create=user: who makes the row owns it.' }];
  }
  if (access.create === 'public' && isOwned(access)) {
    const found = 'Rows that anybody may make belong to nobody, so no rule can name their owner.';
    const expected = 'Expected create=user, or update and delete for moderator or admin.';
    return [{ found, expected }];
  }
  return [];
}

/** How a backend gets accounts. */
export const bringAccounts = 'set `auth` to `jwt` in backend.json, and run `gen apply`';

/** Whether rows need an owner. */
export function isOwned(access: Access): boolean {
  return Object.values(access).includes('owner');
}

function unknown(what: string, word: string, all: readonly string[]): Problem {
  const near = closest(word, all);
  const expected = didYouMean(near, `Expected one of: ${all.join(', ')}.`);
  return { found: `There is no ${what} \`${word}\`.`, expected };
}
