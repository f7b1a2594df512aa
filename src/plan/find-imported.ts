import type { Stack } from '../stacks/stack.ts';
import { stemOf } from './lost-imports.ts';
import type { ProjectFiles } from './project-files.ts';
import { textOf } from './project-files.ts';

/** Which of these missing files the code of a project imports. */
export async function findImported(
  missing: readonly string[],
  { stack, files }: { stack: Stack; files: ProjectFiles },
): Promise<ReadonlySet<string>> {
  const modules = await stack.modules();
  const stems = missing.map(stemOf);
  const imported = files
    .tree('')
    .filter((path) => modules.isModule(path))
    .flatMap((path) => {
      const text = textOf(files, path) ?? '';
      if (!stems.some((stem) => text.includes(stem))) return [];
      const unresolved = modules
        .importsOf(path, text)
        .filter(({ places }) => places.every((place) => textOf(files, place) === undefined));
      return unresolved.flatMap(({ places }) => places);
    });
  return new Set(missing.filter((path) => imported.includes(path)));
}
