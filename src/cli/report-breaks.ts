import type { Break } from '../compare/breaks.ts';
import { err, out } from './colors.ts';
import { columns } from './columns.ts';
import { stderr } from './streams.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Prints what breaks clients: what happens to whom, and every place where it does. */
export function reportBreaks(breaks: readonly Break[], revision: string): void {
  const places = new Map<string, Break[]>();
  for (const each of breaks) {
    const about = `${named(each.subject)} ${each.what}: breaks ${each.whom}`;
    places.set(about, [...(places.get(about) ?? []), each]);
  }
  for (const [about, found] of places) {
    say(`${out.red('✗')} ${about}`);
    const rows = found.map(({ method, path, at }) => [method, path, at]);
    for (const line of columns(rows)) say(`    ${line}`);
  }
  const [count, since] = [places.size, `clients since ${revision}.`];
  if (count === 0) say(`${out.green('✓')} Nothing breaks ${since}`);
  else
    say(`\n${out.red('✗')} ${count} ${count === 1 ? 'change breaks' : 'changes break'} ${since}`);
}

/** What has a name in the API stands between backticks; `the call` and `the body` are no names. */
const named = (subject: string) => (subject.startsWith('the ') ? subject : `\`${subject}\``);

/** Says why the code of then was not compared, if it was not. */
export function reportRendered(reason: string | undefined): void {
  if (reason === undefined) return;
  stderr().write(
    `${err.yellow('!')} ${reason}\n` +
      '  Its backend.json was compared instead, which knows no routes and edits by hand.\n',
  );
}
