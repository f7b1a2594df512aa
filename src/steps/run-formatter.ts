import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { inTemporaryFolder } from './temporary-folder.ts';

/** A formatter of a project: how it is started, and what decides the layout. Paths are absolute. */
export type ProjectFormatter = {
  root: string;
  program: string;
  runsOn: 'node' | 'itself';
  args: readonly string[];
  packages: string;
  settings: ReadonlyMap<string, string>;
  mixed: readonly string[];
};

type File = { path: string; content: string };

/** The texts in the order of the files; `problem` is what kept the formatter from its work. */
export type LaidOut = { texts: string[]; problem?: string };

/**
 * Lays out files as the formatter of a project does, in folders of their own with the settings of the
 * project: many files by one process, and each text of the same file by another.
 */
export async function runFormatter(
  formatter: ProjectFormatter,
  files: readonly File[],
): Promise<LaidOut> {
  return inTemporaryFolder(async (folder) => {
    const isAlone = ({ path }: File) => formatter.settings.has(join(formatter.root, path));
    const layers = layersOf(files, isAlone);
    const runs = layers.map((layer, at) => layOutOne(formatter, layer, join(folder, `${at}`)));
    const results = await Promise.all(runs);
    const laid = new Map(results.flatMap(({ texts }) => [...texts]));
    const problems = results.flatMap((result) => result.problem ?? []);
    const problem = problems.length < results.length ? undefined : problems[0];
    const texts = files.map((file) => laid.get(file) ?? file.content);
    return { texts, ...(problem !== undefined && { problem }) };
  });
}

/** As few sets of files as there are texts of one path; one that may be a setting stands alone. */
function layersOf(files: readonly File[], isAlone: (file: File) => boolean): Map<string, File>[] {
  const layers: Map<string, File>[] = [];
  const alone = files.filter(isAlone).map((file) => new Map([[file.path, file]]));
  for (const file of files.filter((each) => !isAlone(each))) {
    const free = layers.find((layer) => !layer.has(file.path));
    if (free) free.set(file.path, file);
    else layers.push(new Map([[file.path, file]]));
  }
  return [...layers, ...alone];
}

async function layOutOne(
  { root, program, runsOn, args, packages, settings, mixed }: ProjectFormatter,
  layer: ReadonlyMap<string, File>,
  folder: string,
): Promise<{ texts: Map<File, string>; problem?: string }> {
  const top = commonFolder([root, ...[...settings.keys()].map(dirname)]);
  const placeOf = (path: string) => join(folder, 'project', relative(top, path));
  for (const [path, text] of settings) await put(placeOf(path), text);
  // Above the project, where options find packages, and nothing is laid out.
  await symlink(packages, join(folder, basename(packages)), 'junction');
  const places = [...layer.values()].map((file) => {
    // What may be another text of the settings stands beside them; a mixed one is known by its name.
    const isSetting = settings.has(join(root, file.path)) && !mixed.includes(file.path);
    const place = isSetting ? `laid-out-${file.path.replaceAll('/', '-')}` : file.path;
    return { file, place: join(placeOf(root), place) };
  });
  for (const { file, place } of places) await put(place, file.content);
  const { execa } = await import('execa');
  const [command, ...rest] = runsOn === 'node' ? [process.execPath, program] : [program];
  const run = await execa(command, [...rest, ...args], {
    cwd: placeOf(root),
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  const texts = new Map<File, string>();
  for (const { file, place } of places) texts.set(file, await readFile(place, 'utf8'));
  const isIdle = [...texts].every(([{ content }, text]) => content === text);
  return { texts, ...(run.failed && isIdle && { problem: firstLine(run.all) }) };
}

async function put(place: string, text: string): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
  await writeFile(place, text);
}

function commonFolder(folders: readonly string[]): string {
  return folders.reduce((one, other) => {
    let common = one;
    while (common !== dirname(common) && !`${other}${sep}`.startsWith(`${common}${sep}`)) {
      common = dirname(common);
    }
    return common;
  });
}

function firstLine(output: string): string {
  const lines = stripVTControlCharacters(output).split(/\r?\n/);
  return lines.map((line) => line.trim()).find((line) => /[a-z]/i.test(line)) ?? 'it said nothing';
}
