/** A text as a string of Python, on one line, quoted as `ruff format` quotes it. */
export function toLiteral(text: string): string {
  const quote = text.includes('"') && !text.includes("'") ? "'" : '"';
  const inQuotes = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(quote, `\\${quote}`)
    .replace(/[\p{Cc}\u{d800}-\u{dfff}]/gu, escaped);
  return `${quote}${inQuotes}${quote}`;
}

/** A value as Python writes it. */
export function toValue(value: string | number | boolean | null): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return toLiteral(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

const escaped = (sign: string) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** A tuple of texts as code. */
export const toTuple = (texts: readonly string[]): string =>
  `(${texts.map(toLiteral).join(', ')}${texts.length === 1 ? ',' : ''})`;
