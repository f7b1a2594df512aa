import * as z from 'zod';
import { endpointsProblems } from './endpoint-rules.ts';
import type { Problem } from './errors.ts';
import { UserError } from './errors.ts';
import type { Field } from './field.ts';
import { fieldSchema } from './field.ts';
import { fieldsProblems } from './field-collisions.ts';
import { readField } from './field-reading.ts';
import { isObject, readJson } from './json.ts';
import { camelCase, nameRefusal, resourceNames } from './names.ts';
import { isPackageName } from './project-name.ts';
import { formatPath, schemaProblems } from './schema-problems.ts';

export const operations = ['list', 'get', 'create', 'replace', 'update', 'delete'] as const;
export type Operation = (typeof operations)[number];

export const paginations = ['cursor', 'offset'] as const;
export const packageManagers = ['npm', 'pnpm', 'yarn', 'bun'] as const;

const nameExpected = 'Expected a name, such as `blogPosts`.';
const camelName = z.string({ error: nameExpected }).regex(/^[a-z][A-Za-z0-9]*$/, nameExpected);
const operationExpected = `Expected some of: ${operations.join(', ')}.`;
const oneOf = (values: readonly string[]) =>
  `Expected ${values.map((each) => `"${each}"`).join(' or ')}.`;
const basePathExpected = 'Expected a path in small letters, such as "/api" or "/api/v1".';

const answers = {
  $schema: z
    .string({ error: 'Expected a text.' })
    .exactOptional()
    .describe('Where editors find this schema.'),
  name: z
    .string({ error: 'Expected the name of an npm package.' })
    .refine(isPackageName, 'Expected the name of an npm package, such as "my-api".')
    .describe('The name of the package.'),
  stack: z.literal('express', oneOf(['express'])).describe('What the backend is made of.'),
  auth: z.literal('none', oneOf(['none'])).describe('How callers prove who they are.'),
  basePath: z
    .string({ error: basePathExpected })
    .regex(/^(\/[a-z0-9][a-z0-9-]*)+$/, basePathExpected)
    .default('/api')
    .describe('What the path of every endpoint starts with.'),
  packageManager: z
    .enum(packageManagers, oneOf(packageManagers))
    .describe('What installs the dependencies.'),
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
};
const singular = camelName
  .exactOptional()
  .describe('The singular, where it is not the one that the plural suggests.');

export const endpointSchema = z
  .strictObject({
    singular,
    fields: z.record(camelName, fieldSchema).describe('The fields by their names in camelCase.'),
    ...options,
  })
  .describe('One endpoint with its table.');

export const manifestSchema = z
  .strictObject({
    ...answers,
    endpoints: z
      .record(camelName, endpointSchema)
      .default({})
      .describe('The endpoints by their plural names in camelCase.'),
  })
  .meta({ title: 'backend.json', description: 'What this backend is. `gen` keeps it up to date.' });

/** One endpoint as it was asked for; its plural is the key under which it stands. */
export type Endpoint = z.infer<typeof endpointSchema>;
/** What the backend is: the content of `backend.json`. */
export type Manifest = z.infer<typeof manifestSchema>;

const map = z.custom<Record<string, unknown>>(isObject, 'Expected an object.');
const outerSchema = z.strictObject({ ...answers, endpoints: map.default({}) });
const shellSchema = z.strictObject({ singular, fields: map, ...options });

type Located = Problem & { path: PropertyKey[] };

/** The manifest in a text; throws one UserError with everything that is wrong, by its path. */
export function parseManifest(text: string, path: string): Manifest {
  const json = readJson(text);
  if ('problems' in json) {
    throw refusal(
      path,
      json.problems.map(({ found, expected }) => ({ found: `${path}: ${found}`, expected })),
    );
  }
  const problems: Located[] = [];
  const outer = outerSchema.safeParse(json.value);
  if (!outer.success)
    problems.push(...schemaProblems(json.value, outer.error, Object.keys(manifestSchema.shape)));
  const raw = isObject(json.value) && isObject(json.value.endpoints) ? json.value.endpoints : {};
  const read = Object.entries(raw).map(([name, value]) => readEndpoint(name, value));
  problems.push(...read.flatMap((each) => each.problems));
  const endpoints = Object.fromEntries(read.flatMap(({ entry }) => (entry ? [entry] : [])));
  const broken = read.flatMap((each) => (each.problems.length > 0 ? (each.entry?.[0] ?? []) : []));
  problems.push(
    ...endpointsProblems(endpoints, Object.keys(raw)).filter(
      // Where fields were refused, their number and the ref to the parent are not known.
      ({ path: [, name = '', ...rest] }) =>
        !broken.includes(name) || (rest[0] === 'fields' && rest.length > 1),
    ),
  );
  if (outer.success && problems.length === 0) return { ...outer.data, endpoints };
  throw refusal(
    path,
    problems.map((problem) => ({
      found:
        problem.path.length > 0
          ? `${path}, ${formatPath(problem.path)}: ${problem.found}`
          : `${path}: ${problem.found}`,
      expected: problem.expected,
    })),
  );
}

function refusal(path: string, problems: Problem[]): UserError {
  return new UserError(problems, `git diff ${path}`);
}

function readEndpoint(
  name: string,
  raw: unknown,
): { entry?: [string, Endpoint]; problems: Located[] } {
  const path = ['endpoints', name];
  const at = (where: string[], problems: Problem[]) =>
    problems.map((each) => ({ ...each, path: [...path, ...where] }));
  const shell = shellSchema.safeParse(raw);
  const problems: Located[] = shell.success
    ? []
    : schemaProblems(raw, shell.error, Object.keys(endpointSchema.shape), path);
  const names = resourceNames(name, shell.data?.singular);
  const refused = nameRefusal(names)?.problem;
  if (camelCase(name) !== name) {
    const found = `\`${name}\` is not a name in camelCase.`;
    problems.push(...at([], [{ found, expected: `Expected \`${names.plural || 'posts'}\`.` }]));
  } else if (refused !== undefined) problems.push(...at([], [refused]));
  const fields: Array<[string, Field]> = [];
  const rawFields = isObject(raw) && isObject(raw.fields) ? raw.fields : {};
  for (const [fieldName, value] of Object.entries(rawFields)) {
    const read = readField(fieldName, value);
    if (read.field !== undefined) fields.push([fieldName, read.field]);
    problems.push(...at(['fields', fieldName], read.problems));
  }
  problems.push(...at(['fields'], fieldsProblems(fields)));
  if (!shell.success) return { problems };
  const { only, singular: given, ...rest } = shell.data;
  const isUsual = given === undefined || given === resourceNames(name).singular;
  const kept = isUsual ? {} : { singular: given };
  return {
    entry: [name, { ...kept, ...rest, fields: Object.fromEntries(fields), ...onlyOf(only) }],
    problems,
  };
}

/** The operations in their order, each once; nothing where all of them were asked for. */
export function onlyOf(only: readonly Operation[] | undefined): { only?: Operation[] } {
  const kept = operations.filter((operation) => only?.includes(operation));
  return kept.length === 0 || kept.length === operations.length ? {} : { only: kept };
}

/** `backend.json` as text: stable, and without what is the default. */
export function formatManifest(manifest: Manifest): string {
  const { $schema, name, stack, auth, basePath, packageManager } = manifest;
  const endpoints = Object.fromEntries(
    Object.entries(manifest.endpoints).map(([plural, endpoint]) => [plural, ordered(endpoint)]),
  );
  const value = { $schema, name, stack, auth, basePath, packageManager, endpoints };
  return `${inlineLists(JSON.stringify(value, null, 2))}\n`;
}

function ordered({ singular, fields, pagination, only, under }: Endpoint): Record<string, unknown> {
  const page = pagination === 'cursor' ? undefined : pagination;
  return { singular, fields, pagination: page, ...onlyOf(only), under };
}

/** Short lists on one line, as formatters and people write them. */
function inlineLists(json: string): string {
  return json.replace(
    /^( *"(?:values|only)": )\[\n([^\]]*)\n *\]/gm,
    (block, key: string, items: string) => {
      const line = `${key}[${items
        .split('\n')
        .map((item) => item.trim())
        .join(' ')}]`;
      return line.length < 100 ? line : block;
    },
  );
}

/** The manifest with one endpoint more, or with that endpoint replaced. */
export function addEndpoint(manifest: Manifest, name: string, endpoint: Endpoint): Manifest {
  return { ...manifest, endpoints: { ...manifest.endpoints, [name]: endpoint } };
}

/** The JSON Schema from which editors complete `backend.json`. */
export function manifestJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(manifestSchema, { io: 'input' }) };
}
