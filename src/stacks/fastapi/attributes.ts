import { reservedWords } from '../python/words.ts';

/** What classes of Pydantic and SQLAlchemy have already, and types that models name. */
const taken = new Set(
  (
    'bool bytes cls construct copy date datetime dict float from_orm int json list metadata ' +
    'parse_file parse_obj parse_raw registry schema schema_json self str time ' +
    'update_forward_refs validate'
  ).split(' '),
);

/** The name of a column as an attribute in Python: itself, or with `_` behind it. */
export function attributeOf(column: string): string {
  const isTaken = taken.has(column) || reservedWords.has(column) || column.startsWith('model_');
  return isTaken ? `${column}_` : column;
}

/** Whether Pydantic would not find the name in JSON by itself. */
export const needsAlias = (attribute: string, name: string) => toCamel(attribute) !== name;

/** As `to_camel` of Pydantic, which takes a letter behind a digit for the first one of a word. */
function toCamel(snake: string): string {
  if (/^[a-z]+[A-Za-z0-9]*$/.test(snake) && !/\d[a-z]|_/.test(snake)) return snake;
  const title = snake.replace(/[A-Za-z]+/g, (word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  const pascal = title.replace(/([0-9A-Za-z])_(?=[0-9A-Z])/g, '$1');
  return pascal.replace(/^_*[A-Z]/, (first) => first.toLowerCase());
}
