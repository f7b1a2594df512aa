import type * as z from 'zod';
import type { Field } from './field.ts';
import { isObject } from './json.ts';
import type { Schemas } from './type-row.ts';

/** An endpoint as an old version of the API has it. */
export type FrozenEndpoint = {
  fields: Record<string, Field>;
  /** The fields that have another name by now, to that name. */
  from?: Record<string, string>;
};

/** A version of the API that is served beside the newest one. */
export type OldVersion = {
  basePath: string;
  /** The day since when clients should use a newer one. */
  deprecated: string;
  /** The day until when it is served. */
  sunset?: string;
  /** The endpoints that differ from those of the newest version, by their plurals. */
  endpoints?: Record<string, FrozenEndpoint>;
};

/** Old versions by their names, such as `v1`. */
export type OldVersions = Record<string, OldVersion>;

export const oldVersionKeys: readonly string[] = ['basePath', 'deprecated', 'sunset', 'endpoints'];
export const frozenKeys: readonly string[] = ['fields', 'from'];

const day = 'Expected a day, such as "2027-05-28".';
const name = 'Expected the name of a field.';

/** The old versions of an API, with fields that are checked by their own rules. */
export const oldVersionsSchema = (
  z: Schemas,
  basePath: z.ZodType<string>,
  fields: z.ZodType = z.custom(isObject, 'Expected an object.'),
) => {
  // The fields are read one by one afterwards.
  const versions: z.ZodType<OldVersions> = z.any();
  const frozen = z.strictObject({
    fields: fields.describe('The fields as they were.'),
    from: z
      .record(z.string(), z.string({ error: name }))
      .exactOptional()
      .describe('The fields that have another name by now, to that name.'),
  });
  const record: z.ZodType = z.record(
    z.string(),
    z.strictObject({
      basePath: basePath.describe('What the path of every endpoint starts with.'),
      deprecated: z.iso
        .date({ error: day })
        .describe('The day since when clients should use a newer version.'),
      sunset: z.iso
        .date({ error: day })
        .exactOptional()
        .describe('The day until when it is served.'),
      endpoints: z
        .record(z.string(), frozen)
        .exactOptional()
        .describe('The endpoints that differ from those of the newest version.'),
    }),
  );
  return record
    .pipe(versions)
    .exactOptional()
    .describe('Old versions of the API beside the newest one, by their names, such as `v1`.');
};
