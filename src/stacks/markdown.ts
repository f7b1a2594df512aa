/** A table in Markdown with columns as wide as what stands in them. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, at) => Math.max(3, ...rows.map((row) => row[at]?.length ?? 0)));
  const lineOf = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [first = '', ...others] = rows.map(lineOf);
  return [first, lineOf(widths.map((width) => '-'.repeat(width))), ...others].join('\n');
}
