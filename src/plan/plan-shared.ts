import type { Change, Notice } from '../manifest/change.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { hasMarkers, sidesOf } from '../manifest/markers.ts';
import type { IsSound, Stack, Wiring } from '../stacks/stack.ts';
import type { Syntax } from '../stacks/syntax.ts';
import { withoutDoubledLines } from './doubled-lines.ts';
import { keepLayout } from './keep-layout.ts';
import { merge3 } from './merge3.ts';
import type { Sides } from './plan-schema.ts';
import type { ProjectFiles } from './project-files.ts';

type Request = { sides: Sides; after: Manifest; stack: Stack; files: ProjectFiles };

/**
 * Settles shared files that git could not merge, or merged to what does not fit, where that is sure; the
 * others are conflicts.
 */
export async function planShared(
  request: Request,
): Promise<{ changes: Change[]; notices: Notice[] }> {
  const { sides, after, stack, files } = request;
  const all = wiringsOf(request);
  const changes: Change[] = [];
  const notices: Notice[] = [];
  for (const path of new Set(all.map(({ wiring }) => wiring.path))) {
    const text = files.read(path);
    if (text === undefined || (sides.length === 1 && !hasMarkers(text))) continue;
    const isSound = await stack.soundness();
    if (!hasMarkers(text) && isSound(path, text, [])) continue;
    const rendered = stack.renderProject(after, '*').find((file) => file.path === path);
    const wirings = all.filter(({ wiring }) => wiring.path === path);
    const settled =
      rendered &&
      (await settleShared({
        path,
        text,
        rendered: rendered.content,
        wirings,
        isSound,
        syntax: stack.syntaxOf(path),
      }));
    if (settled === undefined) {
      const message = hasMarkers(text)
        ? 'more than the lines of endpoints meets in it'
        : 'it does not fit together as git merged it';
      const wanted = wirings.filter(({ isWanted }) => isWanted);
      const generated = (rendered && (await edited(rendered.content, wanted, 'wire'))) ?? text;
      notices.push({ kind: 'conflict', path, message, snippet: text, yours: text, generated });
    } else {
      const content = keepLayout(stack.layOut, { path, yours: sidesOf(text)[0], text: settled });
      changes.push({ kind: 'update', path, before: text, content });
    }
  }
  return { changes, notices };
}

/** What the shared files may have of any branch. */
function wiringsOf({ sides, after, stack }: Request): Shared['wirings'] {
  const all = [after, ...sides.map(({ manifest }) => manifest)];
  const plurals = new Map(
    all.flatMap((manifest) =>
      Object.keys(manifest.endpoints).map((plural) => [plural, manifest] as const),
    ),
  );
  return [...plurals].flatMap(([plural, manifest]) =>
    stack
      .wirings(manifest, plural)
      .map((wiring) => ({ wiring, isWanted: Object.hasOwn(after.endpoints, plural) })),
  );
}

type Shared = {
  path: string;
  text: string;
  /** As it is rendered, without any endpoint. */
  rendered: string;
  /** The wirings of every endpoint of the branches, and whether it is to be there. */
  wirings: readonly { wiring: Wiring; isWanted: boolean }[];
  isSound: IsSound;
  syntax: Syntax;
};

/**
 * Settles a shared file where all that meets in it, between conflict markers or as doubled lines, are
 * the lines of endpoints; undefined where a person has to.
 */
async function settleShared(shared: Shared): Promise<string | undefined> {
  const { path, text, rendered, isSound, syntax } = shared;
  const all = shared.wirings.map(({ wiring }) => wiring);
  const [yours = '', theirs = ''] = await Promise.all(
    sidesOf(text).map((side) => withoutDoubledLines(side, rendered, all)),
  );
  if (!hasMarkers(text)) return isSound(path, yours, []) ? yours : undefined;
  const named = shared.wirings.filter(({ wiring }) => text.includes(wiring.name));
  const states = await Promise.all(
    named.map(async ({ wiring, isWanted }) => {
      const [one, other] = await Promise.all([wiring.wire(yours), wiring.wire(theirs)]);
      return {
        wiring,
        isWanted,
        inYours: one.status === 'already',
        inTheirs: other.status === 'already',
      };
    }),
  );
  const single = states.filter(({ inYours, inTheirs }) => inYours !== inTheirs);
  const common = states.filter(({ inYours, inTheirs }) => inYours && inTheirs);
  const bare = await Promise.all([
    edited(
      yours,
      single.filter(({ inYours }) => inYours),
      'unwire',
    ),
    edited(
      theirs,
      single.filter(({ inTheirs }) => inTheirs),
      'unwire',
    ),
  ]);
  const base = await edited(rendered, common, 'wire');
  const [one, other] = bare;
  if (one === undefined || other === undefined || base === undefined) return undefined;
  const merged = merge3(
    { base, yours: one, generated: other },
    (each) => isSound(path, each, [one, other]),
    syntax,
  );
  if (merged.status === 'conflict') return undefined;
  const whole = merged.status === 'same' || merged.status === 'kept' ? one : merged.text;
  const wanted = single.filter(({ isWanted }) => isWanted);
  const settled = await edited(whole, wanted, 'wire');
  return settled === undefined || hasMarkers(settled) ? undefined : settled;
}

/** The text with these wirings put in or taken out; undefined where a codemod cannot tell. */
async function edited(
  text: string,
  states: readonly { wiring: Wiring }[],
  how: 'wire' | 'unwire',
): Promise<string | undefined> {
  let now = text;
  for (const { wiring } of states) {
    const result = await wiring[how](now);
    if (result.status === 'manual') return undefined;
    if (result.status === 'wired') now = result.text;
  }
  return now;
}
