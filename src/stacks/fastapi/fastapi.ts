import { templates as graphqlTemplates } from 'templates:fastapi/graphql-resource';
import { templates as graphqlUserTemplates } from 'templates:fastapi/graphql-users';
import { templates as migrationTemplates } from 'templates:fastapi/migration';
import { templates as resourceTemplates } from 'templates:fastapi/resource';
import { templates as userTemplates } from 'templates:fastapi/users';
import { isAccounts } from '../../manifest/accounts.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { composeParts } from '../compose.ts';
import { migrationMembers } from '../postgres/members.ts';
import type { SqlMigration } from '../postgres/migrations.ts';
import { formatters, ruffFiles } from '../python/formatters.ts';
import { install } from '../python/install.ts';
import { layoutPython } from '../python/layout.ts';
import { sqlIn, statementsOf, tablesOf, touchesColumn } from '../python/migrations.ts';
import { mayName, syntaxOf } from '../python/syntax.ts';
import { toolNote } from '../python/tool-note.ts';
import type { RenderedFile, Run, Stack } from '../stack.ts';
import type { Template } from '../template.ts';
import { commands } from './commands.ts';
import { graphqlEndpointView } from './graphql-endpoint.ts';
import { leftOut } from './left-out.ts';
import { migrationView } from './migration-view.ts';
import { readRoutes } from './mounted.ts';
import { partsOf } from './parts.ts';
import { migrations, projectParts, renderProject, renderSecrets } from './project.ts';
import { renderOldShapes } from './render-old.ts';
import { resourceView } from './resource-view.ts';
import { listRoutes } from './routes.ts';
import { rules } from './rules.ts';
import { sections } from './sections.ts';
import { usersView } from './users-view.ts';
import { renamings, wirings } from './wirings.ts';

const isOfGraphql = ({ path }: Template) => /\/graphql\.py$|^tests\/graphql\//.test(path);
const isMigration = ({ path }: Template) => path.startsWith(migrations);

/** Python with what the project has installed. Members of a workspace have it at its root. */
const python = ({ above }: Manifest, args: readonly string[]): Run => ({
  command: 'python',
  args,
  folders: ['.venv/bin', '.venv/Scripts'],
  isAbove: above?.includes('workspace') ?? false,
});

/** Python, FastAPI and PostgreSQL, with these templates of an endpoint. */
export const fastapiOf = (templates: readonly Template[]): Stack => ({
  rules,
  migrations,

  renderProject,
  leftOut,
  linterSettings: ruffFiles,

  renderSecrets,

  partsOf: projectParts,

  renderEndpoint(manifest, plural) {
    if (isAccounts(manifest, plural)) {
      const view = usersView(manifest, plural);
      const additions = partsOf(manifest).flatMap((part) => part.additions);
      const users = composeParts([{ templates: userTemplates, additions }], view);
      const graphql = view.graphql
        ? composeParts([{ templates: graphqlUserTemplates, additions: [] }], view)
        : [];
      return [...users, ...graphql].map(laidOut);
    }
    const view = graphqlEndpointView(manifest, resourceView(manifest, plural), plural);
    const files = templates
      .filter((template) => !isMigration(template) && (view.graphql || !isOfGraphql(template)))
      .map((template) => renderSource(template, view));
    return [...files, ...renderOldShapes(manifest, plural, templates)];
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
  install: () => [install()],
  dependencies: { files: ['pyproject.toml'], folder: '.venv' },
  migrationStatus: (manifest) => python(manifest, ['-m', 'app.db.migrate', 'status']),
  openApi: (manifest) => ({ ...python(manifest, ['-m', 'app.openapi']), file: 'app/openapi.py' }),
  toolNote,
  madeFolders: [
    '.venv',
    'node_modules',
    '__pycache__',
    '.mypy_cache',
    '.ruff_cache',
    '.pytest_cache',
  ],
  mayName,
  syntaxOf,

  formatters,
  layOut: (_path, text) => text,

  async soundness() {
    const { isSoundFile } = await import('../python/sound.ts');
    return isSoundFile;
  },

  async modules() {
    return await import('../python/modules.ts');
  },

  tablesOf,
  statementsOf,
  touchesColumn,
  isMigration: (file) => file.endsWith('.py'),

  async originals(manifest) {
    const { sources } = await import('sources:fastapi/resource');
    if (manifest && !manifest.graphql) return sources;
    return [...sources, ...(await import('sources:fastapi/graphql-resource')).sources];
  },

  async withTemplates(own) {
    const { ownTemplate } = await import('../own-templates.ts');
    const all = [...templates, ...own.map((each) => ownTemplate(each))];
    return fastapiOf([...new Map(all.map((each) => [each.path, each])).values()]);
  },
});

/** Python, FastAPI and PostgreSQL. */
export const fastapi = fastapiOf([...resourceTemplates, ...graphqlTemplates]);

function renderMigration(migration: SqlMigration, timestamp: string): RenderedFile {
  const [template] = migrationTemplates;
  if (!template) throw new Error('there is no template for a migration');
  return renderSource(template, { ...migrationView(migration), timestamp });
}

function renderSource({ path, render }: Template, view: Record<string, unknown>): RenderedFile {
  return laidOut({
    path: path.replace(/\[(\w+)\]/g, (_all, name: string) => String(view[name])),
    content: render(view),
  });
}

function laidOut({ path, content }: RenderedFile): RenderedFile {
  return { path, content: path.endsWith('.py') ? layoutPython(content) : content };
}
