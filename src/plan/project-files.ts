import type { Change } from '../manifest/change.ts';
import { UserError } from '../manifest/errors.ts';

/** How planning reads the project. Paths are relative and use `/`. */
export type ProjectFiles = {
  read(path: string): string | undefined;
  /** The names in a folder; none if it does not exist. */
  list(folder: string): string[];
  /** Every file below a folder, sorted, without hidden, installed and built files. */
  tree(folder: string): string[];
};

/** The same with files that are not text. */
export type BinaryFiles = ProjectFiles & { bytes(path: string): Uint8Array | undefined };

/** The text of any file; undefined if it is missing or not text. */
export function textOf(files: ProjectFiles, path: string): string | undefined {
  try {
    return files.read(path);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** The files of a project with these changes applied. */
export function withChanges(files: ProjectFiles, changes: readonly Change[]): ProjectFiles {
  const changed = new Map(changes.map((change) => [change.path, change]));
  return {
    ...files,
    read(path) {
      const change = changed.get(path);
      if (change === undefined) return files.read(path);
      return change.kind === 'delete' || typeof change.content !== 'string'
        ? undefined
        : change.content;
    },
    tree(folder) {
      const isIn = (path: string) => folder === '' || path.startsWith(`${folder}/`);
      const left = files.tree(folder).filter((path) => changed.get(path)?.kind !== 'delete');
      const made = changes.flatMap(({ kind, path }) => (kind === 'create' ? [path] : []));
      return [...new Set([...left, ...made.filter(isIn)])].sort();
    },
  };
}

/** Combines changes to one for each path, if a later one was planned on top of an earlier one. */
export function combine(changes: readonly Change[]): Change[] {
  const combined = new Map<string, Change>();
  for (const change of changes) {
    const first = combined.get(change.path);
    combined.set(change.path, first === undefined ? change : onTop(first, change));
  }
  return [...combined.values()];
}

function onTop(first: Change, then: Change): Change {
  if (then.kind !== 'update' || first.kind === 'delete') {
    throw new Error(`${then.path} cannot be planned twice`);
  }
  return { ...first, content: then.content };
}
