import * as z from 'zod';
import { BUILT_IN } from './built-in.ts';
import { settingNames, settingRow } from './endpoint-settings.ts';
import type { Field } from './field.ts';
import { fieldSchema } from './field-schema.ts';
import { isObject } from './json.ts';
import { oldVersionsSchema } from './old-version-schema.ts';
import { once } from './once.ts';
import type { ProjectSetting, ProjectSettings, StackRules } from './project-table.ts';
import { basePathSchema, projectSettings } from './project-table.ts';
import type { KnownStacks } from './rules.ts';
import type { EndpointSettings, SettingName } from './setting-table.ts';
import { camelName } from './setting-table.ts';

const map = z.custom<Record<string, unknown>>(isObject, 'Expected an object.');

/** The keys of an endpoint, in the order in which they are written. */
export const endpointKeys: readonly string[] = ['singular', 'fields', ...settingNames];

/** One endpoint of the manifest; its plural is its key. */
export type Endpoint = EndpointSettings & Named<Field>;

type Named<Value> = { singular?: string; fields: Record<string, Value> };
type Shell = EndpointSettings & Named<unknown>;

const settingSchemas = once(() =>
  Object.fromEntries(settingNames.map((name) => [name, settingSchema(name)])),
);

const singularSchema = () =>
  camelName(z).exactOptional().describe('The singular, if it is irregular.');

/** The settings of an endpoint alone. The types of this and the next two come from the same rows. */
export const settingsSchema = once(() => {
  const alone: z.ZodType<EndpointSettings, Record<string, unknown>> = z.any();
  return z.strictObject(settingSchemas()).pipe(alone);
});

/** An endpoint with unchecked fields. */
export const shellSchema = once(() => {
  const shell: z.ZodType<Shell, Named<unknown>> = z.any();
  const singular = singularSchema();
  return z.strictObject({ singular, fields: map, ...settingSchemas() }).pipe(shell);
});

function endpointSchema() {
  const builtIn = z.literal(BUILT_IN).describe('A field of `users` that comes with the accounts.');
  const fields = z
    .record(camelName(z), z.union([fieldSchema(), builtIn]))
    .describe('The fields by their names in camelCase.');
  const endpoint: z.ZodType<Endpoint, Named<Field>> = z.any();
  return z
    .strictObject({ singular: singularSchema(), fields, ...settingSchemas() })
    .describe('One endpoint with its table.')
    .pipe(endpoint);
}

function settingSchema(name: SettingName): z.ZodType {
  const { schema, usual } = settingRow(name);
  return usual === undefined ? schema(z).exactOptional() : schema(z).default(usual);
}

/** The definition of the backend: the content of `backend.json`. */
export type Manifest = ProjectSettings & { endpoints: Record<string, Endpoint> };

type OuterSchema = ReturnType<typeof makeOuterSchema>;
const made = new WeakMap<StackRules, Map<string, OuterSchema>>();

/** The schema of `backend.json` with unchecked endpoints. A command needs it several times. */
export function outerSchema(known: KnownStacks, rules: StackRules): OuterSchema {
  const ofRules = made.get(rules) ?? new Map<string, OuterSchema>();
  made.set(rules, ofRules);
  const names = Object.keys(known).join();
  const schema = ofRules.get(names) ?? makeOuterSchema(known, rules);
  ofRules.set(names, schema);
  return schema;
}

function makeOuterSchema(known: KnownStacks, rules: StackRules) {
  // The type is derived from the same rows.
  const outer: z.ZodType<ProjectSettings, { endpoints: Record<string, unknown> }> = z.any();
  const settings = projectSchemas(known, rules);
  return z.strictObject({ ...settings, endpoints: map.default({}) }).pipe(outer);
}

/** The schema of the whole of `backend.json`, for editors: commands read its parts one by one. */
export function manifestSchema(known: KnownStacks, rules: StackRules) {
  // The type is derived from the same rows.
  const manifest: z.ZodType<Manifest, { endpoints: Record<string, Endpoint> }> = z.any();
  return z
    .strictObject({
      ...projectSchemas(known, rules),
      versions: oldVersionsSchema(
        z,
        basePathSchema(z, rules),
        z.record(camelName(z), fieldSchema()),
      ),
      endpoints: z
        .record(camelName(z), endpointSchema())
        .default({})
        .describe('The endpoints by their plural names in camelCase.'),
    })
    .meta({
      title: 'backend.json',
      description: 'The definition of this backend. The `gen` commands update it.',
    })
    .pipe(manifest);
}

function projectSchemas(known: KnownStacks, rules: StackRules) {
  const rows: [string, ProjectSetting][] = Object.entries(projectSettings);
  return Object.fromEntries(rows.map(([name, { schema }]) => [name, schema(z, known, rules)]));
}
