import type { Command } from 'commander';
import { isAccounts } from '../manifest/accounts.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { OWN_TEMPLATES } from '../manifest/template-places.ts';
import { planEject } from '../plan/plan-eject.ts';
import type { Stacks } from '../stacks/stack.ts';
import { carryOut } from './carry-out.ts';
import { readChangeFlags } from './change-flags.ts';
import { inEarlierProject } from './in-project.ts';
import { reportPlainly } from './report-gen.ts';

/** `gen eject endpoint`: copies the templates of endpoints into the project. */
export async function genEject(typed: Command, stacks: Stacks): Promise<void> {
  const flags = readChangeFlags(typed);
  await inEarlierProject(stacks, async (project) => {
    const originals = await project.stack.originals(project.manifest);
    const plan = planEject(originals, project.files, flags.force);
    const command = 'gen eject endpoint';
    const others = madeOtherwise(project.manifest);
    const report = reportPlainly(
      `Endpoints are now made from ${OWN_TEMPLATES}${others}. To use an original again, delete its copy.`,
      'the project has these templates already.',
    );
    await carryOut(plan, project, { command, renames: {}, wasAsked: false, report }, flags);
  });
}

/** What own templates do not apply to. */
function madeOtherwise(manifest: Manifest): string {
  const users = Object.keys(manifest.endpoints).filter((name) => isAccounts(manifest, name));
  const others = [...users, ...(manifest.graphql ? ['the files of GraphQL'] : [])];
  return others.length === 0 ? '' : `, except ${others.join(' and ')}`;
}
