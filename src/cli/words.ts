import type { Command } from 'commander';

/** The words of a command behind the name of its program, which may stand before them. */
export function commandWords(words: readonly string[], program: Command): string[] {
  return words[0] === program.name() ? words.slice(1) : [...words];
}
