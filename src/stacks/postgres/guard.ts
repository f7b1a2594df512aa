import { literal, quoteName } from './sql.ts';

/** Rows that keep a migration from going on, and what of the database would refuse them. */
export type Stopping = {
  column: string;
  /** What they are, said of the column. */
  what: string;
  refusedBy?: string;
  /** What a person can do about them. */
  advice: string;
};

/** Ends a migration where a condition holds for rows, and tells of how many. */
export function guardWhere(table: string, where: string, stopping: Stopping): string {
  return [
    'do $$ declare _rows bigint; begin',
    `  select count(*) into _rows from ${quoteName(table)} where ${where};`,
    ...raise(table, stopping),
  ].join('\n');
}

/** The same where something cannot be computed of the column of `_row`. */
export function guardValue(table: string, value: string, stopping: Stopping): string {
  return [
    'do $$ declare _rows bigint := 0; _row record; begin',
    `  for _row in select ${quoteName(stopping.column)} from ${quoteName(table)} loop`,
    '    begin',
    `      perform ${value};`,
    '    exception when others then',
    '      _rows := _rows + 1;',
    '    end;',
    '  end loop;',
    ...raise(table, stopping),
  ].join('\n');
}

function raise(table: string, { column, what, refusedBy, advice }: Stopping): string[] {
  const refused = refusedBy === undefined ? '' : `, which ${refusedBy} refuses`;
  const said = [`${table}.${column} ${what}`, `of the rows${refused}: ${advice}`]
    .map((part) => part.replaceAll('%', '%%'))
    .join(' in % ');
  return [
    '  if _rows > 0 then',
    `    raise exception ${literal(said)}, _rows;`,
    '  end if;',
    'end $$',
  ];
}
