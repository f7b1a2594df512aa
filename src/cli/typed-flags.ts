import type { Command } from 'commander';
import { shellWord } from '../manifest/shell.ts';

/** A flag with its value, if it takes one, as it is typed. */
export type TypedFlag = { name: string; text: string };

/** The flags that were typed for a command or its parents, in the order of the help. */
export function typedFlags(command: Command): TypedFlag[] {
  const above = command.parent === null ? [] : typedFlags(command.parent);
  const own = ownFlags(command);
  return [...own, ...above.filter(({ name }) => own.every((each) => each.name !== name))];
}

function ownFlags(command: Command): TypedFlag[] {
  return command.options.flatMap((option) => {
    const key = option.attributeName();
    const name = option.long;
    if (name === undefined || command.getOptionValueSource(key) !== 'cli') return [];
    const value: unknown = command.getOptionValue(key);
    return [{ name, text: typeof value === 'string' ? `${name} ${shellWord(value)}` : name }];
  });
}

/** A suggested command with every typed flag that it does not have yet. */
export function withFlags(suggestion: string, flags: readonly TypedFlag[]): string {
  const words = suggestion.replaceAll(/'[^']*'/g, '').split(' ');
  const missing = flags.filter(({ name }) => !words.includes(name));
  return [suggestion, ...missing.map(({ text }) => text)].join(' ');
}

/** The same, unless the suggestion is another command than the one typed, or the help. */
export function repeating(suggestion: string, program: Command, argv: readonly string[]): string {
  const words = suggestion.split(' ');
  const command = typedCommand(program, argv);
  const again = typedCommand(program, words.slice(words.indexOf(program.name()) + 1));
  const isSame = words.includes(program.name()) && again === command;
  return isSame && words.at(-1) !== '--help'
    ? withFlags(suggestion, typedFlags(command))
    : suggestion;
}

/** The command that was typed, such as `gen field add`, without its arguments. */
export function typedCommand(program: Command, argv: readonly string[]): Command {
  let command = program;
  for (const word of argv.filter((each) => !each.startsWith('-'))) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) break;
    command = next;
  }
  return command;
}

/** The full name of a command, such as `gen field add`. */
export function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
