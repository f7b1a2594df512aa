/** The words of a command of `gen`, in front of which its name may stand. */
export function commandWords(words: readonly string[]): string[] {
  return words[0] === 'gen' ? words.slice(1) : [...words];
}

/** The words with more options, before all that `--` takes for arguments. */
export function withOptions(words: readonly string[], ...options: string[]): string[] {
  const end = words.indexOf('--');
  const at = end < 0 ? words.length : end;
  return [...words.slice(0, at), ...options, ...words.slice(at)];
}
