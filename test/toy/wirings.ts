import type { WireResult } from '../../src/manifest/change.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { resourceNames } from '../../src/manifest/names.ts';
import type { Renaming, Stack, Wiring } from '../../src/stacks/stack.ts';

export const APP = 'app.lua';

const END = /\n+return app\s*$/;

const lineOf = (manifest: Manifest, plural: string) => {
  const { path } = resourceNames(plural, manifest.endpoints[plural]?.singular);
  return `app.mount(require("${path}"))`;
};

/** One line of `app.lua` mounts an endpoint. */
export const wirings: Stack['wirings'] = (manifest, plural): Wiring[] => {
  const line = lineOf(manifest, plural);
  const edit = async (
    text: string | undefined,
    isDone: (lines: string[]) => boolean,
    change: (text: string) => string,
  ): Promise<WireResult> => {
    if (text === undefined || !END.test(text))
      return { status: 'manual', reason: 'it does not end with `return app`', snippet: line };
    if (isDone(text.split('\n'))) return { status: 'already' };
    return { status: 'wired', text: change(text) };
  };
  return [
    {
      kind: 'mount',
      path: APP,
      name: line,
      wire: (text) =>
        edit(
          text,
          (lines) => lines.includes(line),
          (all) => all.replace(END, (end) => `\n${line}${end}`),
        ),
      unwire: (text) =>
        edit(
          text,
          (lines) => !lines.includes(line),
          (all) => all.replace(`${line}\n`, ''),
        ),
    },
  ];
};

export const renamings: Stack['renamings'] = (before, after, { from, to }): Renaming[] => {
  const [old, next] = [lineOf(before, from), lineOf(after, to)];
  return wirings(after, to).map((wiring) => ({
    after: wiring,
    rename: async (text) =>
      text?.includes(`\n${old}\n`)
        ? { status: 'wired', text: text.replace(`\n${old}\n`, `\n${next}\n`) }
        : { status: 'manual', reason: 'the old line is not there', snippet: next },
  }));
};
