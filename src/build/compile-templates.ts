import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
    const path = file.slice(folder.length + 1).replaceAll('\\', '/');
    return { path, text: await readFile(file, 'utf8') };
  });
  return (await Promise.all(read)).sort((one, other) => (one.path < other.path ? -1 : 1));
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
