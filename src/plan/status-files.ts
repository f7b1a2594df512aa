import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../manifest/errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { hasMarkers } from '../manifest/markers.ts';
import type { RenderedFile, Stack, Wiring } from '../stacks/stack.ts';
import { isSameText } from './keep-layout.ts';
import { linesOf } from './merge-text.ts';
import { pairUp } from './plan-rendered.ts';
import type { ProjectFiles } from './project-files.ts';
import { wiredWith } from './wired-versions.ts';

/**
 * `unsettled`: it has conflict markers, of git or of this tool. `stale`: what is generated now is not
 * what was generated then.
 */
export type FileStatus = {
  path: string;
  status: 'pristine' | 'edited' | 'missing' | 'unsettled' | 'stale';
};

export type Compared = {
  stack: Stack;
  /** The manifest whose code the project has, and what `backend.json` says now. */
  applied: Manifest;
  manifest: Manifest;
  files: ProjectFiles;
};

/** Every generated file, compared with what is generated for what was applied. */
export async function fileStatuses(compared: Compared): Promise<FileStatus[]> {
  const { stack, applied, manifest, files } = compared;
  const wired = wiringsByPath(stack, applied);
  const wanted = wiringsByPath(stack, manifest);
  const moved = renderMoved(stack, applied, files);
  const statuses = versionsOf(compared).map(async ({ path: rendered, base, generated }) => {
    const path = placeOf(rendered, stack, files);
    const yours = readAny(files, path);
    if (yours === undefined && generated === undefined) return [];
    if (base !== undefined && yours === undefined) return [{ path, status: 'missing' as const }];
    if (yours !== undefined && hasMarkers(yours)) return [{ path, status: 'unsettled' as const }];
    const isSame = isSameWiring(wired.get(path), wanted.get(path)) && base === generated;
    if (base === undefined || yours === undefined || !isSame) {
      return [{ path, status: 'stale' as const }];
    }
    const wirings = wired.get(path);
    const laid = stack.layOut(path, yours);
    const isPristine =
      wirings === undefined
        ? isSameText(laid, base) || isSameText(laid, moved.get(path) ?? base)
        : (await isOnlyWired(laid, base, wirings)) ||
          // A formatter may join or break their lines.
          isSameText(laid, stack.layOut(path, await wiredWith(base, wirings)));
    return [{ path, status: isPristine ? ('pristine' as const) : ('edited' as const) }];
  });
  return (await Promise.all(statuses)).flat();
}

/** An upgrade dates a migration as late as it came: it is known by its name. */
function placeOf(path: string, { migrations }: Stack, files: ProjectFiles): string {
  if (!path.startsWith(`${migrations}/`)) return path;
  const name = path.slice(migrations.length + 1);
  const nameOf = (file: string) => file.replace(/^\d+_/, '');
  const names = files.list(migrations);
  const dated = names.find((each) => nameOf(each) === nameOf(name));
  return dated === undefined || names.includes(name) ? path : `${migrations}/${dated}`;
}

/** Every file of which another version of this tool made what is there: nothing to compare with. */
export function staleFiles({ stack, applied, files }: Compared): FileStatus[] {
  return renderAll(stack, applied, files).map(({ path }) => ({ path, status: 'stale' }));
}

function versionsOf({ stack, applied, manifest, files }: Compared) {
  const base = renderAll(stack, applied, files);
  return pairUp(base, manifest === applied ? base : renderAll(stack, manifest, files));
}

function renderAll(stack: Stack, manifest: Manifest, files: ProjectFiles): RenderedFile[] {
  const endpoints = Object.keys(manifest.endpoints);
  return [
    ...stack.renderProject(manifest, toolIn(stack, files)),
    ...endpoints.flatMap((plural) => stack.renderEndpoint(manifest, plural)),
  ];
}

/** As it was if this tool came from a file then and comes from a registry now, or the other way. */
function renderMoved(stack: Stack, manifest: Manifest, files: ProjectFiles): Map<string, string> {
  const { referenceTo, isPacked } = stack.toolNote;
  const packed = referenceTo({ kind: 'packed', file: '*' });
  const other = isPacked(toolIn(stack, files)) ? '*' : packed;
  const rendered = stack.renderProject(manifest, other);
  return new Map(rendered.map(({ path, content }) => [path, content]));
}

/** How the project depends on this tool is no edit. */
const toolIn = ({ toolNote: note }: Stack, files: ProjectFiles) =>
  note.read(files.read(note.path) ?? '') ?? '*';

function wiringsByPath(stack: Stack, manifest: Manifest): Map<string, Wiring[]> {
  const byPath = new Map<string, Wiring[]>();
  for (const plural of Object.keys(manifest.endpoints).sort()) {
    for (const wiring of stack.wirings(manifest, plural)) {
      byPath.set(wiring.path, [...(byPath.get(wiring.path) ?? []), wiring]);
    }
  }
  return byPath;
}

function isSameWiring(a: readonly Wiring[] = [], b: readonly Wiring[] = []): boolean {
  const ids = (wirings: readonly Wiring[]) =>
    wirings.map(({ kind, path, name }) => ({ kind, path, name }));
  return isDeepStrictEqual(ids(a), ids(b));
}

/** What cannot be read as text is not what was generated either. */
function readAny(files: ProjectFiles, path: string): string | undefined {
  try {
    return files.read(path);
  } catch (error) {
    if (error instanceof UserError) return '\0';
    throw error;
  }
}

/** Endpoints are wired one after another over years: in which order is no edit. */
async function isOnlyWired(
  yours: string,
  base: string,
  wirings: readonly Wiring[],
): Promise<boolean> {
  const added = new Map<string, number>();
  for (const { wire } of wirings) {
    const result = await wire(base);
    const lines = result.status === 'wired' ? addedLines(base, result.text) : [];
    for (const line of lines) added.set(line, (added.get(line) ?? 0) + 1);
  }
  const rest = linesOf(yours).filter((line) => {
    const left = added.get(line) ?? 0;
    if (left > 0) added.set(line, left - 1);
    return left === 0;
  });
  const isWhole = [...added.values()].every((left) => left === 0);
  return isWhole && isDeepStrictEqual(rest, linesOf(base));
}

function addedLines(before: string, after: string): string[] {
  const lines = linesOf(after);
  for (const line of linesOf(before)) lines.splice(lines.indexOf(line), 1);
  return lines;
}
