import type { Change, Notice } from '../manifest/change.ts';
import type { Problem } from '../manifest/errors.ts';
import { UserError } from '../manifest/errors.ts';
import type { Lineage, Side } from '../manifest/lock.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { resourceNames } from '../manifest/names.ts';
import type { Stack } from '../stacks/stack.ts';
import { findAffected } from './affected.ts';
import type { Migration } from './database-state.ts';
import { databaseOf, nameOf, readMigrations } from './database-state.ts';
import type { Clash } from './migration-clashes.ts';
import { clashesOf, clashText } from './migration-clashes.ts';
import type { SchemaChange } from './plan-migrations.ts';
import { planMigrations } from './plan-migrations.ts';
import { refuseTaken } from './refuse-taken.ts';

export type Sides = readonly [Side, ...Side[]];

type Schema = SchemaChange & {
  sides: Sides;
  /** The endpoints that the change is about. */
  plurals: readonly string[];
};

/**
 * The migrations from the state of the database after the existing ones to the new manifest, and which
 * of all belong to each endpoint then.
 */
export function planSchema(change: Schema): {
  changes: Change[];
  notices: Notice[];
  lineage: Lineage;
} {
  const { sides, after, plurals, stack, files } = change;
  const named = [...plurals, ...(change.renames.endpoint ? [change.renames.endpoint.from] : [])];
  const there = readMigrations({ sides, stack, files });
  const clashes = sides.length > 1 ? clashesIn(there, stack) : [];
  refuseTwice(clashes, stack);
  const before = databaseOf({ sides, after, plurals, there, stack });
  const { changes, notices } = planMigrations(
    { ...change, before },
    findAffected(before, after, change.renames),
  );
  refuseTaken({ added: changes, lineage: knownTo(sides), plurals: named, stack, files });
  const added = changes.flatMap((each) =>
    each.kind === 'create'
      ? [{ name: nameOf(each.path), tables: stack.tablesOf(String(each.content)) }]
      : [],
  );
  const lineage = lineageOf(after, [...there, ...added], (plural) => {
    const { from = '' } = change.renames.endpoint?.to === plural ? change.renames.endpoint : {};
    const known = sides.flatMap((side) => side.lineage[plural] ?? side.lineage[from] ?? []);
    const isRecorded = sides.some((side) => Object.hasOwn(side.lineage, plural));
    return { known, isComplete: isRecorded && !plurals.includes(plural) };
  });
  const gone = clashes.map((clash): Notice => {
    const path = `${stack.migrations}/${clash.name}`;
    return { kind: 'warning', path, message: clashText(clash) };
  });
  return { changes, notices: [...notices, ...gone], lineage };
}

/** The migrations of each endpoint, of all sides. */
const knownTo = (sides: Sides): Lineage =>
  Object.fromEntries(
    sides
      .flatMap(({ lineage }) => Object.keys(lineage))
      .map((plural) => [plural, sides.flatMap(({ lineage }) => lineage[plural] ?? [])]),
  );

const clashesIn = (migrations: readonly Migration[], { statementsOf }: Stack) =>
  clashesOf(migrations.map(({ name, text }) => ({ name, statements: statementsOf(text) })));

/** If both branches created the same, one migration must go: only people know which one has run. */
function refuseTwice(clashes: readonly Clash[], { migrations }: Stack): void {
  const twice = clashes.filter(({ kind }) => kind === 'there');
  const problems = twice.map((clash): Problem => {
    const expected = 'Expected only one of the two: delete the one that has not run.';
    return { found: clashText(clash), expected };
  });
  const [first] = twice;
  if (first !== undefined) throw new UserError(problems, `rm ${migrations}/${first.name}.*`);
}

type Known = { known: readonly string[]; isComplete: boolean };

/** For each endpoint its known migrations, and those that name its table. */
export function lineageOf(
  manifest: Manifest,
  migrations: readonly Pick<Migration, 'name' | 'tables'>[],
  knownOf: (plural: string) => Known,
): Lineage {
  const lineage = Object.entries(manifest.endpoints).map(([plural, { singular }]) => {
    const { known, isComplete } = knownOf(plural);
    const { table } = resourceNames(plural, singular);
    const found = isComplete ? [] : migrations.filter(({ tables }) => tables.named.has(table));
    return [plural, sorted([...known, ...found.map(({ name }) => name)])] as const;
  });
  return Object.fromEntries(lineage);
}

const sorted = (names: readonly string[]) => [...new Set(names)].sort();
