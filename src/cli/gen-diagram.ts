import * as z from 'zod';
import { mermaidOf } from '../stacks/diagram/mermaid.ts';
import { modelOf } from '../stacks/diagram/model.ts';
import { describeAll } from '../stacks/resource.ts';
import type { Stacks } from '../stacks/stack.ts';
import { lookAtProject } from './in-project.ts';
import { tellUnapplied } from './report-unapplied.ts';

const flagsSchema = z.object({ svg: z.boolean().default(false) });

/** `gen diagram`: the tables of the project and how they refer to each other. */
export async function genDiagram(options: object, stacks: Stacks): Promise<void> {
  const { svg } = flagsSchema.parse(options);
  await lookAtProject(stacks, async ({ manifest, applied, runner }) => {
    const model = modelOf(describeAll(applied));
    if (svg) {
      const { svgOf } = await import('../stacks/diagram/svg.ts');
      process.stdout.write(svgOf(model));
    } else process.stdout.write(`${mermaidOf(model)}\n`);
    tellUnapplied(manifest, applied, runner);
  });
}
