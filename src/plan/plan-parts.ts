import type { Manifest } from '../manifest/manifest.ts';
import type { ProjectPart, RenderedFile, Risk, Stack } from '../stacks/stack.ts';
import { breaksOld } from './old-processes.ts';
import type { ProjectFiles } from './project-files.ts';

type PartsChange = { before: Manifest; after: Manifest; stack: Stack; files: ProjectFiles };

/** A migration of a part that comes or goes; undefined where it is there already. */
type PartDraft = { render(timestamp: string): RenderedFile | undefined; risks: Risk[] };

/**
 * The migrations of parts that come, which are there before any table refers to theirs, and of those
 * that go, which come last.
 */
export function partDrafts({ before, after, stack, files }: PartsChange): {
  coming: PartDraft[];
  going: PartDraft[];
} {
  const [old, next] = [stack.partsOf(before), stack.partsOf(after)];
  const others = (parts: readonly ProjectPart[], than: readonly ProjectPart[]) =>
    parts.filter(({ name }) => !than.some((part) => part.name === name));
  return {
    coming: others(next, old).flatMap((part) => draftsToMake(part, stack, files)),
    // The tables of a part may refer to those of the parts before it.
    going: others(old, next)
      .toReversed()
      .flatMap((part) => draftsToDrop(part, stack, files)),
  };
}

/** They keep their own times, older than all others, unless a later migration dropped their tables. */
function draftsToMake(part: ProjectPart, stack: Stack, files: ProjectFiles): PartDraft[] {
  const isAnew = isDropped(part, stack, files);
  return part.migrations.map(({ path, content }) => ({
    render(timestamp) {
      if (isAnew) return { path: path.replace(/\/\d+_([^/]*)$/, `/${timestamp}_$1`), content };
      return files.read(path) === undefined ? { path, content } : undefined;
    },
    risks: [],
  }));
}

function draftsToDrop(part: ProjectPart, stack: Stack, files: ProjectFiles): PartDraft[] {
  if (part.migrations.length === 0 || isDropped(part, stack, files)) return [];
  const render = (timestamp: string) => stack.renderDeparture(part, timestamp);
  return [{ render, risks: [...stack.departureRisks(part), breaksOld] }];
}

/** Whether the last migration that makes or drops one of its tables drops it. */
function isDropped({ migrations }: ProjectPart, stack: Stack, files: ProjectFiles): boolean {
  const tables = migrations.flatMap(({ content }) => [...stack.tablesOf(content).created]);
  const last = files
    .list(stack.migrations)
    .filter(stack.isMigration)
    .sort()
    .map((file) => stack.tablesOf(files.read(`${stack.migrations}/${file}`) ?? ''))
    .findLast(({ created, dropped }) =>
      tables.some((table) => created.has(table) || dropped.has(table)),
    );
  return tables.some((table) => last?.dropped.has(table));
}
