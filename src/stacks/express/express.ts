import { templates as jwtTemplates } from 'templates:express/jwt';
import { templates as migrationTemplates } from 'templates:express/migration';
import { templates as projectTemplates } from 'templates:express/project';
import { templates as resourceTemplates } from 'templates:express/resource';
import { templates as secretTemplates } from 'templates:express/secrets';
import { resourceNames } from '../../spec/names.ts';
import type { RenderedFile, Stack, Template } from '../stack.ts';
import { layoutTypeScript } from '../typescript/layout.ts';
import { tidyTypeScript } from '../typescript/tidy.ts';
import {
  alterationOf,
  alterationView,
  type MigrationView,
  removalView,
  upgradeView,
} from './migration-view.ts';
import { projectView } from './project-view.ts';
import { resourceView } from './resource-view.ts';
import { listRoutes } from './routes.ts';

const migrations = 'src/db/migrations';
const isMigration = ({ path }: Template) => path.startsWith(migrations);

export { resourceTemplates };

/** TypeScript, Express 5 and PostgreSQL, with these templates of an endpoint. */
export const expressOf = (templates: readonly Template[]): Stack => ({
  migrations,

  renderProject(manifest, tool) {
    const view = projectView(manifest, tool);
    const wanted = [...projectTemplates, ...(view.jwt ? jwtTemplates : [])].filter(
      ({ path }) => !view.settingsOfOthers.includes(path),
    );
    return wanted.map(({ path, render }) => ({ path, content: laidOut(path, render(view)) }));
  },

  renderSecrets({ auth }, newSecret) {
    if (auth === 'none') return [];
    const view = { authSecret: newSecret() };
    return secretTemplates.map(({ path, render }) => ({ path, content: render(view) }));
  },

  renderEndpoint(manifest, plural) {
    const view = resourceView(manifest, plural);
    return templates
      .filter((template) => !isMigration(template))
      .map((template) => renderSource(template, view));
  },

  renderCreation(manifest, plural, timestamp) {
    const template = templates.find(isMigration);
    if (!template) throw new Error('there is no template for the migration that creates a table');
    return renderSource(template, { ...resourceView(manifest, plural), timestamp });
  },

  renderAlteration({ timestamp, ...change }) {
    const view = alterationView(change);
    return view && renderMigration({ ...view, timestamp });
  },

  risksOf(change) {
    return alterationOf(change).risks;
  },

  renderRemoval(manifest, plural, timestamp) {
    return renderMigration({ ...removalView(manifest, plural), timestamp });
  },

  renderUpgrade(manifest, version, timestamp) {
    const view = upgradeView(manifest, version);
    return view && renderMigration({ ...view, timestamp });
  },

  wirings(manifest, plural) {
    const names = resourceNames(plural, manifest.endpoints[plural]?.singular);
    const module = `modules/${names.path}/${names.path}`;
    return [
      {
        kind: 'route',
        path: 'src/routes.ts',
        name: `${names.plural}Routes`,
        from: `./${module}.routes.ts`,
      },
      {
        kind: 'table',
        path: 'src/db/tables.ts',
        name: names.table,
        type: `${names.Plural}Table`,
        from: `../${module}.table.ts`,
      },
    ];
  },

  listRoutes,
});

/** TypeScript, Express 5 and PostgreSQL. */
export const express = expressOf(resourceTemplates);

function renderMigration(view: MigrationView & { timestamp: string }): RenderedFile {
  const [template] = migrationTemplates;
  if (!template) throw new Error('there is no template for a migration');
  return renderSource(template, view);
}

function renderSource({ path, render }: Template, view: Record<string, unknown>): RenderedFile {
  const text = render(view);
  return {
    path: path.replace(/\[(\w+)\]/g, (_all, name: string) => String(view[name])),
    content: path.endsWith('.ts') ? layoutTypeScript(tidyTypeScript(text)) : text,
  };
}

/** What a base path made too long. */
const laidOut = (path: string, text: string) =>
  path.endsWith('.ts') ? layoutTypeScript(text) : text;
