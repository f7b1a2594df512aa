import { describeResource } from '../resource.ts';
import type { RenderedFile, Stack, TablesOf } from '../stack.ts';
import {
  alteration,
  alterationOf,
  removal,
  renaming,
  reversal,
  rolesMigration,
  type SqlMigration,
  upgrade,
  type Ways,
} from './migrations.ts';
import { lostColumns, lostTable } from './risks.ts';
import { alterRoles } from './roles.ts';

/** How a stack writes a migration, and what it reads in one that it wrote. */
type Written = {
  render(migration: SqlMigration, timestamp: string): RenderedFile;
  sqlIn(migration: RenderedFile): Ways;
  tablesOf(migration: string): TablesOf;
};

type Members =
  | 'renderDeparture'
  | 'departureRisks'
  | 'renderAlteration'
  | 'risksOf'
  | 'renderRename'
  | 'renderRemoval'
  | 'removalRisks'
  | 'renderUpgrade'
  | 'renderRoles'
  | 'renderEmpty'
  | 'rolesRisks';

/** What every stack on PostgreSQL changes in a database, each in the form of its own migrations. */
export function migrationMembers({ render, sqlIn, tablesOf }: Written): Pick<Stack, Members> {
  const renderAny = (migration: SqlMigration | undefined, timestamp: string) =>
    migration && render(migration, timestamp);
  return {
    renderDeparture: ({ name, migrations }, timestamp) =>
      render(reversal(`remove_${name}`, migrations.map(sqlIn)), timestamp),
    departureRisks: ({ migrations }) => {
      const tables = new Set(migrations.flatMap(({ content }) => [...tablesOf(content).created]));
      const statements = migrations.flatMap((migration) => sqlIn(migration).down);
      return [
        ...[...tables].map(lostTable),
        ...statements.flatMap((each) => lostColumns(each, tables)),
      ];
    },
    renderAlteration: ({ timestamp, ...change }) => renderAny(alteration(change), timestamp),
    risksOf: (change) => alterationOf(change).risks,
    renderRename: (before, after, rename, timestamp) =>
      renderAny(renaming(before, after, rename), timestamp),
    renderRemoval: (manifest, plural, timestamp) => render(removal(manifest, plural), timestamp),
    removalRisks: (manifest, plural) => [lostTable(describeResource(manifest, plural).names.table)],
    renderUpgrade: (manifest, version, timestamp) =>
      renderAny(upgrade(manifest, version), timestamp),
    renderRoles: (before, after, timestamp) => renderAny(rolesMigration(before, after), timestamp),
    renderEmpty: (name, timestamp) => render({ name, up: [''], down: [''] }, timestamp),
    rolesRisks: (before, after) => alterRoles(before, after).risks,
  };
}
