import type { Command } from 'commander';
import { shellWord } from '../manifest/shell.ts';
import { planMigration } from '../plan/plan-migration.ts';
import type { Stacks } from '../stacks/stack.ts';
import { carryOut } from './carry-out.ts';
import { readChangeFlags } from './change-flags.ts';
import { inProject } from './in-project.ts';
import { inProjectLayout } from './in-project-layout.ts';
import { reportChanged } from './report-gen.ts';
import { readClock } from './terminal.ts';

/** `gen migration`: an empty migration for what `backend.json` cannot say. */
export async function genMigration(typed: string, flags: Command, stacks: Stacks): Promise<void> {
  await inProject(stacks, async (project) => {
    const clock = readClock(process.env);
    const plan = await inProjectLayout(project, async (laid) =>
      planMigration(typed, laid, project.files, clock),
    );
    const command = `gen migration ${shellWord(typed)}`;
    const report = reportChanged('Write both ways of the migration, then run it.', project);
    const intent = { command, renames: {}, wasAsked: false, report };
    await carryOut(plan, project, intent, readChangeFlags(flags));
  });
}
