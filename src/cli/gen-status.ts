import * as z from 'zod';
import { EJECTED } from '../manifest/template-places.ts';
import { changedOriginals, parseEjected } from '../plan/plan-eject.ts';
import { isBehind, readStatus } from '../plan/status.ts';
import type { Project } from '../project/read-project.ts';
import type { Stack, Stacks } from '../stacks/stack.ts';
import { readPending } from '../steps/pending-migrations.ts';
import { exitCodes } from './exit-codes.ts';
import { lookAtProject } from './in-project.ts';
import { inProjectLayout } from './in-project-layout.ts';
import { version } from './package.ts';
import { programOf } from './program-of.ts';
import { reportStatus, reportStatusJson } from './report-status.ts';
import { versionStatuses } from './report-versions.ts';

const flagsSchema = z.object({ json: z.boolean().default(false) });

/** `gen status`: compares the generated files, wiring and migrations with the manifest. */
export async function genStatus(options: object, stacks: Stacks): Promise<void> {
  const { json } = flagsSchema.parse(options);
  await lookAtProject(stacks, async (open) => {
    const { root, manifest, applied, others, madeBy, files, stack } = open;
    const database = await readPending(root, programOf(root, stack.migrationStatus(manifest)));
    const { names: pending, missing = [] } =
      database.status === 'known' ? database : { names: undefined };
    const project = { applied, manifest, madeBy, files, isMerged: others.length > 0 };
    const status = await inProjectLayout(open, (laid) =>
      readStatus({ ...project, stack: laid, version, pending, missing }),
    );
    const changedTemplates = await readChanged(stack, files);
    const versions = versionStatuses(applied, stack);
    const told = { ...status, changedTemplates, ...(versions.length > 0 && { versions }) };
    if (json) reportStatusJson(told, database);
    else reportStatus(told, database, open);
    if (isBehind(status)) process.exitCode = exitCodes.refused;
  });
}

/** The ejected templates whose originals have changed since. The originals are a large chunk. */
async function readChanged(stack: Stack, files: Project): Promise<string[]> {
  const ejected = parseEjected(files.read(EJECTED));
  if (Object.keys(ejected).length === 0) return [];
  const changed = changedOriginals(ejected, await stack.originals());
  return changed.filter((path) => files.read(path) !== undefined);
}
