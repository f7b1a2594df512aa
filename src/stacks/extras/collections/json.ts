/** The width that a line may have. */
const width = 100;

/** JSON as formatters write it: objects on several lines, lists of plain values on one if they fit. */
export const jsonText = (value: unknown): string => `${written(value, 0, 0)}\n`;

/** `taken` is what stands on the line before the value, without its indentation. */
function written(value: unknown, depth: number, taken: number): string {
  if (Array.isArray(value)) return listText(value, depth, taken);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const lines = entries.map(([key, each]) => {
    const name = `${JSON.stringify(key)}: `;
    return name + written(each, depth + 1, name.length);
  });
  return wrapped('{', lines, '}', depth);
}

function listText(items: readonly unknown[], depth: number, taken: number): string {
  const lines = items.map((each) => written(each, depth + 1, 0));
  const isPlain = items.every((each) => typeof each !== 'object' || each === null);
  const line = `[${lines.join(', ')}]`;
  // A comma may follow.
  const isShort = 2 * depth + taken + line.length < width;
  return isPlain && isShort ? line : wrapped('[', lines, ']', depth);
}

function wrapped(start: string, lines: readonly string[], end: string, depth: number): string {
  if (lines.length === 0) return start + end;
  const inner = '  '.repeat(depth + 1);
  return `${start}\n${lines.map((line) => inner + line).join(',\n')}\n${'  '.repeat(depth)}${end}`;
}
