import * as z from 'zod';
import { renderAll } from '../plan/render-all.ts';
import type { Stacks } from '../stacks/stack.ts';
import { lookAtProject } from './in-project.ts';
import { writeJson } from './report-error.ts';

const flagsSchema = z.object({ tool: z.string() });

/** `gen render`: prints every rendered file as JSON: the merge base for a later version. */
export async function genRender(options: object, stacks: Stacks): Promise<void> {
  const { tool } = flagsSchema.parse(options);
  await lookAtProject(stacks, async ({ stack, manifest }) => {
    writeJson({ files: await renderAll(stack, manifest, tool) });
  });
}
