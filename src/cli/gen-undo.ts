import type { Command } from 'commander';
import { UserError } from '../manifest/errors.ts';
import { migrationsOf, planUndo } from '../plan/plan-undo.ts';
import type { UndoRecord } from '../plan/undo-record.ts';
import { parseRecord, UNDO } from '../plan/undo-record.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readPending } from '../steps/pending-migrations.ts';
import { carryOut } from './carry-out.ts';
import { readChangeFlags } from './change-flags.ts';
import type { OpenProject } from './in-project.ts';
import { inProject } from './in-project.ts';
import { inProjectLayout } from './in-project-layout.ts';
import { programOf } from './program-of.ts';
import { reportChanged } from './report-gen.ts';
import { stderr } from './streams.ts';
import { readClock } from './terminal.ts';
import { typed } from './typed.ts';

/** `gen undo`: undoes the last command that changed the project. */
export async function genUndo(command: Command, stacks: Stacks): Promise<void> {
  const flags = readChangeFlags(command);
  await inProject(stacks, async (project) => {
    const { files, applied } = project;
    const record = parseRecord(files.read(UNDO));
    if (record === undefined) throw nothingToUndo();
    const hasMigrated = await mayHaveRun(project, record);
    const clock = readClock(process.env);
    const { force } = flags;
    const plan = await inProjectLayout(project, async (laid) =>
      planUndo({ record, applied, hasMigrated, stack: laid, files, clock, force }),
    );
    const command = typed(record.command, project.runner);
    const done = `Undone: ${command}`;
    const report = reportChanged(done, project);
    const again = 'gen undo';
    await carryOut(plan, project, { command: again, wasAsked: false, report }, flags);
  });
}

/** Whether migrations may have run: then a new one reverses them. */
async function mayHaveRun(
  { root, stack, manifest }: OpenProject,
  record: UndoRecord,
): Promise<boolean> {
  const names = migrationsOf(record, stack);
  if (names.length === 0) return false;
  const pending = await readPending(root, programOf(root, stack.migrationStatus(manifest)));
  if (pending.status === 'known') return names.some((name) => !pending.names.has(name));
  stderr().write(`It is unknown whether its migrations have run: ${pending.reason}.\n`);
  return true;
}

const nothingToUndo = () =>
  new UserError(
    [
      {
        found: 'There is no command to undo.',
        expected: 'Expected a command that changed this project on this machine.',
      },
    ],
    'git log --stat -1',
  );
