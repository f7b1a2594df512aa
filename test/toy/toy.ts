import { packedTool } from '../../src/manifest/tool.ts';
import { ownTemplate } from '../../src/stacks/own-templates.ts';
import { placesOf } from '../../src/stacks/places.ts';
import type { SqlMigration } from '../../src/stacks/postgres/migrations.ts';
import {
  alteration,
  alterationOf,
  creation,
  removal,
  renaming,
  rolesMigration,
  upgrade,
} from '../../src/stacks/postgres/migrations.ts';
import { onOneLine, tablesIn, touchColumn } from '../../src/stacks/postgres/named.ts';
import { lostTable } from '../../src/stacks/postgres/risks.ts';
import { alterRoles } from '../../src/stacks/postgres/roles.ts';
import { describeResource } from '../../src/stacks/resource.ts';
import type { RenderedFile, Stack, Stacks } from '../../src/stacks/stack.ts';
import type { OwnTemplate } from '../../src/stacks/template.ts';
import { rules } from './rules.ts';
import { endpoint, isFirst, migration, project } from './templates.ts';
import { APP, renamings, wirings } from './wirings.ts';

const template = (name: string, text: string): OwnTemplate => ({ name, path: name, text });
const renderProject = ownTemplate(template(`${APP}.hbs`, project)).render;
const renderSql = ownTemplate(template('migration.sql.hbs', migration)).render;
const original = { path: '[path].lua.hbs', text: endpoint };

const upOf = (text: string) => text.replace(/^-- down$[\s\S]*/m, '');
const statementsIn = (text: string) =>
  onOneLine(upOf(text).replace('-- up\n', '').split(/;$/m)).filter((each) => each !== '');

function fileOf(sql: SqlMigration, timestamp: string): RenderedFile;
function fileOf(sql: SqlMigration | undefined, timestamp: string): RenderedFile | undefined;
function fileOf(sql: SqlMigration | undefined, timestamp: string) {
  if (sql === undefined) return undefined;
  const texts = (all: string[]) => all.map((text) => ({ text }));
  const view = { up: texts(sql.up), down: texts(sql.down) };
  return { path: `migrations/${timestamp}_${sql.name}.sql`, content: renderSql(view) };
}

/** A stack that only the tests have: Lua, rocks, comments that begin with `--`. */
export const toyOf = (own: OwnTemplate): Stack => ({
  rules,
  migrations: 'migrations',
  isMigration: (file) => file.endsWith('.sql'),
  renderProject: (manifest, tool) => [{ path: APP, content: renderProject({ ...manifest, tool }) }],
  leftOut: () => [],
  linterSettings: [],
  formatters: [],
  layOut: (_path, text) => text,
  partsOf: () => [],
  renderDeparture: ({ name }, at) => fileOf({ name: `remove_${name}`, up: [], down: [] }, at),
  departureRisks: () => [],
  renderSecrets: () => [],
  renderEndpoint(manifest, plural) {
    const { names, fields } = describeResource(manifest, plural);
    const rows = fields.map(({ name, type }) => ({ name, type, resource: names.plural }));
    const content = ownTemplate(own).render({ ...names, fields: rows, isFirst });
    return [{ path: `${names.path}.lua`, content }];
  },
  renderCreation: (manifest, plural, at) => fileOf(creation(manifest, plural), at),
  renderAlteration: ({ timestamp, ...change }) => fileOf(alteration(change), timestamp),
  risksOf: (change) => alterationOf(change).risks,
  renderRename: (before, after, rename, at) => fileOf(renaming(before, after, rename), at),
  renderRemoval: (manifest, plural, at) => fileOf(removal(manifest, plural), at),
  renderRoles: (before, after, at) => fileOf(rolesMigration(before, after), at),
  renderEmpty: (name, at) => fileOf({ name, up: [''], down: [''] }, at),
  rolesRisks: (before, after) => alterRoles(before, after).risks,
  sections: () => [],
  removalRisks: (manifest, plural) => [lostTable(describeResource(manifest, plural).names.table)],
  renderUpgrade: (manifest, version, at) => fileOf(upgrade(manifest, version), at),
  wirings,
  renamings,
  listRoutes: (manifest) =>
    Object.keys(manifest.endpoints).flatMap((plural) => {
      const resource = describeResource(manifest, plural);
      const file = `${resource.names.path}.lua`;
      const { basePath } = manifest;
      return placesOf(resource).map((place) => ({ ...place, path: basePath + place.path, file }));
    }),
  async modules() {
    return { isModule: () => false, exportsOf: () => undefined, importsOf: () => [] };
  },
  async readRoutes(manifest) {
    return { routes: this.listRoutes(manifest), unclear: [], missing: [] };
  },
  commands: () => ({
    dev: 'rocks run serve',
    test: 'rocks run tests',
    migrate: 'rocks run migrate',
    install: 'rocks install',
  }),
  install: () => [
    {
      kind: 'install',
      title: 'Install the rocks',
      command: 'rocks',
      args: ['install'],
      env: { ROCKS_QUIET: '1' },
    },
  ],
  dependencies: { files: [APP], folder: 'rocks' },
  migrationStatus: () => ({
    command: 'node',
    args: ['-e', 'process.stdout.write(require("fs").readFileSync("database.txt"))'],
  }),
  openApi: () => ({ command: 'node', args: ['openapi.js'], file: 'openapi.js' }),
  toolNote: {
    path: APP,
    referenceTo: (tool) => (tool.kind === 'registry' ? tool.version : packedTool(tool.file)),
    isPacked: (reference) => reference.includes('/'),
    read: (text) => /^-- tool: (.+)$/m.exec(text)?.[1],
    write: (text, reference) => text.replace(/^-- tool: .+$/m, `-- tool: ${reference}`),
    installed: 'rocks/create-backend',
  },
  madeFolders: ['rocks'],
  mayName: (path) => path.endsWith('.lua'),
  syntaxOf: () => ({ isIndented: true }),
  soundness: async () => (path, text) =>
    !path.endsWith('.lua') || text.match(/^return /gm)?.length === 1,
  tablesOf: (text) => tablesIn(upOf(text)),
  statementsOf: statementsIn,
  touchesColumn: (text, table, column) => touchColumn(statementsIn(text), table, column),
  originals: async () => [original],
  withTemplates: async ([first]) => toyOf(first ?? template(original.path, original.text)),
});

export const stacks: Stacks = {
  toy: {
    title: 'A toy',
    rules,
    load: async () => toyOf(template(original.path, original.text)),
  },
};
