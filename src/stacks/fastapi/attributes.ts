/** Whether Pydantic would not find the name in JSON by itself. */
export const needsAlias = (attribute: string, name: string) => toCamel(attribute) !== name;

/** As `to_camel` of Pydantic, which takes a letter behind a digit for the first one of a word. */
function toCamel(snake: string): string {
  if (/^[a-z]+[A-Za-z0-9]*$/.test(snake) && !/\d[a-z]|_/.test(snake)) return snake;
  const title = snake.replace(
    /[A-Za-z]+/g,
    (word) => word.slice(0, 1).toUpperCase() + word.slice(1),
  );
  const pascal = title.replace(/([0-9A-Za-z])_(?=[0-9A-Z])/g, '$1');
  return pascal.replace(/^_*[A-Z]/, (first) => first.toLowerCase());
}
