import { diffComm } from 'node-diff3';
import type { Notice } from '../manifest/change.ts';
import { LOCK } from '../manifest/lock.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { resourceNames } from '../manifest/names.ts';
import type { RenderedFile, Stack } from '../stacks/stack.ts';
import type { GoneName } from './gone-names.ts';
import { isNamed } from './gone-names.ts';
import { linesOf } from './merge-text.ts';
import type { ProjectFiles } from './project-files.ts';
import { textOf } from './project-files.ts';

type Mention = Extract<Notice, { kind: 'mention' }>;
type Place = { path: string; text: string; names: GoneName[] };

const kept = new Set(['backend.json', LOCK]);

/**
 * Hand-written lines that still use removed names. `files` are as they will be after the change;
 * `passed` are files that are reported in another way.
 */
export function findMentions(
  gone: readonly GoneName[],
  { stack, after, files }: { stack: Stack; after: Manifest; files: ProjectFiles },
  passed: ReadonlySet<string>,
): Mention[] {
  if (gone.length === 0) return [];
  const places = files
    .tree('')
    .filter((path) => stack.mayName(path) && !kept.has(path) && !passed.has(path))
    .filter((path) => !path.startsWith(`${stack.migrations}/`))
    .flatMap((path) => placeOf(path, textOf(files, path) ?? '', gone));
  if (places.length === 0) return [];
  const generated = new Map(
    renderAround(stack, after, places).map(({ path, content }) => [path, content]),
  );
  return places.flatMap((place) => mentionsIn(place, generated.get(place.path)));
}

function placeOf(path: string, text: string, gone: readonly GoneName[]): Place[] {
  const names = gone.filter(
    (each) =>
      (each.near === undefined || `${path}\n${text}`.search(each.near) >= 0) && isNamed(each, text),
  );
  return names.length === 0 ? [] : [{ path, text, names }];
}

/** What is generated for these files, and as little else as their paths allow. */
function renderAround(stack: Stack, after: Manifest, places: readonly Place[]): RenderedFile[] {
  const plurals = Object.keys(after.endpoints).filter((plural) => {
    const { path: folder } = resourceNames(plural, after.endpoints[plural]?.singular);
    return places.some(({ path }) => path.includes(folder));
  });
  return [
    ...stack.renderProject(after, '*'),
    ...plurals.flatMap((plural) => stack.renderEndpoint(after, plural)),
  ];
}

function mentionsIn({ path, text, names }: Place, generated: string | undefined): Mention[] {
  const lines = linesOf(text);
  const own = ownLines(lines, linesOf(generated ?? ''));
  return own.flatMap((at): Mention[] => {
    const line = lines[at] ?? '';
    const named = names.filter((each) => isNamed(each, line));
    if (named.length === 0) return [];
    const told = named.map(({ name }) => `\`${name}\``).join(' and ');
    return [{ kind: 'mention', path, line: at + 1, message: `still uses ${told}: ${line.trim()}` }];
  });
}

/** The indexes of the lines that are not generated. */
function ownLines(lines: readonly string[], generated: readonly string[]): number[] {
  const own: number[] = [];
  let at = 0;
  for (const { common, buffer2: added = [] } of diffComm([...generated], [...lines])) {
    for (const offset of added.keys()) own.push(at + offset);
    at += (common ?? added).length;
  }
  return own;
}
