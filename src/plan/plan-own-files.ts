import { posix } from 'node:path';
import type { Change, Notice } from '../manifest/change.ts';
import type { Versions } from './plan-rendered.ts';
import type { ProjectFiles } from './project-files.ts';
import { textOf } from './project-files.ts';

/** Moves hand-written files along with a renamed folder, unchanged. */
export function planOwnFiles(
  files: ProjectFiles,
  versions: readonly Versions[],
): { changes: Change[]; notices: Notice[] } {
  const moved = versions.flatMap(({ from, path }) => (from === undefined ? [] : [{ from, path }]));
  const rendered = new Set(moved.map(({ from }) => from));
  const folders = new Map(
    moved.map(({ from, path }) => [posix.dirname(from), posix.dirname(path)] as const),
  );
  const changes: Change[] = [];
  const notices: Notice[] = [];
  const isInner = (folder: string) =>
    [...folders.keys()].some((each) => folder.startsWith(`${each}/`));
  for (const [folder, target] of folders) {
    // A folder takes along those that are in it.
    if (folder === target || isInner(folder)) continue;
    const there = new Set(files.tree(target));
    for (const from of files.tree(folder).filter((path) => !rendered.has(path))) {
      const path = `${target}${from.slice(folder.length)}`;
      const content = textOf(files, from);
      if (content === undefined || there.has(path)) {
        const why = content === undefined ? 'it is not text' : `${path} exists already`;
        notices.push({ kind: 'kept', path: from, message: `it is not moved: ${why}` });
        continue;
      }
      changes.push(
        { kind: 'create', path, content },
        { kind: 'delete', path: from, before: content },
      );
    }
  }
  return { changes, notices };
}
