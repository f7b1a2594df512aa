/** A value in YAML. */
export type Yaml =
  | string
  | number
  | boolean
  | readonly Yaml[]
  | { [key: string]: Yaml | undefined };

const plain = /^[A-Za-z][\w ./-]*[\w./]$/;
const meansMore = /^(true|false|yes|no|on|off|null|y|n)$/i;

/** A document of YAML 1.2; texts of several lines are block scalars. */
export const yamlText = (value: Yaml): string => `${blockOf(value, '').join('\n')}\n`;

/** The lines of a value, each with its indentation. */
function blockOf(value: Yaml, indent: string): string[] {
  if (isList(value)) {
    return value.flatMap((each) => {
      const [first = '', ...rest] = isScalar(each)
        ? scalarOf(each, `${indent}  `)
        : blockOf(each, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  }
  if (typeof value !== 'object') return scalarOf(value, indent);
  return Object.entries(value).flatMap(([key, each]): string[] => {
    if (each === undefined) return [];
    const name = `${indent}${textOf(key)}:`;
    if (isScalar(each)) {
      const [first = '', ...rest] = scalarOf(each, `${indent}  `);
      return [`${name} ${first}`, ...rest];
    }
    return [name, ...blockOf(each, `${indent}  `)];
  });
}

const isList = (value: Yaml): value is readonly Yaml[] => Array.isArray(value);

/** Whether it stands behind its key: what is empty does as well. */
const isScalar = (value: Yaml) => typeof value !== 'object' || Object.keys(value).length === 0;

/** White space at the start would count as that of the block, and at the end as none. */
const isBlock = (text: string) => text.includes('\n') && text === text.trim();

function scalarOf(value: Yaml, indent: string): string[] {
  if (typeof value !== 'string' || !isBlock(value)) return [inline(value)];
  return ['|-', ...value.split('\n').map((line) => (line === '' ? '' : indent + line))];
}

function inline(value: Yaml): string {
  if (typeof value === 'string') return textOf(value);
  if (typeof value === 'object') return isList(value) ? '[]' : '{}';
  return String(value);
}

/** JSON is YAML, so what is not plain is quoted as JSON quotes it. */
const textOf = (text: string) =>
  plain.test(text) && !meansMore.test(text) ? text : JSON.stringify(text);
