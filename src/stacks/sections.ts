import type { Manifest } from '../manifest/manifest.ts';
import { type AccessTable, accessTable, type Grant } from './access-table.ts';
import { mermaidOf } from './diagram/mermaid.ts';
import { type Model, modelOf } from './diagram/model.ts';
import { markdownTable } from './markdown.ts';
import { describeAll } from './resource.ts';
import type { Section } from './section.ts';

/** More of them would make a page that nobody reads, and that code hosts do not show. */
const mostEndpoints = 100;

const words: Record<Grant, string> = { yes: 'yes', own: 'own', no: '–' };

/** Who may do what, and the model; `exec` is what programs of the project are run through. */
export function sectionsOf(
  manifest: Manifest,
  exec: string,
): { access: Section | false; model: Section } {
  const isLarge = Object.keys(manifest.endpoints).length > mostEndpoints;
  const resources = isLarge ? [] : describeAll(manifest);
  const access = isLarge
    ? `\`${exec} gen list --access\` prints who may do what.`
    : accessText(accessTable(resources));
  const model = isLarge
    ? `\`${exec} gen diagram --svg\` draws the tables.`
    : modelText(modelOf(resources));
  const isPublic = manifest.auth === 'none';
  return {
    access: isPublic ? false : section('access', access),
    model: section('model', model),
  };
}

function section(name: string, text: string): Section {
  return {
    first: `<!-- ${name}: kept up to date by gen -->`,
    text,
    last: `<!-- end of ${name} -->`,
  };
}

/** The table of access with the words for people. */
export function accessRows({ roles, rows }: AccessTable): string[][] {
  return [
    ['endpoint', 'operation', 'anybody', ...roles],
    ...rows.map(({ endpoint, operations, anybody, roles: grants }) => [
      endpoint,
      operations.join(', '),
      words[anybody],
      ...roles.map((role) => words[grants[role] ?? 'no']),
    ]),
  ];
}

const accessText = (table: AccessTable) => markdownTable(accessRows(table));

function modelText(model: Model): string {
  return model.tables.length === 0
    ? 'There are no tables yet.'
    : `\`\`\`mermaid\n${mermaidOf(model)}\n\`\`\``;
}
