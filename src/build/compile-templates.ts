import { readdir, readFile } from 'node:fs/promises';
import nodePath, { join } from 'node:path';
import Handlebars from 'handlebars';
import { TEMPLATE, templateOptions } from '../stacks/template-options.ts';

/** The files of a template folder: paths relative with `/`, in order, texts as they are. */
export async function readTemplates(folder: string): Promise<{ path: string; text: string }[]> {
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

/** A module that exports the templates of a folder, ready to render without a compiler. */
export async function compileTemplates(folder: string): Promise<string> {
  const templates = (await readTemplates(folder)).map(({ path, text }) => {
    if (!path.endsWith(TEMPLATE)) return `{ path: ${quote(path)}, render: () => ${quote(text)} }`;
    const compiled = Handlebars.precompile(text, templateOptions);
    return `{ path: ${quote(path.slice(0, -TEMPLATE.length))}, render: template(${compiled}) }`;
  });
  return [
    `import Handlebars from 'handlebars/runtime.js';`,
    'const template = (compiled) => Handlebars.template(compiled);',
    `export const templates = [\n${templates.join(',\n')}\n];\n`,
  ].join('\n');
}

/** A module that exports the templates of a folder as they were written. */
export async function quoteTemplates(folder: string): Promise<string> {
  return `export const sources = ${quote(await readTemplates(folder))};\n`;
}

const quote = (value: unknown) => JSON.stringify(value);
