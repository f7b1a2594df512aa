/** A value as TypeScript writes it, strings in single quotes. */
export function toLiteral(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const escaped = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
  // Like Biome: the quotes that need fewer escapes.
  return value.includes("'") && !value.includes('"')
    ? `"${escaped}"`
    : `'${escaped.replaceAll("'", "\\'")}'`;
}

/** A text as it stands inside a template literal. */
export function inTemplateLiteral(text: string): string {
  return text.replace(/[\\`]|\$\{/g, '\\$&');
}

/** `{ min: 1, max: 5 }`, without what is undefined; empty without any. */
export function toOptions(options: Record<string, number | string | undefined>): string {
  const given = Object.entries(options).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${toLiteral(value)}`],
  );
  return given.length === 0 ? '' : `{ ${given.join(', ')} }`;
}

/** An array in a call that is indented once: several rows stand below each other. */
export function toTable(rows: readonly string[]): string {
  if (rows.length < 2) return `[${rows.join('')}]`;
  return `[\n${rows.map((row) => `    ${row},\n`).join('')}  ]`;
}
