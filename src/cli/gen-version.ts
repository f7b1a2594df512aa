import type { Command } from 'commander';
import * as z from 'zod';
import { oldVersionsOf } from '../manifest/old-versions.ts';
import { shellWord } from '../manifest/shell.ts';
import { addVersion, removeVersion } from '../manifest/version-request.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';
import { readClock } from './terminal.ts';

const flagsSchema = z.object({ sunset: z.string().optional() });

/** `gen version`: a newer version of the API beside the one of now. */
export async function genVersion(name: string, command: Command, stacks: Stacks): Promise<void> {
  const { sunset } = flagsSchema.parse(command.opts());
  const today = readClock(process.env).toISOString().slice(0, 10);
  await changeProject(stacks, readChangeFlags(command), (project) => {
    requireApplied(project);
    const { manifest } = project;
    const after = addVersion({ name, sunset, today }, manifest);
    const flag = sunset === undefined ? '' : ` --sunset ${shellWord(sunset)}`;
    const [[old, { basePath }] = [manifest.basePath, manifest]] = oldVersionsOf(after);
    const done =
      after.basePath === manifest.basePath
        ? `${old} at ${basePath} is served until ${sunset}.`
        : `The API is at ${after.basePath} now; ${manifest.basePath} is deprecated and goes on.`;
    const report = reportChanged(done, project, `backend.json has ${name} already.`);
    return { command: `gen version ${shellWord(name)}${flag}`, after, report };
  });
}

/** `gen version remove`: takes an old version out without a trace. */
export async function removeOldVersion(
  name: string,
  command: Command,
  stacks: Stacks,
): Promise<void> {
  await changeProject(stacks, readChangeFlags(command), (project) => {
    requireApplied(project);
    const after = removeVersion(name, project.manifest);
    const report = reportChanged(`Removed ${name}.`, project);
    return { command: `gen version remove ${shellWord(name)}`, after, report };
  });
}
