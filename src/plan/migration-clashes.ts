import { plainStatements } from './plain-statements.ts';

/** A migration that cannot run after another one: it creates what exists, or needs what was removed. */
export type Clash = { name: string; kind: 'there' | 'gone'; what: string; other: string };

const states = { there: 'exists', gone: 'was removed' };

/** What is wrong, in a sentence. */
export function clashText({ name, kind, what, other }: Clash): string {
  const since = kind === 'there' ? 'since' : 'by';
  return `${name} cannot run: ${what} ${states[kind]} ${since} ${other}.`;
}

type Migration = { name: string; statements: readonly string[] };
type Known = { isThere: boolean; since: string };

const word = '"?(\\w+)"?';
const perhaps = '(if (?:not )?exists )?';
const table = new RegExp(`^alter table (?:if exists )?(?:only )?${word} (.*)$`, 'is');
const creation = new RegExp(
  `^create (?:unlogged )?(?:table|(?:or replace )?view|materialized view) ${perhaps}(?:"?public"?\\.)?${word}[ (]`,
  'i',
);
const removal = new RegExp(
  `^drop (?:table|view|materialized view) ${perhaps}${word}(?: cascade| restrict)?$`,
  'i',
);
const renaming = new RegExp(`^rename to ${word}$`, 'i');
const columnRenaming = new RegExp(
  `^rename (?:column )?(?!to |constraint )${word} to ${word}$`,
  'i',
);
const others = '(?!constraint |primary |unique |foreign |check |exclude )';
const column = new RegExp(`^(add|drop|alter) (?:column )?${perhaps}${others}${word}(?: |$)`, 'i');
const reference = new RegExp(`\\breferences ${word}`, 'gi');

/**
 * The migrations that fail if all run in the order of their names, as far as plain SQL shows: two
 * merged branches may create the same, or one uses what the other removed.
 */
export function clashesOf(migrations: readonly Migration[]): Clash[] {
  const known = new Map<string, Known>();
  const clashes: Clash[] = [];
  for (const { name, statements } of migrations) {
    const own: Clash[] = [];
    const need = (what: string, isThere: boolean) => {
      const state = known.get(what);
      if (state === undefined || state.isThere === isThere || state.since === name) return;
      own.push({ name, kind: isThere ? 'gone' : 'there', what, other: state.since });
    };
    const set = (what: string, isThere: boolean) => known.set(what, { isThere, since: name });
    const forget = (of: string) => {
      for (const key of known.keys()) if (key.startsWith(`${of}.`)) known.delete(key);
    };
    for (const statement of plainStatements(statements)) {
      for (const [, to = ''] of statement.matchAll(reference)) need(to, true);
      const [, isCareful, made] = creation.exec(statement) ?? [];
      const [, isCarefulDrop, dropped] = removal.exec(statement) ?? [];
      const [, altered, change = ''] = table.exec(statement) ?? [];
      const gone = made ?? dropped;
      if (gone !== undefined) {
        if ((isCareful ?? isCarefulDrop) === undefined) need(gone, made === undefined);
        set(gone, made !== undefined);
        forget(gone);
      }
      if (altered === undefined) continue;
      need(altered, true);
      const [, name] = renaming.exec(change) ?? [];
      const [, from, to] = columnRenaming.exec(change) ?? [];
      const [, how, isCarefulChange, which] = column.exec(change) ?? [];
      if (name !== undefined) {
        need(name, false);
        set(altered, false);
        set(name, true);
        forget(altered);
      }
      if (from !== undefined) {
        need(`${altered}.${from}`, true);
        need(`${altered}.${to}`, false);
        set(`${altered}.${from}`, false);
        set(`${altered}.${to}`, true);
      }
      if (which === undefined) continue;
      const does = how?.toLowerCase();
      if (isCarefulChange === undefined) need(`${altered}.${which}`, does !== 'add');
      if (does !== 'alter') set(`${altered}.${which}`, does === 'add');
    }
    const [first] = own;
    if (first !== undefined) clashes.push(first);
  }
  return clashes;
}
