import * as z from 'zod';
import { accessSchema, rateSchema } from './access.ts';
import { aboves, auths, operations, paginations } from './choices.ts';
import { fieldSchema } from './field-schema.ts';
import { isObject } from './json.ts';
import { once } from './once.ts';
import type { KnownStacks, Rules } from './rules.ts';

const nameExpected = 'Expected a name, such as `blogPosts`.';
const operationExpected = `Expected some of: ${operations.join(', ')}.`;
const aboveExpected = `Expected some of: ${aboves.join(', ')}.`;
const oneOf = (values: readonly string[]) =>
  `Expected ${values.map((each) => `"${each}"`).join(' or ')}.`;
function basePathExpected(kept: readonly string[]): string {
  const [last, ...others] = kept.map((word) => `/${word}`).reverse();
  const all = [others.reverse().join(', '), last].filter(Boolean).join(' or ');
  const path = 'Expected a path in small letters, such as "/api" or "/api/v1"';
  return last === undefined ? `${path}.` : `${path}, and none below ${all}.`;
}

const camelName = once(() =>
  z.string({ error: nameExpected }).regex(/^[a-z][A-Za-z0-9]*$/, nameExpected),
);

/** An endpoint as it is, and without its fields, which are read by themselves. */
export const endpointSchemas = once(() => {
  const options = {
    pagination: z
      .enum(paginations, oneOf(paginations))
      .default('cursor')
      .describe('`cursor` stays right and fast while rows are added; `offset` has page numbers.'),
    only: z
      .array(z.enum(operations, operationExpected), { error: operationExpected })
      .min(1, operationExpected)
      .exactOptional()
      .describe('The operations that exist; all of them where it is left out.'),
    under: camelName()
      .exactOptional()
      .describe('The plural name of a parent: adds /users/:userId/posts beside /posts.'),
    access: accessSchema().exactOptional(),
    rateLimit: rateSchema().exactOptional(),
  };
  const singular = camelName()
    .exactOptional()
    .describe('The singular, where it is not the one that the plural suggests.');

  const endpointSchema = z
    .strictObject({
      singular,
      fields: z
        .record(camelName(), fieldSchema())
        .describe('The fields by their names in camelCase.'),
      ...options,
    })
    .describe('One endpoint with its table.');
  const shellSchema = z.strictObject({ singular, fields: map, ...options });
  return { endpointSchema, shellSchema };
});

const map = z.custom<Record<string, unknown>>(isObject, 'Expected an object.');

type Choices = Pick<Rules, 'packageManagers' | 'packageNameFault' | 'keptPaths'>;

type Schemas = ReturnType<typeof makeSchemas>;
const made = new WeakMap<Choices, Map<string, Schemas>>();

/**
 * `backend.json` as it is, and without its endpoints, which are read by themselves. A command asks
 * for them several times.
 */
export function manifestSchemas(known: KnownStacks, rules: Choices): Schemas {
  const ofRules = made.get(rules) ?? new Map<string, Schemas>();
  made.set(rules, ofRules);
  const names = Object.keys(known).join();
  const schemas = ofRules.get(names) ?? makeSchemas(known, rules);
  ofRules.set(names, schemas);
  return schemas;
}

function makeSchemas(known: KnownStacks, rules: Choices) {
  const stacks = Object.keys(known);
  const { packageManagers, keptPaths } = rules;
  const pathExpected = basePathExpected(keptPaths);
  const kept = keptPaths.length === 0 ? '' : `(?!\\/(${keptPaths.join('|')})(\\/|$))`;
  const answers = {
    $schema: z
      .string({ error: 'Expected a text.' })
      .exactOptional()
      .describe('Where editors find this schema.'),
    name: z
      .string({ error: () => rules.packageNameFault('') ?? nameExpected })
      .check(({ value, issues }) => {
        const message = rules.packageNameFault(value);
        if (message !== undefined) issues.push({ code: 'custom', input: value, message });
      })
      .describe('The name of the package.'),
    stack: z.enum(stacks, oneOf(stacks)).describe('What the backend is made of.'),
    auth: z.enum(auths, oneOf(auths)).describe('How callers prove who they are.'),
    basePath: z
      .string({ error: pathExpected })
      .regex(new RegExp(`^${kept}(\\/[a-z0-9][a-z0-9-]*)+$`), pathExpected)
      .default('/api')
      .describe('What the path of every endpoint starts with.'),
    packageManager: z
      .enum(packageManagers, oneOf(packageManagers))
      .describe('What installs the dependencies.'),
    above: z
      .array(z.enum(aboves, aboveExpected), { error: aboveExpected })
      .min(1, aboveExpected)
      .exactOptional()
      .describe(
        'What is in a folder above: the root of the git repository, the root of the workspace, or settings of the linter. Files that would work only there are left out.',
      ),
  };

  const manifestSchema = z
    .strictObject({
      ...answers,
      endpoints: z
        .record(camelName(), endpointSchemas().endpointSchema)
        .default({})
        .describe('The endpoints by their plural names in camelCase.'),
    })
    .meta({
      title: 'backend.json',
      description: 'What this backend is. `gen` keeps it up to date.',
    });
  const outerSchema = z.strictObject({ ...answers, endpoints: map.default({}) });
  return { manifestSchema, outerSchema };
}

/** One endpoint as it was asked for; its plural is the key under which it stands. */
export type Endpoint = z.infer<ReturnType<typeof endpointSchemas>['endpointSchema']>;
/** What the backend is: the content of `backend.json`. */
export type Manifest = z.infer<ReturnType<typeof manifestSchemas>['manifestSchema']>;
