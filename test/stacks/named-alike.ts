import type { Field } from '../../src/manifest/field.ts';
import { fieldsProblems } from '../../src/manifest/field-collisions.ts';
import { fieldProblems } from '../../src/manifest/field-rules.ts';
import { fieldSchema } from '../../src/manifest/field-schema.ts';
import type { Endpoint } from '../../src/manifest/manifest.ts';
import { isModifier } from '../../src/manifest/modifier-table.ts';
import { resourceNames } from '../../src/manifest/names.ts';
import { type FieldType, fieldTypes, typeRow } from '../../src/manifest/type-table.ts';
import { stacks } from '../../src/stacks/stacks.ts';

const { rules } = stacks.express;

/** What a field may be beside its type; each type takes what fits it. */
const variants: Record<string, (type: FieldType) => object> = {
  Plain: () => ({}),
  Lists: () => ({ list: true, filter: true }),
  Asked: () => ({ optional: true, filter: true, sort: true, search: true, max: 9 }),
  Hidden: (type) => ({ private: true, default: typeRow(type).example }),
};

/** One field of each type in each of its variants, by the name that an endpoint of such fields has. */
export const fieldKinds: Record<string, Field> = Object.fromEntries(
  fieldTypes.flatMap((type) => {
    const base = {
      type,
      ...(type === 'enum' && { values: ['draft', 'published'] }),
      ...(type === 'ref' && { to: 'others' }),
    };
    const kinds = Object.entries(variants).flatMap(([name, make]) => {
      const field = fitting(type, { ...base, ...make(type) });
      return field === undefined ? [] : [[`${type}${name}`, field] as const];
    });
    const texts = kinds.map(([, field]) => JSON.stringify(field));
    return kinds.filter((_, at) => texts.indexOf(texts[at] ?? '') === at);
  }),
);

/** The field without what its type does not take; undefined if it could not be so. */
function fitting(type: FieldType, wanted: Record<string, unknown>): Field | undefined {
  const { takes } = typeRow(type);
  const taken = Object.entries(wanted).filter(([key]) => !isModifier(key) || takes.includes(key));
  const parsed = fieldSchema().safeParse(Object.fromEntries(taken));
  if (!parsed.success) return undefined;
  return fieldProblems('title', parsed.data, rules).length === 0 ? parsed.data : undefined;
}

/** How many fields one endpoint gets: a table has its limits, and so has the type-checker. */
const most = 150;

/** Endpoints that have a field of one kind for each of the names that it may have. */
export function endpointsOf(
  kind: string,
  field: Field,
  names: readonly string[],
  pagination: Endpoint['pagination'],
): Record<string, Endpoint> {
  const groups: [string, Field][][] = [];
  const allowed = names.filter(
    (name) =>
      fieldProblems(name, field, rules).length + fieldsProblems([[name, field]]).length === 0,
  );
  for (const name of allowed) {
    const fits = groups.find(
      (group) => group.length < most && fieldsProblems([...group, [name, field]]).length === 0,
    );
    if (fits) fits.push([name, field]);
    else groups.push([[name, field]]);
  }
  return Object.fromEntries(
    groups.map((group, at) => [
      resourceNames(`${kind}${pagination}${at}s`).plural,
      { fields: Object.fromEntries(group), pagination },
    ]),
  );
}
