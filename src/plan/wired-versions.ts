import type { Manifest } from '../manifest/manifest.ts';
import type { Stack, Wiring } from '../stacks/stack.ts';
import type { Versions } from './plan-rendered.ts';
import type { ProjectFiles } from './project-files.ts';

type Wired = { before: Manifest; stack: Stack; files: ProjectFiles };

/**
 * The versions of shared files with the lines of the endpoints that yours has, so that these lines are
 * no edits and do not meet what is generated beside them.
 */
export async function withWirings(
  versions: readonly Versions[],
  { before, stack, files }: Wired,
): Promise<Versions[]> {
  const all = Object.keys(before.endpoints).flatMap((plural) => stack.wirings(before, plural));
  return Promise.all(
    versions.map(async (each) => {
      const { path, base, generated, others = [] } = each;
      const yours = files.read(path);
      const own = all.filter((wiring) => wiring.path === path);
      if (own.length === 0 || others.length > 0) return each;
      if (yours === undefined || base === undefined || generated === undefined) return each;
      const wirings = await wiringsIn(yours, own);
      const wired = async (text: string) => stack.layOut(path, await wiredWith(text, wirings));
      return { ...each, base: await wired(base), generated: await wired(generated) };
    }),
  );
}

/** Those whose lines a text has, in their order there. */
async function wiringsIn(text: string, wirings: readonly Wiring[]): Promise<Wiring[]> {
  const results = await Promise.all(wirings.map(({ wire }) => wire(text)));
  return wirings
    .filter((_, at) => results[at]?.status === 'already')
    .sort((one, other) => text.lastIndexOf(one.name) - text.lastIndexOf(other.name));
}

/** A text with all lines that can be put in, in this order. */
export async function wiredWith(text: string, wirings: readonly Wiring[]): Promise<string> {
  let now = text;
  for (const { wire } of wirings) {
    const result = await wire(now);
    if (result.status === 'wired') now = result.text;
  }
  return now;
}
