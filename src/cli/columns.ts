/** Rows of words as lines, each column as wide as its longest word. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((word, at) => Math.max(widest[at] ?? 0, word.length)),
    [],
  );
  return rows.map((row) => {
    return row
      .map((word, at) => word.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  });
}
