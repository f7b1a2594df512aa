import { fieldJsonName } from '../../manifest/field.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { EndpointRename } from '../../manifest/renames.ts';
import { describeResource, type Resource, type ResourceField } from '../resource.ts';
import type { TableChange } from '../stack.ts';
import { type Alteration, alterTable } from './alter.ts';
import { compareFields, type KeptField } from './changes.ts';
import { creationStatements, indexesSince, withoutRepeats } from './indexes.ts';
import { renameTable } from './rename.ts';
import { alterRoles } from './roles.ts';
import { quoteName } from './sql.ts';

/** SQL that takes a database there and back. */
export type Ways = { up: string[]; down: string[] };

/** The same as a migration; `name` is that of the file, behind its time. */
export type SqlMigration = Ways & { name: string };

/** The statements between the two states of the table, and what they may do to rows. */
export function alterationOf(change: TableChange): Alteration {
  const { before, after, renames } = describeChange(change);
  return alterTable(before, after, renames);
}

/** The migration between the two states, undefined where the database stays as it is. */
export function alteration(change: TableChange): SqlMigration | undefined {
  const { before, after, renames } = describeChange(change);
  const { up, down } = alterTable(before, after, renames);
  if (up.length === 0) return undefined;
  const name = alterationName(before, after, renames);
  return { name, up: up, down: down };
}

/** The migration that makes a table. */
export function creation(manifest: Manifest, plural: string): SqlMigration {
  const resource = describeResource(manifest, plural);
  const { table } = resource.names;
  const down = [`drop table ${quoteName(table)}`];
  return { name: `create_${table}`, up: creationStatements(resource), down };
}

/** The migration between the roles of two manifests; undefined where they are the same. */
export function rolesMigration(before: Manifest, after: Manifest): SqlMigration | undefined {
  const { up, down } = alterRoles(before, after);
  return up.length === 0 ? undefined : { name: 'change_roles', up, down };
}

/** The migration that drops a table. */
export function removal(manifest: Manifest, plural: string): SqlMigration {
  const resource = describeResource(manifest, plural);
  const { table } = resource.names;
  return {
    name: `drop_${table}`,
    up: [`drop table ${quoteName(table)}`],
    down: creationStatements(resource),
  };
}

/** The migration that takes back what others did, the last of them first. */
export function reversal(name: string, migrations: readonly Ways[]): SqlMigration {
  return {
    name,
    up: migrations.toReversed().flatMap(({ down }) => down),
    down: migrations.flatMap(({ up }) => up),
  };
}

/** The migration that brings the tables of an earlier version up to date, where they lack something. */
export function upgrade(manifest: Manifest, version: string): SqlMigration | undefined {
  const missing = Object.keys(manifest.endpoints).map((plural) =>
    indexesSince(version, describeResource(manifest, plural)),
  );
  const up = withoutRepeats(missing.flatMap((each) => each.up));
  const down = missing.flatMap((each) => each.down);
  if (up.length === 0) return undefined;
  return { name: 'add_indexes', up: up, down: down };
}

/** The migration that gives a table another name, undefined where it has that already. */
export function renaming(
  manifestBefore: Manifest,
  manifestAfter: Manifest,
  { from, to }: EndpointRename,
): SqlMigration | undefined {
  const before = describeResource(manifestBefore, from);
  const after = describeResource(manifestAfter, to);
  const up = renameTable(before, after);
  if (up.length === 0) return undefined;
  return {
    name: `rename_${before.names.table}_to_${after.names.table}`,
    up: up,
    down: renameTable(after, before),
  };
}

/** What comes with the accounts stays as it is; of their roles other migrations take care. */
const withoutBuiltIns = (resource: Resource): Resource => ({
  ...resource,
  fields: resource.fields.filter(({ isBuiltIn }) => !isBuiltIn),
});

/** Renames as the fields are called in JSON; a reference has another name there than its key. */
function describeChange({ before, after, plural, renames }: TableChange) {
  const fieldsAfter = after.endpoints[plural]?.fields ?? {};
  const entries = Object.entries(before.endpoints[plural]?.fields ?? {});
  const taken = new Set(renames.values());
  return {
    before: withoutBuiltIns(describeResource(before, plural)),
    after: withoutBuiltIns(describeResource(after, plural)),
    renames: new Map(
      entries.flatMap(([key, field]): [string, string][] => {
        const keyAfter = renames.get(key) ?? (taken.has(key) ? undefined : key);
        const fieldAfter = keyAfter === undefined ? undefined : fieldsAfter[keyAfter];
        if (keyAfter === undefined || fieldAfter === undefined) return [];
        const [from, to] = [fieldJsonName(key, field), fieldJsonName(keyAfter, fieldAfter)];
        return from === to ? [] : [[from, to]];
      }),
    ),
  };
}

/** File systems and people have their limits; `20260131120000_` comes before it. */
const longestName = 60;

/** Says what happens: `add_summary_and_slug_to_posts`, `change_posts` where that would be too much. */
function alterationName(
  before: Resource,
  after: Resource,
  renames: ReadonlyMap<string, string>,
): string {
  const { table, removed, kept, added } = compareFields(before, after, renames);
  const isMadeAnew = ({ name }: ResourceField) => removed.some((field) => field.name === name);
  const changed = [
    ...kept.filter((field) => isChanged(after, field)).map((field) => field.after),
    ...added.filter(isMadeAnew),
  ];
  const renamed = kept.filter(
    (field) => field.before.column !== field.after.column && !changed.includes(field.after),
  );
  const isChangedName = ({ name }: ResourceField) => changed.some((field) => field.name === name);
  const names = [
    ...nameOf('add', without(added, isChangedName), 'to', table),
    ...renamed.map((field) => `rename_${field.before.column}_to_${field.after.column}_in_${table}`),
    ...nameOf('change', changed, 'of', table),
    ...nameOf('remove', without(removed, isChangedName), 'from', table),
  ];
  const [name = ''] = names;
  return names.length > 1 || name.length > longestName ? `change_${table}` : name;
}

/** Whether anything but the name changes. */
function isChanged(resource: Resource, { before, after }: KeptField): boolean {
  const { name, column } = after;
  const was = { ...resource, fields: [{ ...before, name, column }] };
  return alterTable(was, { ...resource, fields: [after] }, new Map()).up.length > 0;
}

function nameOf(does: string, fields: ResourceField[], where: string, table: string): string[] {
  const columns = fields.map(({ column }) => column).join('_and_');
  return columns === '' ? [] : [`${does}_${columns}_${where}_${table}`];
}

const without = (fields: ResourceField[], isLeftOut: (field: ResourceField) => boolean) =>
  fields.filter((field) => !isLeftOut(field));
