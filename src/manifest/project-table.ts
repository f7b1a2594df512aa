import type * as z from 'zod';
import type { Chosen } from './choice-values.ts';
import {
  apisOf,
  authsFor,
  listedIn,
  managersFor,
  none,
  partsOf,
  stacksFor,
} from './choice-values.ts';
import { aboves, accountParts, agentPlatforms, auths } from './choices.ts';
import { clientSchema } from './client.ts';
import { oldVersionsSchema } from './old-version-schema.ts';
import { rolesSchema } from './roles.ts';
import type { KnownStacks, Rules } from './rules.ts';
import { servicesSchema } from './service-schema.ts';
import { oneOf } from './setting-table.ts';
import type { Schemas } from './type-row.ts';

/** What the schemas need to know of a stack. */
export type StackRules = Pick<
  Rules,
  'packageManagers' | 'packageNameFault' | 'keptPaths' | 'apis' | 'accounts'
>;

/** How `create-backend` offers a setting: as a flag, and as a question. */
export type Choice = {
  /** The value of the flag, and its line in the help, which lists the values as well. */
  takes: string;
  help: string;
  question: string;
  /** The name of the flag, if it is not the key. */
  name?: string;
  /** Whether any of the values can be chosen together, and none; the default is all of them. */
  isList?: boolean;
  /** Another default. */
  usual?: string;
  /** The values, the default first. What is chosen already can leave fewer of them. */
  values: (known: KnownStacks, chosen: Chosen) => readonly string[];
  /** What the question says of a value; by default its name. */
  title?: (value: string, known: KnownStacks) => string | undefined;
  /** What `backend.json` says for a value; by default the value itself. */
  stored?: (value: string) => unknown;
};

/** A setting of a project: its key in `backend.json`, and in kebab case its flag. */
export type ProjectSetting = {
  schema: (z: Schemas, known: KnownStacks, rules: StackRules) => z.ZodType;
  choice?: Choice;
};

const aboveExpected = `Expected some of: ${aboves.join(', ')}.`;

const accountTitles: Readonly<Record<string, string>> = {
  jwt: 'users with passwords, sessions and roles',
  none: 'none: every endpoint is public',
};

const partTitles: Readonly<Record<string, string>> = {
  mail: 'mail: verified addresses, forgotten passwords, invitations',
  browser: 'browser: the refresh token in a cookie',
  oidc: 'oidc: sign in with OpenID Connect',
};

const partsExpected = `Expected some of: ${accountParts.join(', ')}.`;

const agentsExpected = `Expected some of: ${agentPlatforms.join(', ')}.`;

const apiTitles: Readonly<Record<string, string>> = {
  rest: 'REST',
  both: 'REST and GraphQL',
};

/** Everything that a manifest has beside its endpoints, in the order in which it is written. */
export const projectSettings = {
  $schema: {
    schema: (z: Schemas) =>
      z
        .string({ error: 'Expected a text.' })
        .exactOptional()
        .describe('Where editors find this schema.'),
  },
  name: {
    schema: (z: Schemas, _known: KnownStacks, { packageNameFault }: StackRules) =>
      z
        .string({ error: () => packageNameFault('') ?? 'Expected a name.' })
        .check(({ value, issues }) => {
          const message = packageNameFault(value);
          if (message !== undefined) issues.push({ code: 'custom', input: value, message });
        })
        .describe('The name of the package.'),
  },
  stack: {
    schema: (z: Schemas, known: KnownStacks) =>
      z.enum(Object.keys(known), oneOf(Object.keys(known))).describe('The language and framework.'),
    choice: {
      takes: 'stack',
      help: 'language and framework',
      question: 'Stack',
      values: stacksFor,
      title: (value: string, known: KnownStacks) => known[value]?.title,
    },
  },
  auth: {
    schema: (z: Schemas) => z.enum(auths, oneOf(auths)).describe('How callers are authenticated.'),
    choice: {
      takes: 'kind',
      help: 'authentication',
      question: 'Accounts',
      values: authsFor,
      title: (value: string) => accountTitles[value],
    },
  },
  accounts: {
    schema: (z: Schemas, _known: KnownStacks, { accounts }: StackRules) =>
      z
        .array(
          z
            .enum(accountParts, partsExpected)
            .refine((part) => accounts.includes(part), 'This stack does not have it.'),
          { error: partsExpected },
        )
        .min(1, partsExpected)
        .exactOptional()
        .describe('What accounts have beside passwords, sessions and roles.'),
    choice: {
      takes: 'parts',
      help: 'parts of accounts (default: all that the stack has)',
      question: 'What do the accounts have?',
      isList: true,
      values: partsOf,
      title: (value: string) => partTitles[value],
      stored: (value: string) => (value === none ? undefined : listedIn(value)),
    },
  },
  graphql: {
    schema: (z: Schemas, _known: KnownStacks, { apis }: StackRules) =>
      z
        .boolean({ error: 'Expected true or false.' })
        .refine((value) => !value || apis.includes('both'), 'This stack has no GraphQL.')
        .exactOptional()
        .describe('Whether there is a GraphQL API beside REST.'),
    choice: {
      name: 'api',
      takes: 'kind',
      help: 'API',
      question: 'Which API?',
      values: apisOf,
      title: (value: string) => apiTitles[value],
      stored: (value: string) => (value === 'both' ? true : undefined),
    },
  },
  roles: { schema: (z: Schemas) => rolesSchema(z).exactOptional() },
  basePath: {
    schema: (z: Schemas, _known: KnownStacks, rules: StackRules) =>
      basePathSchema(z, rules)
        .default('/api')
        .describe('What the path of every endpoint starts with.'),
  },
  versions: {
    schema: (z: Schemas, _known: KnownStacks, rules: StackRules) =>
      oldVersionsSchema(z, basePathSchema(z, rules)),
  },
  packageManager: {
    schema: (z: Schemas, _known: KnownStacks, { packageManagers }: StackRules) =>
      z.enum(packageManagers, oneOf(packageManagers)).describe('What installs the dependencies.'),
    choice: {
      takes: 'name',
      help: 'what installs the dependencies',
      question: 'Package manager',
      values: managersFor,
    },
  },
  agents: {
    schema: (z: Schemas) =>
      z
        .array(z.enum(agentPlatforms, agentsExpected), { error: agentsExpected })
        .min(1, agentsExpected)
        .exactOptional()
        .describe('The coding agents that have files of their own beside AGENTS.md.'),
    choice: {
      takes: 'names',
      help: 'files for coding agents (default: only AGENTS.md)',
      question: 'Files for which coding agents?',
      isList: true,
      usual: none,
      values: () => agentPlatforms,
      stored: (value: string) => (value === none ? undefined : listedIn(value)),
    },
  },
  above: {
    schema: (z: Schemas) =>
      z
        .array(z.enum(aboves, aboveExpected), { error: aboveExpected })
        .min(1, aboveExpected)
        .exactOptional()
        .describe(
          'What is in a folder above: the root of the git repository, the root of the workspace, or settings of the linter. Files that would work only there are left out.',
        ),
  },
  client: { schema: (z: Schemas) => clientSchema(z).exactOptional() },
  collections: {
    schema: (z: Schemas) =>
      z
        .boolean({ error: 'Expected true or false.' })
        .exactOptional()
        .describe('Whether `collections` has requests that Postman, Insomnia and Bruno run.'),
  },
  services: { schema: (z: Schemas) => servicesSchema(z) },
} as const satisfies Record<string, ProjectSetting>;

type Rows = typeof projectSettings;
type Shape = { -readonly [Name in keyof Rows]: ReturnType<Rows[Name]['schema']> };

/** What a manifest has beside its endpoints. */
export type ProjectSettings = z.output<z.ZodObject<Shape>>;

export function basePathSchema(z: Schemas, { keptPaths }: Pick<StackRules, 'keptPaths'>) {
  const expected = basePathExpected(keptPaths);
  const kept = keptPaths.length === 0 ? '' : `(?!\\/(${keptPaths.join('|')})(\\/|$))`;
  return z
    .string({ error: expected })
    .regex(new RegExp(`^${kept}(\\/[a-z0-9][a-z0-9-]*)+$`), expected);
}

function basePathExpected(kept: readonly string[]): string {
  const [last, ...others] = kept.map((word) => `/${word}`).reverse();
  const all = [others.reverse().join(', '), last].filter(Boolean).join(' or ');
  const path = 'Expected a path in lowercase letters, such as "/api" or "/api/v1"';
  return last === undefined ? `${path}.` : `${path}, and none below ${all}.`;
}
