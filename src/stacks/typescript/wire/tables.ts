import { ts } from 'ts-morph';
import type { WireResult } from '../../../manifest/change.ts';
import { type Braces, type Entry, wireBraces } from './braces.ts';
import { addMember, memberLine } from './member.ts';
import { findAll } from './parse.ts';
import { startOf, textOf } from './positions.ts';
import { type Removal, removeCode } from './remove.ts';
import { otherMentions } from './remove-import.ts';
import { findTables, type Members } from './table-members.ts';
import { unwireBraces } from './unwire-braces.ts';

/** The type that lists every table of the database. */
const tables: Braces<Members, ts.TypeElement> = {
  importedBy: 'import type',
  place: '// in `interface Tables { … }`',
  end: ';',
  find: findTables,
  propertiesOf: ({ members }) => members,
  codeOf: (type) => type,
  add: (source, members, name, type) => addMember(source, members, memberLine(members, name, type)),
  remove: removeTable,
  notMadeOf: (type) => `its type is not ${type}`,
  foundElsewhere: (type, { name }) =>
    `${type} is the type of ${name ? textOf(name) : 'another member'}`,
  leftBehind: (source, { name, from }) => ({
    nodes: [...otherMentions(source, from), ...keysNamed(source, name)],
    reason: `${name} is used otherwise than by its property`,
  }),
};

/** Adds a table to the type that lists every table of the database. */
export const wireTables = (text: string | undefined, table: Entry): WireResult =>
  wireBraces(text, table, tables);

/** Takes a table out of the type that lists every table of the database. */
export const unwireTables = (text: string | undefined, table: Entry): WireResult =>
  unwireBraces(text, table, tables);

/** Types that name the table: `Tables['posts']`, `Pick<Tables, 'posts'>`. */
function keysNamed(source: ts.SourceFile, name: string): ts.Node[] {
  return findAll(source, ts.isLiteralTypeNode).filter(
    ({ literal }) => ts.isStringLiteral(literal) && literal.text === name,
  );
}

function removeTable(text: string, { members, end }: Members, member: ts.TypeElement): Removal[] {
  const removal = removeCode(text, startOf(member), member.end);
  const close = end - 1;
  const inside = text.slice(members.pos, removal.start) + text.slice(removal.end, close);
  // Braces that now hold only a line break are written as the formatter writes them.
  if (/^\r?\n[ \t]*$/.test(inside)) return [{ start: members.pos, end: close }];
  const previous = members[members.indexOf(member) - 1];
  const isLast = members.at(-1) === member;
  if (!previous || !isLast || isSeparated(text, member) || !isSeparated(text, previous)) {
    return [removal];
  }
  return [{ start: previous.end - 1, end: previous.end }, removal];
}

function isSeparated(text: string, member: ts.TypeElement): boolean {
  return /[;,]/.test(text[member.end - 1] ?? '');
}
