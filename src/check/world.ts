import { type Action, wordsOf } from '../manifest/access.ts';
import { sampleOf } from '../stacks/endpoint/values.ts';
import type { Resource, ResourceField } from '../stacks/resource.ts';
import type { Callers } from './callers.ts';
import type { Cleanup } from './cleanup.ts';
import { type Caller, type Client, stranger } from './client.ts';
import { expectStatus, type Row, rowOf, rowsOf } from './expect.ts';
import { Unproved } from './promise.ts';

export type Values = Record<string, unknown>;

/** What checks of any endpoint need: rows to try them on, and somebody who may. */
export type World = ReturnType<typeof createWorld>;

/** Numbers that no earlier run has used, most likely, so that unique values do not clash. */
const firstCount = () => Math.floor(Math.random() * 1_000_000_000);

/** `resources`: all endpoints by their plural names. */
export function createWorld(
  resources: ReadonlyMap<string, Resource>,
  client: Client,
  callers: Callers,
  cleanup: Cleanup,
) {
  let count = firstCount();
  const next = () => {
    count += 1;
    return count;
  };

  /** Somebody who may do all of this; throws Unproved where nobody is at hand. */
  function whoMay({ access }: Resource, ...actions: Action[]): Caller {
    if (access === undefined) return stranger;
    if (callers.admin) return callers.admin;
    const able = [...callers.others, stranger].find((caller) =>
      actions.every((action) => mayEnter(access[action], caller)),
    );
    if (able) return able;
    throw new Unproved(callers.missing ?? `nobody at hand may ${actions.join(' and ')}`);
  }

  /** A row of an endpoint that the caller may refer to. */
  async function parentId(plural: string, as: Caller): Promise<string> {
    const resource = resources.get(plural);
    if (resource === undefined) throw new Error(`backend.json has no endpoint ${plural}`);
    if (resource.isAccounts) {
      if (as.id !== undefined) return as.id;
      throw new Unproved('a reference to a user needs somebody who is signed in');
    }
    if (resource.operations.has('create')) {
      const isAble = resource.access === undefined || mayEnter(resource.access.create, as);
      return (await create(resource, isAble ? as : whoMay(resource, 'create'))).id;
    }
    if (!resource.operations.has('list')) {
      throw new Unproved(`no row of ${plural} can be made or found to refer to`);
    }
    const [found] = rowsOf(await client.send('GET', `/${resource.names.path}`, { as }));
    if (found) return found.id;
    throw new Unproved(`there is no row of ${plural} to refer to`);
  }

  /** Valid values for all fields that a body may have, but for references that may be missing. */
  async function bodyOf(resource: Resource, as: Caller): Promise<Values> {
    const body: Values = {};
    for (const field of writable(resource)) {
      if (field.parent === undefined) body[field.name] = sampleOf(field, next());
      else if (!field.optional) body[field.name] = await parentId(field.parent.names.plural, as);
    }
    return body;
  }

  /** Makes a row, which has to work. */
  async function create(resource: Resource, as: Caller, values: Values = {}): Promise<Row> {
    const { path } = resource.names;
    const data = { ...(await bodyOf(resource, as)), ...values };
    const answer = await client.send('POST', `/${path}`, { as, data });
    return remember(resource, as, rowOf(expectStatus(answer, 201)));
  }

  /** The row goes when all is done. */
  function remember({ names, operations }: Resource, as: Caller, row: Row): Row {
    const path = `/${names.path}/${row.id}`;
    const remove = async () =>
      (await client.send('DELETE', path, { as: callers.admin ?? as })).status;
    cleanup.add(path, operations.has('delete') ? remove : async () => 405);
    return row;
  }

  return { client, callers, next, whoMay, bodyOf, create, remember, parentId, cleanup };
}

function mayEnter(who: { level: string; kind: string; enters: readonly string[] }, caller: Caller) {
  if (wordsOf(who.level).includes('public')) return true;
  return caller.role !== undefined && who.enters.includes(caller.role);
}

/** The fields that a body may have. */
export const writable = ({ fields }: Resource): ResourceField[] =>
  fields.filter(({ readonly }) => !readonly);

/** The fields that answers have. */
export const answered = ({ fields }: Resource): ResourceField[] =>
  fields.filter((field) => !field.private);
