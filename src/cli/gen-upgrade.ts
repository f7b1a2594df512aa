import type { Command } from 'commander';
import type { Notice, Plan } from '../manifest/change.ts';
import { newsSince } from '../plan/news.ts';
import { planUpgrade } from '../plan/plan-upgrade.ts';
import { renderAll } from '../plan/render-all.ts';
import { findTool } from '../project/find-tool.ts';
import { installedAt } from '../project/is-installed.ts';
import { packageRoot } from '../project/package-root.ts';
import { readChangelog } from '../project/read-changelog.ts';
import type { RenderedFile, Stack, Stacks } from '../stacks/stack.ts';
import { carryOut } from './carry-out.ts';
import type { ChangeFlags } from './change-flags.ts';
import { readChangeFlags } from './change-flags.ts';
import type { OpenProject } from './in-project.ts';
import { FIRST_VERSION, inEarlierProject, requireMerged } from './in-project.ts';
import { inProjectLayout } from './in-project-layout.ts';
import { version } from './package.ts';
import { renderAsBefore } from './render-as-before.ts';
import { reportChanged } from './report-gen.ts';
import { reportNews } from './report-news.ts';
import { readClock } from './terminal.ts';

/** `gen upgrade`: merges the changes of this version into a project of an earlier one. */
export async function genUpgrade(command: Command, stacks: Stacks): Promise<void> {
  const flags = readChangeFlags(command);
  await inEarlierProject(stacks, async (project) => {
    const { madeBy } = project;
    const plan = madeBy === version ? nothing : await upgrade(project, flags);
    const told = {
      done: `Upgraded the project from create-backend ${madeBy} to ${version}.`,
      nothing: `the project is at create-backend ${version} already.`,
    };
    await carryOut(
      plan,
      project,
      {
        command: 'gen upgrade',
        renames: {},
        wasAsked: false,
        report: (plan, repeat) => {
          reportChanged(told.done, project, told.nothing)(plan, repeat);
          if (plan.changes.length > 0) reportNews(newsSince(readChangelog(), madeBy, version));
        },
      },
      flags,
    );
  });
}

const nothing: Plan = { changes: [], steps: [], notices: [] };

async function upgrade(project: OpenProject, { force }: ChangeFlags): Promise<Plan> {
  requireMerged(project);
  const { root, applied, lineage, madeBy, files } = project;
  const base = await renderAsBefore(project);
  const { toolNote: note } = project.stack;
  const asks = note.read(files.read(note.path) ?? '');
  const user = { installed: installedAt(root, note.installed), asks };
  const tool = await findTool(packageRoot(import.meta.url), user);
  const clock = readClock(process.env);
  const plan = await inProjectLayout(project, async (stack) => {
    const generated = await renderAll(stack, applied, note.referenceTo(tool));
    const code = { applied, lineage, base: base.map(laidOut(stack)), generated };
    return planUpgrade({ ...code, madeBy, version, tool, stack, files, clock, force });
  });
  return { ...plan, notices: [...plan.notices, ...warnings(project)] };
}

const laidOut =
  ({ layOut }: Stack) =>
  ({ path, content }: RenderedFile): RenderedFile => ({ path, content: layOut(path, content) });

/** The first version did not write a new base path into the files that it had rendered. */
function warnings({ madeBy, applied: { basePath } }: OpenProject): Notice[] {
  if (madeBy !== FIRST_VERSION || basePath === '/api') return [];
  const message = `${madeBy} rendered the base path /api; the generated files now use ${basePath}`;
  return [{ kind: 'warning', path: 'backend.json', message }];
}
