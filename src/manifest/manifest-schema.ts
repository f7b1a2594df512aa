import * as z from 'zod';
import { BUILT_IN } from './built-in.ts';
import { settingNames, settingRow } from './endpoint-settings.ts';
import type { Field } from './field.ts';
import { fieldSchema } from './field-schema.ts';
import { isObject } from './json.ts';
import { once } from './once.ts';
import type { ProjectSetting, ProjectSettings, StackRules } from './project-table.ts';
import { projectSettings } from './project-table.ts';
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

/** The schemas of an endpoint, of an endpoint with unchecked fields, and of its settings alone. */
export const endpointSchemas = once(() => {
  const settings = Object.fromEntries(settingNames.map((name) => [name, settingSchema(name)]));
  const singular = camelName(z).exactOptional().describe('The singular, if it is irregular.');
  const builtIn = z.literal(BUILT_IN).describe('A field of `users` that comes with the accounts.');
  const fields = z
    .record(camelName(z), z.union([fieldSchema(), builtIn]))
    .describe('The fields by their names in camelCase.');
  // The types are derived from the same rows.
  const endpoint: z.ZodType<Endpoint, Named<Field>> = z.any();
  const shell: z.ZodType<Shell, Named<unknown>> = z.any();
  const alone: z.ZodType<EndpointSettings, Record<string, unknown>> = z.any();
  return {
    endpointSchema: z
      .strictObject({ singular, fields, ...settings })
      .describe('One endpoint with its table.')
      .pipe(endpoint),
    shellSchema: z.strictObject({ singular, fields: map, ...settings }).pipe(shell),
    settingsSchema: z.strictObject(settings).pipe(alone),
  };
});

function settingSchema(name: SettingName): z.ZodType {
  const { schema, usual } = settingRow(name);
  return usual === undefined ? schema(z).exactOptional() : schema(z).default(usual);
}

/** The definition of the backend: the content of `backend.json`. */
export type Manifest = ProjectSettings & { endpoints: Record<string, Endpoint> };

type Schemas = ReturnType<typeof makeSchemas>;
const made = new WeakMap<StackRules, Map<string, Schemas>>();

/**
 * The schema of `backend.json`, and the same with unchecked endpoints. A command needs them several
 * times.
 */
export function manifestSchemas(known: KnownStacks, rules: StackRules): Schemas {
  const ofRules = made.get(rules) ?? new Map<string, Schemas>();
  made.set(rules, ofRules);
  const names = Object.keys(known).join();
  const schemas = ofRules.get(names) ?? makeSchemas(known, rules);
  ofRules.set(names, schemas);
  return schemas;
}

function makeSchemas(known: KnownStacks, rules: StackRules) {
  const rows: [string, ProjectSetting][] = Object.entries(projectSettings);
  const settings = Object.fromEntries(
    rows.map(([name, { schema }]) => [name, schema(z, known, rules)]),
  );
  // The types are derived from the same rows.
  const manifest: z.ZodType<Manifest, { endpoints: Record<string, Endpoint> }> = z.any();
  const outer: z.ZodType<ProjectSettings, { endpoints: Record<string, unknown> }> = z.any();
  const manifestSchema = z
    .strictObject({
      ...settings,
      endpoints: z
        .record(camelName(z), endpointSchemas().endpointSchema)
        .default({})
        .describe('The endpoints by their plural names in camelCase.'),
    })
    .meta({
      title: 'backend.json',
      description: 'The definition of this backend. The `gen` commands update it.',
    })
    .pipe(manifest);
  const outerSchema = z.strictObject({ ...settings, endpoints: map.default({}) }).pipe(outer);
  return { manifestSchema, outerSchema };
}
