import * as z from 'zod';
import { breaksOf } from '../compare/breaks.ts';
import type { Stacks } from '../stacks/stack.ts';
import { cancellable } from './cancel.ts';
import { readDocuments } from './documents.ts';
import { exitCodes } from './exit-codes.ts';
import { lookAtProject } from './in-project.ts';
import { reportBreaks, reportRendered } from './report-breaks.ts';
import { writeJson } from './report-error.ts';
import { tellUnapplied } from './report-unapplied.ts';

const flagsSchema = z.object({ json: z.boolean().default(false) });

/** `gen diff-api`: what of the API breaks clients since a git revision. */
export async function genDiffApi(revision: string, options: object, stacks: Stacks): Promise<void> {
  const { json } = flagsSchema.parse(options);
  await lookAtProject(stacks, async (project) => {
    const documents = await cancellable((signal) => readDocuments(project, revision, signal));
    const { commit, before, after, rendered } = documents;
    const breaks = breaksOf(before, after);
    const status = breaks.length > 0 ? 'breaks' : 'compatible';
    if (json) writeJson({ revision, commit, breaks, rendered, result: { status } });
    else reportBreaks(breaks, revision);
    reportRendered(rendered);
    if (breaks.length > 0) process.exitCode = exitCodes.refused;
    tellUnapplied(project);
  });
}
