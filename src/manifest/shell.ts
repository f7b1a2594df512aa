/** A word as it has to be typed in bash and zsh: quoted only where it must be. */
export function shellWord(word: string): string {
  if (/^[\w./:,@%+-][\w./:,@%+=-]*$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
