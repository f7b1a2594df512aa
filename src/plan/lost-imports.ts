import type { Change, Notice } from '../manifest/change.ts';
import type { Import, Modules } from '../stacks/modules.ts';
import type { Stack } from '../stacks/stack.ts';
import type { ProjectFiles } from './project-files.ts';
import { textOf, withChanges } from './project-files.ts';

type Mention = Extract<Notice, { kind: 'mention' }>;

/** What files do not export any more: `all` if the file is removed. */
type Lost = ReadonlyMap<string, ReadonlySet<string> | 'all'>;

/** Hand-written lines that import what a plan moves or removes. */
export async function findLostImports({
  changes,
  notices,
  stack,
  files,
}: {
  changes: readonly Change[];
  notices: readonly Notice[];
  stack: Stack;
  files: ProjectFiles;
}): Promise<Mention[]> {
  const modules = await stack.modules();
  const changed = changes.filter(({ path }) => modules.isModule(path));
  const lost = lostBy(changed, modules);
  if (lost.size === 0) return [];
  const open = new Set(notices.flatMap(({ kind, path }) => (kind === 'conflict' ? [path] : [])));
  const after = withChanges(files, changes);
  const homes = newHomes(changed, modules);
  const stems = [...lost.keys()].map(stemOf);
  return after
    .tree('')
    .filter((path) => modules.isModule(path) && !open.has(path))
    .flatMap((path): Mention[] => {
      const text = textOf(after, path) ?? '';
      if (!stems.some((stem) => text.includes(stem))) return [];
      return modules.importsOf(path, text).flatMap((each) => {
        const message = messageOf(each, { lost, homes, files });
        return message === undefined ? [] : [{ kind: 'mention', path, line: each.line, message }];
      });
    });
}

function lostBy(changes: readonly Change[], { exportsOf }: Modules): Lost {
  const lost = new Map<string, ReadonlySet<string> | 'all'>();
  for (const change of changes) {
    if (change.kind === 'delete') lost.set(change.path, 'all');
    if (change.kind !== 'update') continue;
    const [had, has] = [exportsOf(change.before), exportsOf(change.content)];
    if (had === undefined || has === undefined) continue;
    const names = [...had].filter((name) => !has.has(name));
    if (names.length > 0) lost.set(change.path, new Set(names));
  }
  return lost;
}

/** The files that newly export a name. */
function newHomes(changes: readonly Change[], { exportsOf }: Modules): Map<string, string[]> {
  const homes = new Map<string, string[]>();
  for (const change of changes) {
    if (change.kind === 'delete' || typeof change.content !== 'string') continue;
    const had = change.kind === 'update' ? exportsOf(change.before) : undefined;
    for (const name of exportsOf(change.content) ?? []) {
      if (!had?.has(name)) homes.set(name, [...(homes.get(name) ?? []), change.path]);
    }
  }
  return homes;
}

function messageOf(
  { name, places }: Import,
  { lost, homes, files }: { lost: Lost; homes: Map<string, string[]>; files: ProjectFiles },
): string | undefined {
  const from = places.find((path) => files.read(path) !== undefined);
  const gone = from === undefined ? undefined : lost.get(from);
  if (gone === undefined) return undefined;
  if (name === undefined) return gone === 'all' ? `names ${from}, which was removed` : undefined;
  if (gone !== 'all' && !gone.has(name)) return undefined;
  const [home, ...others] = homes.get(name) ?? [];
  const isFound = home !== undefined && others.length === 0;
  return `imports \`${name}\` from ${from}: ${isFound ? `it was moved to ${home}` : 'it was removed'}`;
}

/** The name of a file without its ending: every import of it contains that. */
export const stemOf = (path: string) => path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
