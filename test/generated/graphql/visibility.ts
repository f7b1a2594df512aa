import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from './ask.ts';
import { documentOf, pathsFrom, type Step, stepsFrom, valuesOf } from './paths.ts';
import { type Everything, pathOf, type Row, type Shown, shownTo } from './shown.ts';
import type { Caller, World } from './world.ts';

const names = ['a stranger', 'one', 'other', 'moderator', 'admin'];
const refusals = ['UNAUTHENTICATED', 'FORBIDDEN'];

type Page = {
  edges: { node: Row; cursor?: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
  totalCount?: number;
};

/** Everybody goes every way through the graph, and finds what REST shows them and nothing else. */
export function showsWhatRestShows(project: () => string, world: () => World, steps: number): void {
  let schema: GraphQLSchema;
  /** The rows that there are: administrators read everything. */
  let all: Map<string, Row[]>;
  const shown = new Map<string, Everything>();

  const shownOf = (who: Everything, type: string): Shown => {
    const found = who.get(type);
    if (!found) throw new Error(`nothing is known of ${type}`);
    return found;
  };
  const callerOf = (name: string): Caller => {
    const found = world().callers.find((caller) => caller.name === name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };

  beforeAll(async () => {
    schema = buildSchema(await readFile(join(project(), 'schema.graphql'), 'utf8'));
    const types = new Set(stepsFrom(schema, 'Query').map(({ type }) => type));
    const admin = callerOf('admin');
    const ids = new Map<string, string[]>();
    for (const type of types) {
      ids.set(type, await world().rest.idsOf(pathOf(type), world().tokenOf('admin')));
    }
    for (const name of names) shown.set(name, await shownTo(world(), callerOf(name), ids));
    const everything = shown.get(admin.name) ?? new Map();
    all = new Map([...types].map((type) => [type, [...shownOf(everything, type).rows.values()]]));
    for (const [type, rows] of all) expect([type, rows.length]).toEqual([type, 4]);
  });

  describe.each(names)('%s', (name) => {
    const who = () => {
      const found = shown.get(name);
      if (!found) throw new Error(`nothing was shown to ${name}`);
      return found;
    };

    it('finds on every path what REST shows', async () => {
      const paths = pathsFrom(schema, 'Query', steps);
      expect(paths.length).toBeGreaterThan(10 ** (steps - 1));
      for (const path of paths) {
        const query = `{ ${documentOf(schema, path)} }`;
        const answer = await world().ask(query, {}, callerOf(name).token);
        const place = path.map(({ field }) => field).join('.');
        expectRefusals(place, path, answer);
        const isWhole = answer.errors.length === 0;
        if (answer.data) follow(place, path, { id: '', ...answer.data }, isWhole);
      }
    });

    it('finds by its id every row that REST shows, and no other', async () => {
      for (const [type, rows] of all) {
        const field = type.toLowerCase();
        const values = valuesOf(schema, type).map((value) => value.name);
        const query = `query ($id: ID!) { row: ${field}(id: $id) { ${values.join(' ')} } }`;
        for (const { id } of rows) {
          const { data } = await world().ask(query, { id }, callerOf(name).token);
          const row = data?.row as Row | null | undefined;
          const rest = shownOf(who(), type).rows.get(id);
          expect([type, id, row?.id]).toEqual([type, id, rest?.id]);
          if (row) expectSame(type, row);
        }
      }
    });

    it('learns from sizes, counts and cursors of others nothing more', async () => {
      for (const { field, type, counts } of stepsFrom(schema, 'Query')) {
        const { listed } = shownOf(who(), type);
        if (listed === undefined || field === 'me') continue;
        const total = counts ? 'totalCount' : '';
        const query = `query ($after: String) {
          page: ${field}(first: 1, after: $after) {
            edges { node { id } cursor } pageInfo { hasNextPage } ${total}
          }
        }`;
        const { data } = await world().ask(query, {}, callerOf(name).token);
        const page = data?.page as Page;
        expect([field, page.pageInfo.hasNextPage]).toEqual([field, listed.length > 1]);
        if (counts) expect([field, page.totalCount]).toEqual([field, listed.length]);

        const theirs = await world().ask(query, {}, world().tokenOf('admin'));
        const [edge] = (theirs.data?.page as Page | undefined)?.edges ?? [];
        const after = edge?.cursor;
        const behind = await world().ask(query, { after }, callerOf(name).token);
        for (const { node } of (behind.data?.page as Page | undefined)?.edges ?? []) {
          expect([field, listed.includes(node.id)]).toEqual([field, true]);
        }
      }
    });

    /** There are errors just where REST refuses a list, and they say nothing else. */
    function expectRefusals(place: string, path: Step[], { errors }: Answer): void {
      const codes = new Set(errors.map(({ extensions }) => extensions.code));
      const isRefused = ({ field, type, isList }: Step) =>
        isList ? shownOf(who(), type).listed === undefined : field === 'me' && name === names[0];
      const [first] = path;
      if (first && isRefused(first)) expect([place, codes.size]).toEqual([place, 1]);
      const allowed = path.some(isRefused) ? refusals : [];
      expect([place, [...codes].filter((code) => !allowed.includes(code))]).toEqual([place, []]);
    }

    /** Compares what a row leads to with what REST shows; errors may have left out a part. */
    function follow(place: string, path: readonly Step[], from: Row, isWhole: boolean): void {
      const [step, ...rest] = path;
      if (!step) return;
      const found = from[step.field];
      const rows = step.isList
        ? (found as Page | null)?.edges.map(({ node }) => node)
        : [found as Row | null].filter((row) => row !== null);
      if (isWhole && step.isList) expectPage(place, step, from, found as Page);
      if (isWhole && !step.isList && step.field !== 'me') {
        const id = String(from[step.key]);
        const rest = shownOf(who(), step.type).rows.get(id);
        expect([place, id, rows?.[0]?.id]).toEqual([place, id, rest?.id]);
      }
      for (const row of rows ?? []) {
        expectSame(step.type, row);
        follow(place, rest, row, isWhole);
      }
    }

    function expectPage(place: string, { type, key, counts }: Step, from: Row, page: Page): void {
      const { listed = [] } = shownOf(who(), type);
      const rows = new Map(all.get(type)?.map((row) => [row.id, row]));
      const isRoot = from.id === '';
      const expected = listed.filter((id) => isRoot || rows.get(id)?.[key] === from.id);
      expect([place, page.edges.map(({ node }) => node.id)]).toEqual([place, expected]);
      expect(page.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false });
      if (counts) expect([place, page.totalCount]).toEqual([place, expected.length]);
    }

    /** A row has the values that REST shows of it. */
    function expectSame(type: string, row: Row): void {
      const rest = shownOf(who(), type).rows.get(row.id);
      for (const { name: value, isEnum } of valuesOf(schema, type)) {
        const there = isEnum ? String(row[value]).toLowerCase() : row[value];
        expect([type, row.id, value, there]).toEqual([type, row.id, value, rest?.[value]]);
      }
    }
  });

  it('has a private field in inputs only', () => {
    const holders = Object.values(schema.getTypeMap()).filter(
      (type) => 'getFields' in type && 'pin' in type.getFields(),
    );
    const inputs = ['CreateUserInput', 'UpdateMeInput', 'UpdateUserInput'];
    expect(holders.map(({ name }) => name).sort()).toEqual(inputs);
  });
}
