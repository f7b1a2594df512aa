import type { Column, Table } from './model.ts';

/** Lengths in the unit of the picture: between boxes; between columns of boxes, where lines bend. */
export const space = 32;
export const channel = 120;
export const row = 24;
export const head = 32;

const letter = 7.9;
const padding = 12;
const keys = 28;
const gap = 20;
/** Between two lines that begin at the same box. */
const apart = 15;

/** The type as it is shown: `string?` may be empty. */
export const typeText = ({ type, isOptional }: Column) => `${type}${isOptional ? '?' : ''}`;

/** The size of the box of a table to which so many lines lead. All letters are equally wide. */
export function boxOf(table: Table, lines = 0): { width: number; height: number } {
  const { name, columns } = table;
  const rows = typesAt(table) + widthOf(columns.map(typeText)) + padding;
  const rowsEnd = head + columns.length * row + 6;
  const width = Math.max(rows, padding + widthOf([name]) * 1.1 + padding);
  return { width: Math.ceil(width), height: Math.max(rowsEnd, (lines + 1) * apart) };
}

/** Where the names of columns and their types begin. */
export const namesAt = padding + keys;
export const typesAt = ({ columns }: Table) =>
  Math.round(namesAt + widthOf(columns.map(({ name }) => name)) + gap);
export const textAt = padding;

/** The middle of the row of a column, from the top of the box. */
export const rowAt = ({ columns }: Table, name: string) =>
  head + (columns.findIndex((column) => column.name === name) + 0.5) * row;

const widthOf = (texts: readonly string[]) =>
  Math.max(0, ...texts.map(({ length }) => length * letter));
