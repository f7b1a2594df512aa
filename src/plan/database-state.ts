import { isDeepStrictEqual } from 'node:util';
import { withAccounts } from '../manifest/accounts.ts';
import type { Field } from '../manifest/field.ts';
import { fieldColumn } from '../manifest/field.ts';
import type { Side } from '../manifest/lock.ts';
import type { Endpoint, Manifest } from '../manifest/manifest.ts';
import { resourceNames } from '../manifest/names.ts';
import { knownRoles } from '../manifest/roles.ts';
import type { Stack, TablesOf } from '../stacks/stack.ts';
import type { ProjectFiles } from './project-files.ts';

export type DatabaseRequest = {
  sides: readonly [Side, ...Side[]];
  after: Manifest;
  /** The endpoints whose tables the plan is about. */
  plurals: readonly string[];
  /** The existing migrations, from `readMigrations`. */
  there: readonly Migration[];
  stack: Stack;
};

export type Migration = { name: string; text: string; tables: TablesOf };

/**
 * The state of the database after all existing migrations have run, as a manifest: the combined sides,
 * and the wanted changes that migrations of no side make already.
 */
export function databaseOf({ sides, after, plurals, there, stack }: DatabaseRequest): Manifest {
  const [{ manifest: before }] = sides;
  const endpoints: Manifest['endpoints'] = { ...before.endpoints };
  for (const plural of plurals) {
    const { table } = resourceNames(plural);
    const mine = there.filter(({ tables }) => tables.named.has(table));
    const known = sides.flatMap(({ lineage }) => lineage[plural] ?? []);
    const isRecorded = sides.every(
      ({ manifest, lineage }) => !(plural in manifest.endpoints) || plural in lineage,
    );
    const unknown = isRecorded ? mine.filter(({ name }) => !known.includes(name)) : [];
    const last = unknown.findLast(
      ({ tables }) => tables.created.has(table) || tables.dropped.has(table),
    );
    const around = { ...before.endpoints, ...endpoints, ...after.endpoints };
    const goal = { stack, manifest: { ...after, endpoints: around }, plural };
    const wanted = after.endpoints[plural];
    let state = stateOfSides(sides, plural, { table, mine, stack });
    if (last?.tables.dropped.has(table)) state = undefined;
    if (last?.tables.created.has(table)) state ??= wanted && startOf(goal, wanted, last);
    const done = new Set(unknown.flatMap(({ text }) => stack.statementsOf(text)));
    if (state && wanted && done.size > 0) state = advance(goal, state, wanted, done);
    if (state === undefined) delete endpoints[plural];
    else endpoints[plural] = state;
  }
  const { roles: _, ...rest } = before;
  const { roles } = rolesBefore(sides, after);
  return withAccounts({ ...rest, ...(roles && { roles }), endpoints });
}

/**
 * Where branches differ in their roles, which of their migrations runs last says nothing of what is to
 * be: the side that differs from it makes one more.
 */
function rolesBefore([first, ...others]: DatabaseRequest['sides'], after: Manifest): Manifest {
  const isOther = ({ manifest }: Side) =>
    !isDeepStrictEqual(knownRoles(manifest.roles), knownRoles(after.roles));
  return ([first, ...others].find(isOther) ?? first).manifest;
}

/** The existing migrations; with a single side, only those that it does not list as its own. */
export function readMigrations({
  sides,
  stack,
  files,
}: {
  sides: readonly Side[];
  stack: Stack;
  files: ProjectFiles;
}): Migration[] {
  const known = new Set(sides.flatMap(({ lineage }) => Object.values(lineage).flat()));
  return files
    .list(stack.migrations)
    .filter((file) => stack.isMigration(file))
    .filter((file) => sides.length > 1 || !known.has(nameOf(file)))
    .map((file) => {
      const text = files.read(`${stack.migrations}/${file}`) ?? '';
      return { name: nameOf(file), text, tables: stack.tablesOf(text) };
    });
}

/** The name of a migration, from its file. */
export const nameOf = (file: string) => file.replace(/^.*\//, '').replace(/\.[^.]*$/, '');

type Table = { table: string; mine: readonly Migration[]; stack: Stack };

/** An endpoint as the migrations of all sides leave it: for each field the last of them decides. */
function stateOfSides(
  sides: readonly Side[],
  plural: string,
  { table, mine, stack }: Table,
): Endpoint | undefined {
  const having = sides.filter(({ manifest }) => Object.hasOwn(manifest.endpoints, plural));
  const [first, ...others] = having.map(({ manifest, lineage }) => ({
    endpoint: manifest.endpoints[plural],
    names: lineage[plural] ?? [],
  }));
  return others.reduce((one, other) => {
    const onlyOf = (names: readonly string[], notOf: readonly string[]) =>
      mine.filter(({ name }) => names.includes(name) && !notOf.includes(name));
    const [ours, theirs] = [onlyOf(one.names, other.names), onlyOf(other.names, one.names)];
    const lastOf = (migrations: readonly Migration[], columns: readonly string[]) =>
      migrations.findLast(({ text }) =>
        columns.some((column) => stack.touchesColumn(text, table, column)),
      )?.name ?? '';
    const isLast = (columns: readonly string[]): Last => {
      const [own, their] = [lastOf(ours, columns), lastOf(theirs, columns)];
      if (own === their) return 'neither';
      return own > their ? 'yours' : 'theirs';
    };
    if (one.endpoint === undefined || other.endpoint === undefined) return one;
    const endpoint = together(one.endpoint, other.endpoint, isLast);
    return { endpoint, names: [...one.names, ...other.names] };
  }, first ?? { endpoint: undefined, names: [] }).endpoint;
}

/** Which side has the last migration of some columns. */
type Last = 'yours' | 'theirs' | 'neither';

function together(
  yours: Endpoint,
  theirs: Endpoint,
  isLast: (columns: readonly string[]) => Last,
): Endpoint {
  const names = new Set([...Object.keys(yours.fields), ...Object.keys(theirs.fields)]);
  const fields = [...names].flatMap((name): [string, Field][] => {
    const [one, other] = [yours.fields[name], theirs.fields[name]];
    if (isDeepStrictEqual(one, other)) return one === undefined ? [] : [[name, one]];
    const columns = [one, other].flatMap((field) => (field ? [fieldColumn(name, field)] : []));
    const last = isLast(columns);
    // A column that one side has, but no existing migration adds, does not exist.
    const field = last === 'theirs' || (last === 'neither' && one && !other) ? other : one;
    return field === undefined ? [] : [[name, field]];
  });
  const { access } = isLast(['owner_id']) === 'theirs' ? theirs : yours;
  const { access: _, ...rest } = yours;
  return { ...rest, ...(access && { access }), fields: Object.fromEntries(fields) };
}

type Goal = { stack: Stack; manifest: Manifest; plural: string };

const none = new Map<string, string>();

/** The endpoint as a migration of another branch creates its table, if that has these fields. */
function startOf(
  { stack, manifest, plural }: Goal,
  wanted: Endpoint,
  { text }: Migration,
): Endpoint | undefined {
  const { table } = resourceNames(plural);
  const fields = Object.entries(wanted.fields).filter(([name, field]) =>
    stack.touchesColumn(text, table, fieldColumn(name, field)),
  );
  const start = { ...wanted, fields: Object.fromEntries(fields) };
  if (fields.length === 0) return undefined;
  const drawn = stack.renderCreation(withEndpoint(manifest, plural, start), plural, '');
  const isSame = isDeepStrictEqual(stack.statementsOf(drawn.content), stack.statementsOf(text));
  return isSame ? start : undefined;
}

/** The endpoint after every step towards the wanted one whose statements exist already. */
function advance(goal: Goal, from: Endpoint, wanted: Endpoint, done: ReadonlySet<string>) {
  const { stack, manifest, plural } = goal;
  const isDone = (before: Endpoint, after: Endpoint, renames: ReadonlyMap<string, string>) => {
    const drawn = stack.renderAlteration({
      before: withEndpoint(manifest, plural, before),
      after: withEndpoint(manifest, plural, after),
      plural,
      renames,
      timestamp: '',
    });
    return drawn === undefined || stack.statementsOf(drawn.content).every((each) => done.has(each));
  };
  let state = from;
  const tryStep = (fields: Endpoint['fields'], renames: ReadonlyMap<string, string> = none) => {
    const next = { ...state, fields };
    if (!isDone(state, next, renames)) return;
    state = next;
  };
  const isMissing = (name: string) => !Object.hasOwn(state.fields, name);
  for (const [name, field] of Object.entries(from.fields)) {
    if (Object.hasOwn(wanted.fields, name)) continue;
    for (const [other, renamed] of Object.entries(wanted.fields)) {
      if (!isMissing(other) || isMissing(name) || renamed.type !== field.type) continue;
      const { [name]: _gone, ...rest } = state.fields;
      tryStep({ ...rest, [other]: field }, new Map([[name, other]]));
    }
  }
  for (const [name, field] of Object.entries(wanted.fields)) {
    if (!isDeepStrictEqual(state.fields[name], field)) tryStep({ ...state.fields, [name]: field });
  }
  for (const name of Object.keys(from.fields)) {
    if (Object.hasOwn(wanted.fields, name) || isMissing(name)) continue;
    const { [name]: _gone, ...rest } = state.fields;
    tryStep(rest);
  }
  return state;
}

const withEndpoint = (manifest: Manifest, plural: string, endpoint: Endpoint): Manifest => ({
  ...manifest,
  endpoints: { ...manifest.endpoints, [plural]: endpoint },
});
