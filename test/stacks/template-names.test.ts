import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { fillingsIn, readTemplates, slotsOf } from '../../src/build/compile-templates.ts';
import { graphqlEndpointView } from '../../src/stacks/express/graphql-endpoint.ts';
import { graphqlUsersView } from '../../src/stacks/express/graphql-users.ts';
import { migrationView } from '../../src/stacks/express/migration-view.ts';
import { parts } from '../../src/stacks/express/parts.ts';
import { projectView } from '../../src/stacks/express/project-view.ts';
import { resourceView } from '../../src/stacks/express/resource-view.ts';
import { usersView } from '../../src/stacks/express/users-view.ts';
import { removal } from '../../src/stacks/postgres/migrations.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { missingNames } from '../../src/stacks/template-names.ts';
import { ADDITION } from '../../src/stacks/template-options.ts';
import {
  accountsManifest,
  emptyManifest,
  everything,
  grown,
  manifestWith,
  withUserFields,
} from './manifests.ts';

const folder = fileURLToPath(new URL('../../templates/express/', import.meta.url));

const manifest = manifestWith(...everything);
const resources = Object.keys(manifest.endpoints).map((plural) => resourceView(manifest, plural));
const inGraphql = { ...manifest, graphql: true };
const graphql = Object.keys(manifest.endpoints).map((plural) =>
  graphqlEndpointView(inGraphql, plural),
);
const users = [usersView(accountsManifest, 'users')];
const teams = { name: 'teams', fields: ['name'] };
const usersInGraphql = graphqlUsersView(
  withUserFields(grown({ ...accountsManifest, graphql: true }, teams), 'team:ref:teams:optional'),
  'users',
);
const projects = stacks.express.rules.packageManagers.map((packageManager) =>
  projectView({ ...emptyManifest, packageManager }, '1.0.0'),
);

/** `strict` lets `{{#if missing}}` pass silently, so every name of every template is looked up here. */
describe.each([
  ['resource', resources.map((view) => ({ ...view, timestamp: '20260101000000' }))],
  ['graphql-resource', graphql],
  ['migration', [{ ...migrationView(removal(manifest, 'news')), timestamp: '20260101000000' }]],
  ['users', users],
  ['graphql-users', [usersInGraphql]],
  ...parts.map(({ name }): [string, object[]] => [name, projects]),
])('templates of a %s', async (part, views) => {
  const templates = await readTemplates(`${folder}${part}`);
  const additions = templates.filter(({ path }) => path.endsWith(ADDITION));
  const whole = templates.filter(({ path }) => path.endsWith('.hbs') && !path.endsWith(ADDITION));

  it('has templates', () => expect(templates).not.toEqual([]));

  it.each(whole)('$path names what the view has, and slots', ({ text }) => {
    const missing = missingNames(Handlebars.parse(text), views);
    const slots = slotsOf(text).map((slot) => `> ${slot}`);
    expect(missing.filter(({ name }) => !slots.includes(name))).toEqual([]);
  });

  it.each(additions)('$path names what the view has', ({ path, text }) => {
    const own = path.includes('modules/users/') ? users : views;
    expect(fillingsIn(text).flatMap(([, content]) => missingNames(content, own))).toEqual([]);
  });

  it.each(additions)(
    '$path fills slots that are there, and holds nothing else',
    async ({ path, text }) => {
      const shared = path.replace(ADDITION, '.hbs');
      const names = ['users', ...parts.map(({ name }) => name)];
      const all = await Promise.all(names.map((name) => readTemplates(`${folder}${name}`)));
      const slots = all.flat().flatMap((each) => (each.path === shared ? slotsOf(each.text) : []));
      const filled = fillingsIn(text).map(([slot]) => slot);
      expect(filled.filter((slot) => !slots.includes(slot))).toEqual([]);
      expect(filled).toEqual([...new Set(filled)]);
      expect(text.replace(/\{\{#\*inline "\w+"\}\}[\s\S]*?\{\{\/inline\}\}\n/g, '')).toBe('');
    },
  );
});
