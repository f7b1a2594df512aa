import { planChange } from '../plan/plan-change.ts';
import type { Manifest } from '../spec/manifest.ts';
import type { Renames } from '../spec/renames.ts';
import { carryOut } from './carry-out.ts';
import type { ChangeFlags } from './change-flags.ts';
import type { OpenProject } from './in-project.ts';
import { inProject } from './in-project.ts';
import { newSecret } from './new-secret.ts';
import type { Report } from './report-gen.ts';
import { readClock } from './terminal.ts';

type Goal = {
  after: Manifest;
  renames: Renames;
  about?: string;
  report: Report;
};

/** What a command makes of the manifest, planned against the code that is there, and carried out. */
export async function changeProject(
  flags: ChangeFlags,
  command: string,
  aim: (project: OpenProject) => Goal,
): Promise<void> {
  await inProject(async (project) => {
    const { after, renames, about, report } = aim(project);
    const plan = await planChange({
      before: project.applied,
      lineage: project.lineage,
      others: project.others,
      after,
      renames,
      ...(about !== undefined && { about }),
      stack: project.stack,
      files: project.files,
      clock: readClock(process.env),
      force: flags.force,
      command,
      newSecret,
      version: project.madeBy,
    });
    const intent = {
      command: `${command}${flags.force ? ' --force' : ''}`,
      renames,
      wasAsked: false,
      report,
    };
    await carryOut(plan, project, intent, flags);
  });
}
