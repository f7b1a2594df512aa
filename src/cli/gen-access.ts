import * as z from 'zod';
import { accessTable } from '../stacks/access-table.ts';
import { describeAll } from '../stacks/resource.ts';
import { accessRows } from '../stacks/sections.ts';
import type { FoundRoute, Route, Stacks } from '../stacks/stack.ts';
import { out } from './colors.ts';
import { columns } from './columns.ts';
import { lookAtProject } from './in-project.ts';
import { writeJson } from './report-error.ts';
import { tellUnapplied } from './report-unapplied.ts';
import { stderr } from './streams.ts';

const flagsSchema = z.object({ json: z.boolean().default(false) });

/** `gen list --access`: who may do what by `backend.json`, and where the code says otherwise. */
export async function genAccess(options: object, stacks: Stacks): Promise<void> {
  const { json } = flagsSchema.parse(options);
  await lookAtProject(stacks, async ({ manifest, applied, stack, files, runner }) => {
    const table = accessTable(describeAll(applied));
    const { routes } = await stack.readRoutes(applied, files.read);
    const differing = differingRoutes(routes, stack.listRoutes(applied));
    if (json) writeJson({ ...table, differing });
    else {
      const [head = '', ...lines] = columns(accessRows(table));
      for (const line of [out.dim(head), ...lines]) process.stdout.write(`${line}\n`);
    }
    for (const { method, path, file, access, generated } of differing) {
      stderr().write(
        `\n${file}: ${method} ${path} is for \`${access}\`, not for \`${generated}\` as in backend.json.`,
      );
    }
    if (differing.length > 0) stderr().write('\n');
    tellUnapplied(manifest, applied, runner);
  });
}

type Differing = FoundRoute & { generated: string };

/** The routes that the code gives to others than `backend.json` does. */
function differingRoutes(found: readonly FoundRoute[], generated: readonly Route[]): Differing[] {
  return found.flatMap((route) => {
    const expected = generated.find(
      ({ method, path }) => method === route.method && path === route.path,
    );
    const isKnown = expected !== undefined && route.access !== 'unknown';
    return isKnown && expected.access !== route.access
      ? [{ ...route, generated: expected.access }]
      : [];
  });
}
