import { parseEndpoint } from '../../../src/manifest/endpoint.ts';
import type { Manifest } from '../../../src/manifest/manifest.ts';
import { addEndpoint } from '../../../src/manifest/manifest.ts';
import { creationStatements } from '../../../src/stacks/postgres/indexes.ts';
import { describeResource, type Resource } from '../../../src/stacks/resource.ts';
import { stacks } from '../../../src/stacks/stacks.ts';
import { accountsManifest, manifestWith } from '../../stacks/manifests.ts';
import type { TestDatabase } from './databases.ts';

const { rules } = stacks.express;

export type TableChange = {
  before: Resource;
  after: Resource;
  renames: ReadonlyMap<string, string>;
};

/** `posts` with a title and further fields; the other tables are there to be referred to. */
export function postsWith(fields: readonly string[]): Resource {
  return describeResource(manifestOf(fields), 'posts');
}

export function manifestOf(fields: readonly string[]): Manifest {
  return manifestWith(
    { name: 'users', fields: ['name'] },
    { name: 'teams', fields: ['name'] },
    { name: 'posts', fields: ['title', ...fields] },
  );
}

/** The same where there are accounts: each row has an owner. */
export function ownedPosts(fields: readonly string[]): Resource {
  const accounts = accountsManifest;
  const request = { name: 'posts', fields: ['title', ...fields] };
  const { endpoint } = parseEndpoint(request, accounts, rules);
  return describeResource(addEndpoint(accounts, 'posts', endpoint), 'posts');
}

/** The id of the row with this number, in any of the tables. */
export const idOf = (row: number) => `01900000-0000-7000-8000-00000000000${row}`;

/** The tables that others refer to, with two rows each. */
export async function createParents({ query }: TestDatabase): Promise<void> {
  for (const table of ['users', 'teams']) {
    await query(`create table ${table} (id uuid primary key)`);
    await query(`insert into ${table} values ('${idOf(1)}'), ('${idOf(2)}')`);
  }
}

export async function createPosts({ query }: TestDatabase, posts: Resource): Promise<void> {
  for (const statement of creationStatements(posts)) await query(statement);
}

/** A row for each set of values, which are written in SQL. */
export async function insertPosts(
  { query }: TestDatabase,
  rows: readonly Record<string, string>[],
): Promise<void> {
  for (const [index, row] of rows.entries()) {
    const values = { id: `'${idOf(index + 1)}'`, title: "'t'", created_at: 'now()', ...row };
    const columns = Object.keys(values).map((column) => `"${column}"`);
    await query(
      `insert into posts (${columns.join(', ')}, updated_at) values (${Object.values(values).join(', ')}, now())`,
    );
  }
}

/** What a column holds, as text and in the order of the rows. */
export async function valuesIn({ query }: TestDatabase, column: string): Promise<unknown[]> {
  const rows = await query(`select "${column}"::text as value from posts order by id`);
  return rows.map(({ value }) => value);
}

/** How a field is called in the table's description: a reference has another name than its key. */
function nameOf(field: string): string {
  const [name = '', type] = field.split(':');
  return type === 'ref' ? `${name}Id` : name;
}

/** The change of one field as it is typed; undefined where there is none. */
export function changeOfField(before: string | undefined, after: string | undefined): TableChange {
  return {
    before: postsWith(before === undefined ? [] : [before]),
    after: postsWith(after === undefined ? [] : [after]),
    renames:
      before === undefined || after === undefined
        ? new Map()
        : new Map([[nameOf(before), nameOf(after)]]),
  };
}
