/** The LIKE pattern for values that contain the term; its own wildcards stand for themselves. */
export function containing(term: string): string {
  return `%${term.replace(/[\\%_]/g, '\\$&')}%`;
}
