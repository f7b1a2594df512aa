import type { Caller, World } from './world.ts';

export type Row = { id: string; [name: string]: unknown };

/** What REST shows one caller of an endpoint. */
export type Shown = {
  /** The ids of the list; undefined where it is refused. */
  listed: string[] | undefined;
  /** The rows that can be read one by one. */
  rows: Map<string, Row>;
};

/** What REST shows a caller of every endpoint, by the name of the type. */
export type Everything = Map<string, Shown>;

/** The endpoint behind a type. */
export const pathOf = (type: string) => `/${type.toLowerCase()}s`;

/** Asks REST for every list, and for every row that anybody can read. */
export async function shownTo(
  { rest }: World,
  { token }: Caller,
  all: ReadonlyMap<string, readonly string[]>,
): Promise<Everything> {
  const as = token === undefined ? {} : { token };
  const shown: Everything = new Map();
  for (const [type, ids] of all) {
    const list = await rest.send('GET', pathOf(type), as);
    const answers = await Promise.all(
      ids.map((id) => rest.send('GET', `${pathOf(type)}/${id}`, as)),
    );
    const rows = answers.flatMap(({ status, data }) => (status === 200 ? [data as Row] : []));
    shown.set(type, {
      listed: Array.isArray(list.data) ? list.data.map(({ id }: Row) => id) : undefined,
      rows: new Map(rows.map((row) => [row.id, row])),
    });
  }
  return shown;
}
