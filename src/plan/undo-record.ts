import * as z from 'zod';
import type { Change } from '../manifest/change.ts';
import { UserError } from '../manifest/errors.ts';
import { hashOf } from '../manifest/hash.ts';
import { readJson } from '../manifest/json.ts';
import { LOCK, parseLock } from '../manifest/lock.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { parseManifest } from '../manifest/manifest.ts';
import { once } from '../manifest/once.ts';
import type { Renames } from '../manifest/renames.ts';
import type { Stack } from '../stacks/stack.ts';
import type { ProjectFiles } from './project-files.ts';

/** The file that records the last command, on this machine only. */
export const UNDO = '.backend/undo.json';

const recordSchema = once(() => {
  const content = z.union([z.string(), z.strictObject({ base64: z.string() })]);
  return z.strictObject({
    command: z.string(),
    renames: z.strictObject({
      endpoint: z.strictObject({ from: z.string(), to: z.string() }).exactOptional(),
      fields: z.record(z.string(), z.record(z.string(), z.string())).exactOptional(),
    }),
    files: z.array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('create'),
          path: z.string(),
          hash: z.string(),
          secret: z.literal(true).exactOptional(),
        }),
        z.strictObject({
          kind: z.literal('update'),
          path: z.string(),
          hash: z.string(),
          before: content,
        }),
        z.strictObject({ kind: z.literal('delete'), path: z.string(), before: content }),
      ]),
    ),
  });
});
/** The content of a file: its text, or else its bytes. */
type Stored = string | { base64: string };
/** What a command did: enough to undo it, and to see whether its files were changed since. */
export type UndoRecord = z.infer<ReturnType<typeof recordSchema>>;

export type Done = { command: string; renames: Renames; changes: readonly Change[] };

/** The record of a command, to be written with its changes. */
export function planRecord({ command, renames, changes }: Done, files: ProjectFiles): Change[] {
  const record: UndoRecord = {
    command,
    renames,
    files: changes.map((change) => {
      const { kind, path } = change;
      if (kind === 'create') {
        return { kind, path, hash: hashOf(change.content), ...(change.secret && { secret: true }) };
      }
      const stored = storable(change.before);
      return kind === 'delete'
        ? { kind, path, before: stored }
        : { kind, path, hash: hashOf(change.content), before: stored };
    }),
  };
  const text = `${JSON.stringify(record)}\n`;
  const earlier = files.read(UNDO);
  return earlier === undefined
    ? [{ kind: 'create', path: UNDO, content: text }]
    : [{ kind: 'update', path: UNDO, before: earlier, content: text }];
}

/** The record of the last command; undefined if there is none. */
export function parseRecord(text: string | undefined): UndoRecord | undefined {
  if (text === undefined) return undefined;
  const json = readJson(text);
  const record = recordSchema().safeParse('value' in json ? json.value : undefined);
  if (!record.success) {
    const found = `${UNDO} is damaged: it is not as gen wrote it.`;
    const expected = 'Expected the record of the last command.';
    throw new UserError([{ found, expected }], `rm ${UNDO}`);
  }
  return record.data;
}

/** The manifest that was applied before the command. */
export function manifestBefore(
  { files }: UndoRecord,
  applied: Manifest,
  { rules }: Stack,
): Manifest {
  const known = { [applied.stack]: { rules } };
  const textOf = (path: string) => {
    const file = files.find((each) => each.path === path);
    return file?.kind === 'update' && typeof file.before === 'string' ? file.before : undefined;
  };
  const lock = textOf(LOCK);
  if (lock !== undefined) return parseLock(lock, applied, known).sides[0].manifest;
  const manifest = textOf('backend.json');
  return manifest === undefined ? applied : parseManifest(manifest, UNDO, known);
}

/** The content of a stored file. */
export function restored(stored: Stored): string | Uint8Array {
  return typeof stored === 'string' ? stored : Buffer.from(stored.base64, 'base64');
}

function storable(before: string | Uint8Array): Stored {
  return typeof before === 'string' ? before : { base64: Buffer.from(before).toString('base64') };
}
