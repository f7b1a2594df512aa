import type { Command } from 'commander';
import { refuseImpossible } from '../manifest/applicable.ts';
import { LOCK, parseLock } from '../manifest/lock.ts';
import type { Sides } from '../plan/plan-schema.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readMergedLocks } from '../steps/merged-locks.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import type { OpenProject } from './in-project.ts';
import { reportChanged } from './report-gen.ts';

/** `gen apply`: updates the code to match backend.json after it was edited. */
export async function genApply(typed: Command, stacks: Stacks): Promise<void> {
  const flags = readChangeFlags(typed);
  await changeProject(stacks, flags, async (project) => {
    const { manifest, applied } = project;
    refuseImpossible(applied, manifest);
    const report = reportChanged('The code matches backend.json.', project);
    const sides = await mergedSides(project);
    const command = 'gen apply';
    return { command, after: manifest, report, ...(sides && { sides }) };
  });
}

/** Both sides of a merge, if its lock was resolved by taking the lock of one of them. */
async function mergedSides({
  root,
  files,
  manifest,
  stacks,
}: OpenProject): Promise<Sides | undefined> {
  const locks = await readMergedLocks(root);
  const isOneOf = locks?.[0] !== locks?.[1] && locks?.includes(files.read(LOCK) ?? '');
  if (locks === undefined || !isOneOf) return undefined;
  const [ours, theirs] = locks.map((text) => parseLock(text, manifest, stacks));
  if (ours === undefined || theirs === undefined || ours.version !== theirs.version)
    return undefined;
  return [ours.sides[0], theirs.sides[0]];
}
