import { readdir, readFile } from 'node:fs/promises';
import nodePath, { join } from 'node:path';
import Handlebars from 'handlebars';

/** `strict` refuses a name that the view does not have; only the blocks of design rule 9 exist. */
export const templateOptions = {
  noEscape: true,
  strict: true,
  knownHelpers: { if: true, unless: true, each: true },
  knownHelpersOnly: true,
};

const suffix = '.hbs';

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
    if (!path.endsWith(suffix)) return `{ path: ${quote(path)}, render: () => ${quote(text)} }`;
    const compiled = Handlebars.precompile(text, templateOptions);
    return `{ path: ${quote(path.slice(0, -suffix.length))}, render: template(${compiled}) }`;
  });
  return [
    `import Handlebars from 'handlebars/runtime.js';`,
    'const template = (compiled) => Handlebars.template(compiled);',
    `export const templates = [\n${templates.join(',\n')}\n];\n`,
  ].join('\n');
}

const quote = (text: string) => JSON.stringify(text);
