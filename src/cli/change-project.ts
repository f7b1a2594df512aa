import type { Manifest } from '../manifest/manifest.ts';
import type { Renames } from '../manifest/renames.ts';
import { planChange } from '../plan/plan-change.ts';
import type { Sides } from '../plan/plan-schema.ts';
import { refuseGone } from '../plan/refuse-gone.ts';
import { carryOut } from './carry-out.ts';
import type { ChangeFlags } from './change-flags.ts';
import type { OpenProject } from './in-project.ts';
import { inProject } from './in-project.ts';
import { inProjectLayout } from './in-project-layout.ts';
import { newSecret } from './new-secret.ts';
import type { Report } from './report-gen.ts';
import { readClock } from './terminal.ts';

type Goal = {
  after: Manifest;
  renames: Renames;
  about?: string;
  /** What was applied, where it is more than the lock tells. */
  sides?: Sides;
  report: Report;
};

/** What a command makes of the manifest, planned against the code that is there, and carried out. */
export async function changeProject(
  flags: ChangeFlags,
  command: string,
  aim: (project: OpenProject) => Goal | Promise<Goal>,
): Promise<void> {
  await inProject(async (project) => {
    const { applied, lineage } = project;
    const { after, renames, about, report, sides } = await aim(project);
    const [first, ...others] = sides ?? [{ manifest: applied, lineage }, ...project.others];
    refuseGone({ before: first.manifest, after, stack: project.stack, files: project.files });
    const plan = await inProjectLayout(project, (stack) =>
      planChange({
        before: first.manifest,
        lineage: first.lineage,
        others,
        after,
        renames,
        ...(about !== undefined && { about }),
        stack,
        files: project.files,
        clock: readClock(process.env),
        force: flags.force,
        command,
        newSecret,
        version: project.madeBy,
      }),
    );
    await carryOut(plan, project, { command, renames, wasAsked: false, report }, flags);
  });
}
