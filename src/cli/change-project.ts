import type { Manifest } from '../manifest/manifest.ts';
import type { Renames } from '../manifest/renames.ts';
import { planChange } from '../plan/plan-change.ts';
import type { Sides } from '../plan/plan-schema.ts';
import { refuseClient } from '../plan/refuse-client.ts';
import { refuseGone } from '../plan/refuse-gone.ts';
import type { Stacks } from '../stacks/stack.ts';
import { carryOut } from './carry-out.ts';
import type { ChangeFlags } from './change-flags.ts';
import type { OpenProject } from './in-project.ts';
import { inProject } from './in-project.ts';
import { inProjectLayout } from './in-project-layout.ts';
import { newSecret } from './new-secret.ts';
import type { Report } from './report-gen.ts';
import { readClock } from './terminal.ts';

type Goal = {
  /** The command that does the same without a question. */
  command: string;
  after: Manifest;
  renames?: Renames;
  about?: string;
  /** What was applied, if the lock does not have all of it. */
  sides?: Sides;
  /** Whether questions were asked: then the plan is confirmed before it is written. */
  wasAsked?: boolean;
  report: Report;
};

/** Computes the new manifest, plans the change of the project, and carries it out. */
export async function changeProject(
  stacks: Stacks,
  flags: ChangeFlags,
  aim: (project: OpenProject) => Goal | Promise<Goal>,
): Promise<void> {
  await inProject(stacks, async (project) => {
    const { applied, lineage, stack, files } = project;
    const goal = await aim(project);
    const { command, after, renames = {}, about, wasAsked = false, report } = goal;
    const applieds = goal.sides ?? [{ manifest: applied, lineage }, ...project.others];
    const [{ manifest: before, lineage: own }, ...others] = applieds;
    refuseGone({ before, after, stack, files });
    refuseClient({ before, after, stack });
    const plan = await inProjectLayout(project, (laid) =>
      planChange({
        before,
        lineage: own,
        others,
        after,
        renames,
        ...(about !== undefined && { about }),
        stack: laid,
        files,
        clock: readClock(process.env),
        force: flags.force,
        command,
        newSecret,
        version: project.madeBy,
      }),
    );
    await carryOut(plan, project, { command, renames, wasAsked, report }, flags);
  });
}
