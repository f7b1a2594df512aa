import { readdir, readFile } from 'node:fs/promises';
import nodePath, { join } from 'node:path';
import Handlebars from 'handlebars';
import { ADDITION, TEMPLATE, templateOptions } from '../stacks/template-options.ts';

type Text = { path: string; text: string };

/** The files of a template folder: paths relative with `/`, in order, texts as they are. */
export async function readTemplates(folder: string): Promise<Text[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const read = files.map(async ({ parentPath, name }) => {
    const file = join(parentPath, name);
    const text = await readFile(file, 'utf8');
    // A checkout on Windows may have other line endings; what is made has the same everywhere.
    return { path: templatePath(folder, file), text: text.replaceAll('\r\n', '\n') };
  });
  return (await Promise.all(read)).sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The path of a file in a folder, with `/`. */
export function templatePath(
  folder: string,
  file: string,
  { relative, sep }: nodePath.PlatformPath = nodePath,
): string {
  return relative(folder, file).split(sep).join('/');
}

/** The slots that a template names. */
export const slotsOf = (text: string): string[] =>
  [...text.matchAll(/\{\{#?> (\w+)\}\}/g)].map(([, name = '']) => name);

/** What an addition puts into the slots of a template, by their names. */
export function fillingsIn(text: string): [slot: string, content: hbs.AST.Program][] {
  return Handlebars.parse(text).body.flatMap((statement): [string, hbs.AST.Program][] => {
    if (!isInlinePartial(statement)) return [];
    const [name] = statement.params;
    return name !== undefined && isText(name) ? [[name.value, statement.program]] : [];
  });
}

const isInlinePartial = (node: hbs.AST.Node): node is hbs.AST.DecoratorBlock =>
  node.type === 'DecoratorBlock';
const isText = (node: hbs.AST.Node): node is hbs.AST.StringLiteral => node.type === 'StringLiteral';

/**
 * A module that exports the templates of a folder, ready to render without a compiler, and what the
 * folder adds to templates of other folders.
 */
export async function compileTemplates(folder: string): Promise<string> {
  const all = await readTemplates(folder);
  const additions = all.filter(({ path }) => path.endsWith(ADDITION));
  const templates = all.filter(({ path }) => !path.endsWith(ADDITION));
  return [
    `import Handlebars from 'handlebars/runtime.js';`,
    // A slot that no part fills is empty.
    `const template = (compiled, slots) => {
      const render = Handlebars.template(compiled);
      const empty = Object.fromEntries(slots.map((slot) => [slot, () => '']));
      return (view, filled) => render(view, { partials: { ...empty, ...filled } });
    };`,
    `export const templates = [\n${templates.map(moduleOf).join(',\n')}\n];`,
    `export const additions = [\n${additions.map(additionOf).join(',\n')}\n];\n`,
  ].join('\n');
}

function moduleOf({ path, text }: Text): string {
  if (!path.endsWith(TEMPLATE)) return `{ path: ${quote(path)}, render: () => ${quote(text)} }`;
  const place = path.slice(0, -TEMPLATE.length);
  // A slot with a content of its own, for where no part fills it, is no empty one.
  const empty = slotsOf(text.replaceAll('{{#> ', ''));
  return `{ path: ${quote(place)}, render: template(${compiled(text)}, ${quote(empty)}) }`;
}

function additionOf({ path, text }: Text): string {
  const place = path.slice(0, -ADDITION.length);
  const slots = fillingsIn(text).map(
    ([slot, content]) => `${quote(slot)}: template(${compiled(content)}, [])`,
  );
  return `{ path: ${quote(place)}, slots: { ${slots.join(', ')} } }`;
}

const compiled = (text: string | hbs.AST.Program) => Handlebars.precompile(text, templateOptions);

/** A module that exports the templates of a folder as they were written. */
export async function quoteTemplates(folder: string): Promise<string> {
  return `export const sources = ${quote(await readTemplates(folder))};\n`;
}

const quote = (value: unknown) => JSON.stringify(value);
