import type { Column, Model, Reference } from './model.ts';

/** The most that code hosts draw; beyond it the fields are left out. */
const mostCharacters = 45_000;

/** A model as Mermaid writes it. */
export function mermaidOf(model: Model): string {
  const whole = diagramOf(model);
  if (whole.length <= mostCharacters) return whole;
  return diagramOf({ ...model, tables: model.tables.map(({ name }) => ({ name, columns: [] })) });
}

function diagramOf({ tables, references }: Model): string {
  const lines = [
    ...tables.flatMap(({ name, columns }) =>
      columns.length === 0
        ? [quoted(name)]
        : [`${quoted(name)} {`, ...columns.map((column) => `    ${lineOf(column)}`), '}'],
    ),
    ...references.map(relationOf),
  ];
  return ['erDiagram', ...lines.map((line) => `    ${line}`)].join('\n');
}

/** `string title "optional"` */
function lineOf({ name, type, key, isOptional, notes }: Column): string {
  const told = [...(isOptional ? ['optional'] : []), ...notes].join(', ');
  return [type, name, ...(key ? [key] : []), ...(told ? [quoted(told)] : [])].join(' ');
}

/** `users ||--o{ posts : "author_id"`, dashed where the row stays when the other is deleted. */
function relationOf({ from, column, to, isOptional, isUnique, onDelete }: Reference): string {
  const line = onDelete === 'cascade' ? '--' : '..';
  const sign = `${isOptional ? '|o' : '||'}${line}${isUnique ? 'o|' : 'o{'}`;
  const effect = onDelete === 'restrict' ? '' : ` (${onDelete})`;
  return `${quoted(to)} ${sign} ${quoted(from)} : ${quoted(`${column}${effect}`)}`;
}

const quoted = (text: string) => `"${text.replaceAll('"', "'")}"`;
