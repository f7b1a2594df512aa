import { join } from 'node:path';
import { writeOutside } from '../commit/write-outside.ts';
import type { Change, Plan } from '../manifest/change.ts';
import { UserError } from '../manifest/errors.ts';
import { shellWord } from '../manifest/shell.ts';
import { readOutside } from '../project/read-outside.ts';
import { isClient, renderClient } from '../stacks/extras/client/render.ts';
import { refuseOther } from './carry-out.ts';
import type { ChangeFlags } from './change-flags.ts';
import { exitCodes } from './exit-codes.ts';
import type { OpenProject } from './in-project.ts';
import { writeJson } from './report-error.ts';
import { reportGenJson, reportPlainly, reportPreview } from './report-gen.ts';
import { typed as typedCommand } from './typed.ts';

/** Where a client is: relative to the project, and as it was typed. */
type ClientFile = { path: string; typed: string; isElsewhere: boolean };

/** Writes a client that is not in the project. Throws a UserError if another file is there. */
export async function writeClient(
  { path, typed }: ClientFile,
  { root, manifest }: OpenProject,
  flags: ChangeFlags,
): Promise<void> {
  const before = await readOutside(join(root, path), typed);
  if (before !== undefined && !isClient(before) && !flags.force) throw taken(typed);
  const content = renderClient(manifest);
  const plan: Plan = { changes: changesOf(typed, before, content), steps: [], notices: [] };
  if (flags.dryRun || flags.diff) {
    if (flags.json) reportGenJson(plan, 'dry-run');
    else await reportPreview(plan, flags, undefined);
    return;
  }
  refuseOther(plan, flags, `gen client --out ${shellWord(typed)}`);
  if (plan.changes.length > 0) await writeOutside(join(root, path), typed, content);
  if (flags.json) reportGenJson(plan, 'done');
  else reportPlainly('Wrote the client.', `${typed} is up to date.`)(plan, undefined);
}

/** Says whether a client is as `gen client` makes it, and sets the exit code. */
export async function checkClient(
  { path, typed, isElsewhere }: ClientFile,
  { root, manifest, runner }: OpenProject,
  json: boolean,
): Promise<void> {
  const there = await readOutside(join(root, path), typed);
  // In a project it may have edits: what is generated is merged with them.
  const isKnown = !isElsewhere && manifest.client === path && there !== undefined;
  const isCurrent = isKnown || there === renderClient(manifest);
  if (!isCurrent) process.exitCode = exitCodes.refused;
  const status = isCurrent ? 'current' : there === undefined ? 'missing' : 'stale';
  if (json) writeJson({ result: { status, path: typed } });
  else if (isCurrent) process.stdout.write(`✓ ${typed} is up to date.\n`);
  else {
    const again = typedCommand(`gen client --out ${shellWord(typed)}`, runner);
    process.stdout.write(`✗ ${typed} is ${status}: ${again}\n`);
  }
}

function changesOf(path: string, before: string | undefined, content: string): Change[] {
  if (before === undefined) return [{ kind: 'create', path, content }];
  return before === content ? [] : [{ kind: 'update', path, before, content }];
}

function taken(path: string): UserError {
  const found = `${path} exists, and is no client that this tool made.`;
  const expected = 'Expected a free path, or --force to replace it.';
  return new UserError([{ found, expected }], `gen client --out ${shellWord(path)} --force`);
}
