import { templates as graphqlTemplates } from 'templates:express/graphql-resource';
import { templates as graphqlUserTemplates } from 'templates:express/graphql-users';
import { templates as migrationTemplates } from 'templates:express/migration';
import { templates as resourceTemplates } from 'templates:express/resource';
import { templates as userTemplates } from 'templates:express/users';
import { isAccounts } from '../../manifest/accounts.ts';
import { composeParts } from '../compose.ts';
import { differingIn } from '../old-versions.ts';
import { migrationMembers } from '../postgres/members.ts';
import type { SqlMigration } from '../postgres/migrations.ts';
import type { RenderedFile, Stack } from '../stack.ts';
import type { Template } from '../template.ts';
import { biomeFiles, formattersOf } from '../typescript/formatters.ts';
import { install } from '../typescript/install.ts';
import { sqlIn, statementsOf, tablesOf, touchesColumn } from '../typescript/migrations.ts';
import { mayName, syntaxOf } from '../typescript/syntax.ts';
import { toolNote } from '../typescript/tool-note.ts';
import { commands } from './commands.ts';
import { formerNames } from './former-names.ts';
import { graphqlEndpointView } from './graphql-endpoint.ts';
import { graphqlUsersView } from './graphql-users.ts';
import { leftOut } from './left-out.ts';
import { migrationView } from './migration-view.ts';
import { readRoutes } from './mounted.ts';
import { renderOldShape } from './old-shape.ts';
import { parts, partsOf } from './parts.ts';
import { migrations, projectParts, renderProject, renderSecrets } from './project.ts';
import { renderSource, tidied } from './render-source.ts';
import { resourceView } from './resource-view.ts';
import { listRoutes } from './routes.ts';
import { rules } from './rules.ts';
import { sections } from './sections.ts';
import { usersView } from './users-view.ts';
import { renamings, wirings } from './wirings.ts';

const isMigration = ({ path }: Template) => path.startsWith(migrations);
const isOfGraphql = ({ path }: Template) => /\.graphql(\.test)?\.ts$/.test(path);

/** TypeScript, Express 5 and PostgreSQL, with these templates of an endpoint. */
export const expressOf = (templates: readonly Template[]): Stack => ({
  rules,
  migrations,

  renderProject,
  leftOut,
  linterSettings: biomeFiles,

  renderSecrets,

  partsOf: projectParts,

  renderEndpoint(manifest, plural) {
    if (isAccounts(manifest, plural)) {
      const view = usersView(manifest, plural);
      const additions = partsOf(manifest).flatMap((part) => part.additions);
      const files = composeParts([{ templates: userTemplates, additions }], view);
      const graphql = view.graphql
        ? composeParts(
            [{ templates: graphqlUserTemplates, additions: [] }],
            graphqlUsersView(manifest, plural, view),
          )
        : [];
      return [...files, ...graphql].map(({ path, content }) => ({
        path,
        content: tidied(path, content),
      }));
    }
    const view = resourceView(manifest, plural);
    const files = templates
      .filter((template) => !isMigration(template) && !isOfGraphql(template))
      .map((template) => renderSource(template, view));
    const shapes = differingIn(manifest, plural).flatMap((version) =>
      renderOldShape(manifest, version, plural, templates),
    );
    if (!view.graphql) return [...files, ...shapes];
    const graphql = graphqlEndpointView(manifest, plural, view);
    return [
      ...files,
      ...shapes,
      ...templates.filter(isOfGraphql).map((template) => renderSource(template, graphql)),
    ];
  },

  ...migrationMembers({ render: renderMigration, sqlIn, tablesOf }),

  renderCreation(manifest, plural, timestamp) {
    const template = templates.find(isMigration);
    if (!template) throw new Error('there is no template for the migration that creates a table');
    return renderSource(template, { ...resourceView(manifest, plural), timestamp });
  },

  sections,

  wirings,
  renamings,

  listRoutes,
  readRoutes,
  commands,
  install: ({ packageManager }) => [install(packageManager)],
  dependencies: { files: ['package.json'], folder: 'node_modules' },
  migrationStatus: () => ({ command: 'tsx', args: ['src/migrate.ts', 'status'] }),
  openApi: () => ({ command: 'tsx', args: ['src/openapi.ts'], file: 'src/openapi.ts' }),
  toolNote,
  madeFolders: ['node_modules', 'dist', 'build', 'coverage'],
  mayName,
  syntaxOf,

  formatters: formattersOf(() => {
    const templates = parts.flatMap((part) => part.templates);
    const settings = templates.find(({ path }) => path === 'biome.json');
    if (!settings) throw new Error('there is no template for the options of Biome');
    return settings.render({});
  }),
  layOut: (_path, text) => text,

  async soundness() {
    const { isSoundFile } = await import('../typescript/wire/sound.ts');
    return isSoundFile;
  },

  async modules() {
    return await import('../typescript/wire/read-modules.ts');
  },

  tablesOf,
  statementsOf,
  touchesColumn,
  isMigration: (file) => /\.[cm]?[jt]s$/.test(file),

  async originals(manifest) {
    const { sources } = await import('sources:express/resource');
    if (manifest && !manifest.graphql) return sources;
    return [...sources, ...(await import('sources:express/graphql-resource')).sources];
  },

  async withTemplates(own) {
    const { ownTemplate } = await import('../own-templates.ts');
    const all = [...templates, ...own.map((each) => ownTemplate(each, formerNames))];
    return expressOf([...new Map(all.map((each) => [each.path, each])).values()]);
  },
});

/** TypeScript, Express 5 and PostgreSQL. */
export const express = expressOf([...resourceTemplates, ...graphqlTemplates]);

function renderMigration(migration: SqlMigration, timestamp: string): RenderedFile {
  const [template] = migrationTemplates;
  if (!template) throw new Error('there is no template for a migration');
  return renderSource(template, { ...migrationView(migration), timestamp });
}
