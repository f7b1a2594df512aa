import * as z from 'zod';
import type { Change, Notice, Plan } from '../manifest/change.ts';
import { UserError } from '../manifest/errors.ts';
import { formatJson } from '../manifest/format-manifest.ts';
import { hashOf } from '../manifest/hash.ts';
import { readJson } from '../manifest/json.ts';
import { EJECTED, OWN_TEMPLATES } from '../manifest/template-places.ts';
import type { Original } from '../stacks/template.ts';
import type { ProjectFiles } from './project-files.ts';

/** The hash of the original of each ejected template, by its name. */
export type Ejected = Record<string, string>;

const ejectedSchema = z.strictObject({ endpoint: z.record(z.string(), z.string()) });

/** What was ejected from which originals; throws a UserError where the text is not what gen wrote. */
export function parseEjected(text: string | undefined): Ejected {
  if (text === undefined) return {};
  const json = readJson(text);
  const ejected = ejectedSchema.safeParse('value' in json ? json.value : undefined);
  if (ejected.success) return ejected.data.endpoint;
  const found = `${EJECTED} is not what gen wrote.`;
  const expected = 'Expected the hash of the original of each ejected template.';
  throw new UserError([{ found, expected }], `rm ${EJECTED}`);
}

/** Whether a template is still the copy of an original. */
export const isCopy = (ejected: Ejected, name: string, text: string): boolean =>
  ejected[name] === hashOf(text);

/** Where the ejected templates stand whose originals are others now than when they were ejected. */
export function changedOriginals(ejected: Ejected, originals: readonly Original[]): string[] {
  const hashes = new Map(originals.map(({ path, text }) => [path, hashOf(text)]));
  return Object.entries(ejected)
    .filter(([path, hash]) => hashes.get(path) !== hash)
    .map(([path]) => `${OWN_TEMPLATES}/${path}`);
}

/** The originals as files of the project; those that were edited stay, unless it is forced. */
export function planEject(
  originals: readonly Original[],
  files: ProjectFiles,
  force: boolean,
): Plan {
  const before = files.read(EJECTED);
  const ejected = parseEjected(before);
  const plans = originals.map((original) => planOne(original, ejected, files, force));
  const seen = Object.fromEntries(originals.map(({ path, text }) => [path, hashOf(text)]));
  const content = formatJson({ endpoint: seen });
  return {
    changes: [
      ...plans.flatMap(({ change }) => change ?? []),
      ...(before === undefined ? [{ kind: 'create' as const, path: EJECTED, content }] : []),
      ...(before !== undefined && before !== content
        ? [{ kind: 'update' as const, path: EJECTED, before, content }]
        : []),
    ],
    steps: [],
    notices: plans.flatMap(({ notice }) => notice ?? []),
  };
}

function planOne(
  { path: name, text: content }: Original,
  ejected: Ejected,
  files: ProjectFiles,
  force: boolean,
): { change?: Change; notice?: Notice } {
  const path = `${OWN_TEMPLATES}/${name}`;
  const before = files.read(path);
  if (before === undefined) return { change: { kind: 'create', path, content } };
  if (before === content) return { notice: { kind: 'same', path } };
  if (force || isCopy(ejected, name, before)) {
    return { change: { kind: 'update', path, before, content } };
  }
  const isOld = ejected[name] !== hashOf(content);
  const more = isOld ? ', and its original has changed: --force --diff shows both' : '';
  return { notice: { kind: 'kept', path, message: `it has your edits${more}` } };
}
