/** The LIKE pattern for values that contain the term. Wildcards in the term are escaped. */
export function containing(term: string): string {
  return `%${term.replace(/[\\%_]/g, '\\$&')}%`;
}
