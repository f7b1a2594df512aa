import { relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { shellWord } from '../manifest/shell.ts';
import { findProject } from '../project/find-project.ts';
import { parseClient, usualClient } from '../stacks/extras/client/place.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import { checkClient, writeClient } from './client-file.ts';
import { lookAtProject, requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';

const flagsSchema = z.object({
  out: z.string().optional(),
  check: z.boolean().default(false),
});

/**
 * `gen client`: a typed client of the API. In the project it is a file like every other, and
 * `backend.json` says where; elsewhere it is written as a whole each time.
 */
export async function genClient(typed: Command, stacks: Stacks): Promise<void> {
  const { out, check } = flagsSchema.parse(typed.opts());
  const flags = readChangeFlags(typed);
  const { root } = await findProject(process.cwd());
  const path =
    out === undefined ? undefined : parseClient(relative(root, resolve(out)).split(sep).join('/'));
  const isElsewhere = path?.startsWith('../') ?? false;
  if (check || isElsewhere) {
    await lookAtProject(stacks, async (project) => {
      requireApplied(project);
      const at = path ?? project.manifest.client ?? usualClient;
      const file = { path: at, typed: out ?? at, isElsewhere };
      await (check ? checkClient(file, project, flags.json) : writeClient(file, project, flags));
    });
    return;
  }
  await changeProject(stacks, flags, (project) => {
    requireApplied(project);
    const { manifest } = project;
    const client = path ?? manifest.client ?? usualClient;
    const report = reportChanged(
      manifest.client === undefined
        ? `Added the client ${client}.`
        : `Moved the client to ${client}.`,
      project,
      `${client} is up to date.`,
    );
    const command = `gen client --out ${shellWord(client)}`;
    return { command, after: { ...manifest, client }, report };
  });
}
