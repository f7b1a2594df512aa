import { literal, quoteName } from './sql.ts';

/** Rows that stop a migration, and the constraint that would refuse them. */
export type Stopping = {
  column: string;
  /** What is wrong with them, as a predicate of the column. */
  what: string;
  refusedBy?: string;
  /** What to do about them. */
  advice: string;
};

/** Stops a migration if a condition holds for rows, and says for how many. */
export function guardWhere(table: string, where: string, stopping: Stopping): string {
  return [
    'do $$ declare _rows bigint; begin',
    `  select count(*) into _rows from ${quoteName(table)} where ${where};`,
    ...raise(table, stopping),
  ].join('\n');
}

/** The same if an expression cannot be computed for the column of `_row`. */
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
