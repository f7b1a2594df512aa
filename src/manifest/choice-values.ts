import { accountParts, auths } from './choices.ts';
import type { KnownStacks } from './rules.ts';
import { rulesOf } from './rules.ts';

/** What a list of values says if it has none. */
export const none = 'none';

/** The values in the text of a flag that takes a list. */
export const listedIn = (text: string = none): readonly string[] =>
  text === none ? [] : text.split(',');

/** The text of a flag for values of a list. */
export const listText = (values: readonly string[]): string => values.join(',') || none;

/** Settings of a new project that are chosen already, by their keys. */
export type Chosen = Readonly<Record<string, string | undefined>>;

/** What the stack can have; what any stack can have while none is chosen. */
export function apisOf(known: KnownStacks, { stack }: Chosen): readonly string[] {
  if (stack !== undefined) return rulesOf(known, stack).apis;
  return [...new Set(Object.values(known).flatMap(({ rules }) => rules.apis))];
}

/** The stacks that a package manager can install, and that have these parts of accounts. */
export function stacksFor(
  known: KnownStacks,
  { packageManager, accounts }: Chosen,
): readonly string[] {
  return Object.entries(known).flatMap(([name, { rules }]) => {
    const has = (part: string) => rules.accounts.some((each) => each === part);
    const isInstalled = !packageManager || rules.packageManagers.includes(packageManager);
    return isInstalled && listedIn(accounts).every(has) ? [name] : [];
  });
}

/** Parts of accounts need accounts. */
export const authsFor = (_known: KnownStacks, { accounts }: Chosen): readonly string[] =>
  listedIn(accounts).length > 0 ? auths.filter((auth) => auth === 'jwt') : auths;

/** The parts of accounts of the stack; of all stacks while none is chosen. */
export function partsOf(known: KnownStacks, { stack, auth }: Chosen): readonly string[] {
  if (auth === 'none') return [];
  const all = stack === undefined ? Object.values(known) : [{ rules: rulesOf(known, stack) }];
  return accountParts.filter((part) => all.some(({ rules }) => rules.accounts.includes(part)));
}

/** The package managers of a stack; of all stacks while none is chosen. */
export function managersFor(known: KnownStacks, { stack }: Chosen): readonly string[] {
  if (stack !== undefined) return rulesOf(known, stack).packageManagers;
  return [...new Set(Object.values(known).flatMap(({ rules }) => rules.packageManagers))];
}
