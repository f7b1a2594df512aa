import { split } from 'change-case';
import type { Problem } from './errors.ts';
import { UserError } from './errors.ts';
import { shellWord } from './shell.ts';

/** File systems and people have their limits. */
const longest = 60;

/**
 * `Add stock` or `addStock` to `add_stock`, the name of a migration behind its time. Throws a UserError
 * if it cannot be a name, or one of the existing migrations has it.
 */
export function parseMigrationName(typed: string, existing: readonly string[]): string {
  const name = split(typed)
    .map((word) => word.toLowerCase())
    .join('_');
  const twin = existing.find((each) => each.replace(/^\d+_/, '').replace(/\.\w+$/, '') === name);
  const [problem] = problemsOf(typed, name, twin);
  if (problem === undefined) return name;
  const example = twin === undefined ? 'add_stock_to_products' : freeName(name, existing);
  throw new UserError([problem], `gen migration ${shellWord(example)}`);
}

function problemsOf(typed: string, name: string, twin: string | undefined): Problem[] {
  const problems: Problem[] = [];
  if (!/^[A-Za-z][\w -]*$/.test(typed)) {
    problems.push({
      found: `${JSON.stringify(typed)} cannot be the name of a migration.`,
      expected: 'Expected words of letters and digits, a letter first.',
    });
  }
  if (name.length > longest) {
    problems.push({
      found: `The name has ${name.length} characters.`,
      expected: `Expected at most ${longest}.`,
    });
  }
  if (twin !== undefined) {
    problems.push({
      found: `There is a migration of that name: ${twin}.`,
      expected: 'Expected a name that is free.',
    });
  }
  return problems;
}

function freeName(name: string, existing: readonly string[]): string {
  for (let count = 2; ; count += 1) {
    const free = `${name}_${count}`;
    if (!existing.some((each) => each.includes(`_${free}.`))) return free;
  }
}
