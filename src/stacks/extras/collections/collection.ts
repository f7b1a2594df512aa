import type { Line } from './script.ts';

/** A parameter of a list; one that is off shows what there is. */
export type Parameter = { name: string; value: string; isOff: boolean };

/**
 * One request of a collection. Path, headers and body name variables as `{{postId}}`, and a body has
 * those of numbers without quotes.
 */
export type Ask = {
  name: string;
  method: string;
  path: string;
  query?: readonly Parameter[];
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** The variable with the token; `nobody` sends none. By default that of whoever signed in. */
  as?: string;
  before: readonly Line[];
  after: readonly Line[];
};

export type Folder = { name: string; requests: readonly Ask[] };

/** What a person fills in before a run, or is filled in already. */
export type Variable = { name: string; value: string; isSecret: boolean };

/** Requests that run one after another, in this order. */
export type Collection = {
  name: string;
  description: string;
  isSecured: boolean;
  variables: readonly Variable[];
  folders: readonly Folder[];
};

/** The token of whoever signed in. */
export const usualToken = 'accessToken';

/** The variables that requests name, in the order of their names. */
export function variablesIn({ folders }: Collection): string[] {
  const asks = folders.flatMap(({ requests }) => requests);
  const texts = asks.flatMap(({ path, body = '', headers = {}, as = usualToken }) => [
    path,
    body,
    ...Object.values(headers),
    `{{${as}}}`,
  ]);
  const found = [...texts.join('\n').matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  return [...new Set(found)].filter((name) => name !== nobody).sort();
}

/** Stands for no token. */
export const nobody = 'nobody';
