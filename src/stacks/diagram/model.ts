import type { Resource, ResourceField } from '../resource.ts';

/** A column; one that refers to another table has the name of that table for its type. */
export type Column = {
  name: string;
  type: string;
  key: 'PK' | 'FK' | 'UK' | undefined;
  isOptional: boolean;
  /** What else a person wants to know of it. */
  notes: string[];
};

export type Table = { name: string; columns: Column[] };

/** What becomes of a row when the one that it refers to is deleted. */
export type OnDelete = ResourceField['onDelete'];

/** One row of `to` may have many of `from`, or only one. */
export type Reference = {
  from: string;
  column: string;
  to: string;
  isOptional: boolean;
  isUnique: boolean;
  onDelete: OnDelete;
};

/** The tables of a backend and how they refer to each other. */
export type Model = { tables: Table[]; references: Reference[] };

/** The model of all resources of a project. */
export function modelOf(resources: readonly Resource[]): Model {
  return {
    tables: resources.map(({ names, fields }) => ({
      name: names.table,
      columns: [idColumn, ...fields.map(columnOf)],
    })),
    references: resources.flatMap(({ names, fields }) =>
      fields.flatMap((field) => referenceOf(names.table, field)),
    ),
  };
}

const idColumn: Column = { name: 'id', type: 'uuid', key: 'PK', isOptional: false, notes: [] };

function columnOf(field: ResourceField): Column {
  const { column, type, list, values, parent, optional, unique, owner } = field;
  return {
    name: column,
    type: parent ? 'uuid' : `${type}${list ? '[]' : ''}`,
    key: parent ? 'FK' : unique ? 'UK' : undefined,
    isOptional: optional,
    notes: [
      ...(values.length > 0 ? [values.join(' | ')] : []),
      ...(owner ? ['owner'] : []),
      ...(parent && unique ? ['unique'] : []),
      ...(field.private ? ['private'] : []),
      ...(field.self ? ['self'] : []),
    ],
  };
}

function referenceOf(from: string, { column, parent, optional, unique, onDelete }: ResourceField) {
  if (!parent) return [];
  return [
    { from, column, to: parent.names.table, isOptional: optional, isUnique: unique, onDelete },
  ];
}
