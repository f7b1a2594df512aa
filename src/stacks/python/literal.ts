/** A text as a string of Python, on one line, quoted as `ruff format` quotes it. */
export function toLiteral(text: string): string {
  const quote = text.includes('"') && !text.includes("'") ? "'" : '"';
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}

/** A value as Python writes it. */
export function toValue(value: string | number | boolean | null): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return toLiteral(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
