import type * as z from 'zod';
import { accessSchema, rateSchema } from './access.ts';
import { operations, paginations } from './choices.ts';
import type { Schemas } from './type-row.ts';

/** A setting of an endpoint: its key in `backend.json`, and in kebab case its flag. */
export type SettingRow = {
  /** What the flag takes, and what the help says of it. Without a value, it is `--no-<flag>`. */
  takes?: string;
  help: string;
  /** The value in `backend.json`. The schema is made once it is needed. */
  schema: (z: Schemas) => z.ZodType;
  /** What it is where it is left out, if that is a value. */
  usual?: string | number | boolean;
};

const nameExpected = 'Expected a name, such as `blogPosts`.';
const operationExpected = `Expected some of: ${operations.join(', ')}.`;
export const oneOf = (values: readonly string[]) =>
  `Expected ${values.map((each) => `"${each}"`).join(' or ')}.`;

export const camelName = (z: Schemas) =>
  z.string({ error: nameExpected }).regex(/^[a-z][A-Za-z0-9]*$/, nameExpected);

/** The settings in the order in which they are written. All that reads or writes them asks here. */
export const endpointSettings = {
  pagination: {
    takes: 'kind',
    help: `how lists are paged: ${paginations.join(', ')}`,
    schema: (z: Schemas) =>
      z
        .enum(paginations, oneOf(paginations))
        .describe('`cursor` stays right and fast while rows are added; `offset` has page numbers.'),
    usual: 'cursor',
  },
  only: {
    takes: 'operations',
    help: `some of ${operations.join(',')}`,
    schema: (z: Schemas) =>
      z
        .array(z.enum(operations, operationExpected), { error: operationExpected })
        .min(1, operationExpected)
        .describe('The operations that exist; all of them where it is left out.'),
  },
  under: {
    takes: 'parent',
    help: 'also list and create under another endpoint',
    schema: (z: Schemas) =>
      camelName(z).describe(
        'The plural name of a parent: adds /users/:userId/posts beside /posts.',
      ),
  },
  access: {
    takes: 'rules',
    help: 'who may what, such as read=public,delete=admin',
    schema: accessSchema,
  },
  rateLimit: {
    takes: 'rate',
    help: 'how many requests a client may send, such as 100/minute',
    schema: rateSchema,
  },
  graphql: {
    help: 'leave it out of the GraphQL API',
    schema: (z: Schemas) =>
      z
        .boolean({ error: 'Expected true or false.' })
        .describe('Whether it is part of the GraphQL API, if there is one; by default it is.'),
  },
} as const satisfies Record<string, SettingRow>;

type Rows = typeof endpointSettings;
export type SettingName = keyof Rows;
type Value<Name extends SettingName> = z.output<ReturnType<Rows[Name]['schema']>>;
type Usual = {
  [Name in SettingName]: Rows[Name] extends { usual: unknown } ? Name : never;
}[SettingName];

/** What an endpoint says beside its fields and its singular. */
export type EndpointSettings = { [Name in Usual]: Value<Name> } & {
  [Name in Exclude<SettingName, Usual>]?: Value<Name>;
};
