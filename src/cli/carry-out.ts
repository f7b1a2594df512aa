import { commit } from '../commit/commit.ts';
import { nodeDisk } from '../commit/disk.ts';
import type { Plan } from '../manifest/change.ts';
import { UserError } from '../manifest/errors.ts';
import type { Renames } from '../manifest/renames.ts';
import { digestOf } from '../plan/plan-digest.ts';
import { conflictsOf, markedFiles, settle } from '../plan/settle.ts';
import { planRecord } from '../plan/undo-record.ts';
import { isInstalled } from '../project/is-installed.ts';
import type { StepResult } from '../steps/run-steps.ts';
import { isCancelled, runSteps } from '../steps/run-steps.ts';
import { cancellable } from './cancel.ts';
import type { ChangeFlags } from './change-flags.ts';
import { exitCodes } from './exit-codes.ts';
import type { OpenProject } from './in-project.ts';
import {
  reportDeclined,
  reportGenJson,
  reportMarkers,
  reportPreview,
  reportRefused,
  reportStillToDo,
} from './report-gen.ts';
import { stepReporter } from './report-step.ts';
import { isInteractive } from './terminal.ts';
import { typed, withTyped } from './typed.ts';
import { withFlags } from './typed-flags.ts';

export type Intent = {
  /** The command that does the same without a question. */
  command: string;
  /** Recorded for `gen undo`; absent for `gen undo` itself. */
  renames?: Renames;
  /** Whether questions were asked: then the plan is confirmed before it is written. */
  wasAsked: boolean;
  report(plan: Plan, repeat: string | undefined): void;
};

/** The plan, with commands in its messages as they are typed in the project. */
const inItsWords = (plan: Plan, runner: string): Plan => ({
  ...plan,
  notices: plan.notices.map((notice) =>
    'message' in notice ? { ...notice, message: withTyped(notice.message, runner) } : notice,
  ),
});

/** Resolves the conflicts of a plan, shows or writes it, reports on it, and sets the exit code. */
export async function carryOut(
  planned: Plan,
  project: OpenProject,
  intent: Intent,
  flags: ChangeFlags,
): Promise<void> {
  const command = withFlags(intent.command, flags.typed);
  const again = typed(command, project.runner);
  const repeat = intent.wasAsked ? again : undefined;
  const plan = withSteps(inItsWords(await settled(planned, flags), project.runner), project);
  refuseOther(plan, flags, command);
  const status = statusOf(plan);
  if (status !== 'ready') {
    if (flags.json) reportGenJson(plan, status);
    reportRefused(plan, status, again);
    process.exitCode = status === 'conflict' ? exitCodes.conflicts : exitCodes.refused;
    return;
  }
  if (flags.dryRun || flags.diff) {
    if (markedFiles(plan).length > 0) process.exitCode = exitCodes.conflicts;
    if (flags.json) return reportGenJson(plan, 'dry-run');
    return await reportPreview(plan, flags, repeat);
  }
  if (repeat !== undefined && plan.changes.length > 0 && !(await confirmPlan(plan, flags.force))) {
    reportDeclined(repeat);
    process.exitCode = exitCodes.refused;
    return;
  }
  const results = await write(plan, project, { ...intent, command }, flags.json);
  const isDone = results.every(({ status: outcome }) => outcome === 'done');
  const isMarked = markedFiles(plan).length > 0;
  if (isMarked) process.exitCode = exitCodes.conflicts;
  if (!isDone) process.exitCode = isCancelled(results) ? exitCodes.cancelled : exitCodes.refused;
  const outcome = isMarked ? 'markers' : 'done';
  if (flags.json) return reportGenJson(plan, isDone ? outcome : 'incomplete', results);
  if (isMarked) reportMarkers(plan, project.runner);
  else intent.report(plan, repeat);
  reportStillToDo(results);
}

/** Refuses a plan that is another than the one that may be written. */
export function refuseOther(plan: Plan, { digest }: ChangeFlags, command: string): void {
  if (digest === undefined) return;
  const now = digestOf(plan);
  if (digest === now) return;
  const found = `The plan has the digest \`${now}\`, not \`${digest}\`.`;
  const expected = 'Expected the plan that was approved; look at the plan of now.';
  throw new UserError([{ found, expected }], `${command} --dry-run`);
}

/** Installs changed dependencies, but only if the project has installed any. */
function withSteps(plan: Plan, { root, manifest, stack }: OpenProject): Plan {
  const { files, folder } = stack.dependencies;
  const isNeeded = plan.changes.some(({ path }) => files.includes(path));
  if (!isNeeded || !isInstalled(root, folder, stack.toolNote.installed)) return plan;
  return { ...plan, steps: stack.install(manifest) };
}

async function write(
  { changes, steps }: Plan,
  { root, files }: OpenProject,
  { command, renames }: Intent,
  json: boolean,
): Promise<StepResult[]> {
  if (changes.length === 0) return [];
  const record = renames ? planRecord({ command, renames, changes }, files) : [];
  return cancellable(async (signal) => {
    await commit(root, [...changes, ...record], nodeDisk, signal);
    return runSteps(root, steps, stepReporter(json), signal);
  });
}

async function settled(plan: Plan, flags: ChangeFlags): Promise<Plan> {
  if (conflictsOf(plan).length === 0) return plan;
  if (flags.conflict === 'markers') return settle(plan, () => ({ kind: 'markers' }));
  const mayAsk = isInteractive() && !flags.yes && !flags.json && !flags.dryRun && !flags.diff;
  if (!mayAsk) return plan;
  const { askConflicts } = await import('./ask-conflicts.ts');
  return askConflicts(plan);
}

/** Nothing is written while a shared file cannot be wired or there is a merge conflict. */
function statusOf({ notices }: Plan): 'ready' | 'manual' | 'conflict' {
  if (notices.some(({ kind }) => kind === 'conflict')) return 'conflict';
  return notices.some(({ kind }) => kind === 'manual') ? 'manual' : 'ready';
}

/** An empty answer never replaces a file. */
async function confirmPlan(plan: Plan, force: boolean): Promise<boolean> {
  const { confirmWrite } = await import('./ask-endpoint.ts');
  return confirmWrite(plan, !force);
}
