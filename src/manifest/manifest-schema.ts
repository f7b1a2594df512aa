import * as z from 'zod';
import { accessSchema, rateSchema } from './access.ts';
import { aboves, auths, operations, packageManagers, paginations, stacks } from './choices.ts';
import { fieldSchema } from './field-schema.ts';
import { isObject } from './json.ts';
import { once } from './once.ts';
import { isPackageName } from './project-name.ts';

const nameExpected = 'Expected a name, such as `blogPosts`.';
const operationExpected = `Expected some of: ${operations.join(', ')}.`;
const oneOf = (values: readonly string[]) =>
  `Expected ${values.map((each) => `"${each}"`).join(' or ')}.`;
const aboveExpected = `Expected some of: ${aboves.join(', ')}.`;
const basePathExpected =
  'Expected a path in small letters, such as "/api" or "/api/v1", and none below /health, /ready or /docs.';

/**
 * `backend.json`, and an endpoint of it, as they are; and both without what is read by itself: the
 * endpoints of the one, the fields of the other.
 */
export const manifestSchemas = once(() => {
  const camelName = z.string({ error: nameExpected }).regex(/^[a-z][A-Za-z0-9]*$/, nameExpected);
  const answers = {
    $schema: z
      .string({ error: 'Expected a text.' })
      .exactOptional()
      .describe('Where editors find this schema.'),
    name: z
      .string({ error: 'Expected the name of an npm package.' })
      .refine(isPackageName, 'Expected the name of an npm package, such as "my-api".')
      .describe('The name of the package.'),
    stack: z.enum(stacks, oneOf(stacks)).describe('What the backend is made of.'),
    auth: z.enum(auths, oneOf(auths)).describe('How callers prove who they are.'),
    basePath: z
      .string({ error: basePathExpected })
      .regex(/^(?!\/(health|ready|docs)(\/|$))(\/[a-z0-9][a-z0-9-]*)+$/, basePathExpected)
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
    under: camelName
      .exactOptional()
      .describe('The plural name of a parent: adds /users/:userId/posts beside /posts.'),
    access: accessSchema().exactOptional(),
    rateLimit: rateSchema().exactOptional(),
  };
  const singular = camelName
    .exactOptional()
    .describe('The singular, where it is not the one that the plural suggests.');

  const endpointSchema = z
    .strictObject({
      singular,
      fields: z
        .record(camelName, fieldSchema())
        .describe('The fields by their names in camelCase.'),
      ...options,
    })
    .describe('One endpoint with its table.');

  const manifestSchema = z
    .strictObject({
      ...answers,
      endpoints: z
        .record(camelName, endpointSchema)
        .default({})
        .describe('The endpoints by their plural names in camelCase.'),
    })
    .meta({
      title: 'backend.json',
      description: 'What this backend is. `gen` keeps it up to date.',
    });

  const map = z.custom<Record<string, unknown>>(isObject, 'Expected an object.');
  const outerSchema = z.strictObject({ ...answers, endpoints: map.default({}) });
  const shellSchema = z.strictObject({ singular, fields: map, ...options });

  return { manifestSchema, endpointSchema, outerSchema, shellSchema };
});
