import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { readTemplates } from '../../src/build/compile-templates.ts';
import { packageManagers } from '../../src/spec/manifest.ts';
import { removalView } from '../../src/stacks/express/migration-view.ts';
import { projectView } from '../../src/stacks/express/project-view.ts';
import { resourceView } from '../../src/stacks/express/resource-view.ts';
import { emptyManifest, everything, manifestWith } from './manifests.ts';

const folder = fileURLToPath(new URL('../../templates/express/', import.meta.url));

const manifest = manifestWith(...everything);
const resources = Object.keys(manifest.endpoints).map((plural) => resourceView(manifest, plural));
const projects = packageManagers.map((packageManager) =>
  projectView({ ...emptyManifest, packageManager }, '1.0.0'),
);

/** `strict` lets `{{#if missing}}` pass silently, so every name of every template is looked up here. */
describe.each([
  ['resource', resources.map((view) => ({ ...view, timestamp: '20260101000000' }))],
  ['project', projects],
  ['jwt', projects],
  ['secrets', [{ authSecret: 'a' }]],
  ['migration', [{ ...removalView(manifest, 'news'), timestamp: '20260101000000' }]],
])('templates of a %s', async (part, views) => {
  const templates = await readTemplates(`${folder}${part}`);

  it.each(templates.filter(({ path }) => path.endsWith('.hbs')))(
    '$path names what the view has',
    ({ text }) => {
      expect(missingNames(Handlebars.parse(text), [views])).toEqual([]);
    },
  );
});

type Contexts = unknown[][];

/** The paths of a program that some view lacks; the last of the contexts is the present one. */
function missingNames(program: hbs.AST.Program, contexts: Contexts): string[] {
  return program.body.flatMap((statement) => {
    if (statement.type === 'MustacheStatement') {
      return missingPath((statement as hbs.AST.MustacheStatement).path, contexts);
    }
    if (statement.type !== 'BlockStatement') return [];
    const block = statement as hbs.AST.BlockStatement;
    const [condition] = block.params;
    const helper = (block.path as hbs.AST.PathExpression).original;
    const inner = helper === 'each' ? [...contexts, values(condition, contexts).flat()] : contexts;
    return [
      ...missingPath(condition, contexts),
      ...missingNames(block.program, inner),
      ...(block.inverse ? missingNames(block.inverse, contexts) : []),
    ];
  });
}

function missingPath(expression: hbs.AST.Node | undefined, contexts: Contexts): string[] {
  const path = expression as hbs.AST.PathExpression;
  if (path.data || path.original === 'this') return [];
  const owners = contexts.at(-1 - path.depth) ?? [];
  const holds = owners.every((owner) => {
    let value: unknown = owner;
    for (const part of path.parts) {
      if (typeof value !== 'object' || value === null) return value === false;
      if (!(part in value)) return false;
      value = value[part as keyof typeof value];
    }
    return true;
  });
  return holds ? [] : [path.original];
}

function values(expression: hbs.AST.Node | undefined, contexts: Contexts): unknown[][] {
  const path = expression as hbs.AST.PathExpression;
  return (contexts.at(-1 - path.depth) ?? []).map((owner) => {
    const value = path.parts.reduce<unknown>(
      (each, part) => (each as Record<string, unknown>)?.[part],
      owner,
    );
    return Array.isArray(value) ? value : [];
  });
}
