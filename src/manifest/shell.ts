/** A word as it is typed in bash and zsh, quoted only if necessary. */
export function shellWord(word: string): string {
  if (/^[\w./:,@%+-][\w./:,@%+=-]*$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
