import * as z from 'zod';
import type { FoundRoute, Stacks } from '../stacks/stack.ts';
import { out } from './colors.ts';
import { columns } from './columns.ts';
import { lookAtProject } from './in-project.ts';
import { writeJson } from './report-error.ts';
import { tellUnapplied } from './report-unapplied.ts';
import { stderr } from './streams.ts';

const flagsSchema = z.object({ json: z.boolean().default(false) });

/** `gen list`: the routes that the code mounts, with access and file. */
export async function genList(options: object, stacks: Stacks): Promise<void> {
  const { json } = flagsSchema.parse(options);
  await lookAtProject(stacks, async ({ manifest, applied, stack, files, runner }) => {
    const listing = await stack.readRoutes(applied, files.read);
    const { routes, unclear, missing } = listing;
    if (json) writeJson(listing);
    else for (const line of routeLines(routes)) process.stdout.write(`${line}\n`);
    for (const sentence of unclear) stderr().write(`\n${sentence}`);
    for (const { method, path, file } of missing) {
      stderr().write(
        `\n${file} was generated with ${method} ${path}, and does not answer it any more.`,
      );
    }
    if (unclear.length + missing.length > 0) stderr().write('\n');
    tellUnapplied(manifest, applied, runner);
  });
}

function routeLines(routes: readonly FoundRoute[]): string[] {
  const rows = routes.map(({ method, path, access, file }) => [method, path, access, file]);
  const [head = '', ...lines] = columns([['method', 'path', 'access', 'file'], ...rows]);
  return [out.dim(head), ...lines];
}
