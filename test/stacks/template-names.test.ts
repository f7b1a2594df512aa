import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { readTemplates } from '../../src/build/compile-templates.ts';
import { migrationView } from '../../src/stacks/express/migration-view.ts';
import { projectView } from '../../src/stacks/express/project-view.ts';
import { resourceView } from '../../src/stacks/express/resource-view.ts';
import { removal } from '../../src/stacks/postgres/migrations.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { missingNames } from '../../src/stacks/template-names.ts';
import { emptyManifest, everything, manifestWith } from './manifests.ts';

const folder = fileURLToPath(new URL('../../templates/express/', import.meta.url));

const manifest = manifestWith(...everything);
const resources = Object.keys(manifest.endpoints).map((plural) => resourceView(manifest, plural));
const projects = stacks.express.rules.packageManagers.map((packageManager) =>
  projectView({ ...emptyManifest, packageManager }, '1.0.0'),
);

/** `strict` lets `{{#if missing}}` pass silently, so every name of every template is looked up here. */
describe.each([
  ['resource', resources.map((view) => ({ ...view, timestamp: '20260101000000' }))],
  ['project', projects],
  ['accounts', projects],
  ['secrets', [{ authSecret: 'a' }]],
  ['migration', [{ ...migrationView(removal(manifest, 'news')), timestamp: '20260101000000' }]],
])('templates of a %s', async (part, views) => {
  const templates = await readTemplates(`${folder}${part}`);

  it.each(templates.filter(({ path }) => path.endsWith('.hbs')))(
    '$path names what the view has',
    ({ text }) => {
      expect(missingNames(Handlebars.parse(text), views)).toEqual([]);
    },
  );
});
