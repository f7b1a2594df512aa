import type { Change } from '../manifest/change.ts';
import { UserError } from '../manifest/errors.ts';

/** What planning may know of the project on disk. Paths are relative and use `/`. */
export type ProjectFiles = {
  read(path: string): string | undefined;
  /** The names in a folder; none where there is no such folder. */
  list(folder: string): string[];
  /** Every file below a folder, in order, without what is hidden, installed or built. */
  tree(folder: string): string[];
};

/** The same where a plan has to do with files that are not text. */
export type BinaryFiles = ProjectFiles & { bytes(path: string): Uint8Array | undefined };

/** The text of a file that may be anything; undefined where it is missing, or is no text. */
export function textOf(files: ProjectFiles, path: string): string | undefined {
  try {
    return files.read(path);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** The texts of a project as they are once these changes are made. */
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

/** One change for each path, where a later one was planned on top of an earlier. */
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
