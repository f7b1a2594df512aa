import { kebabCase } from 'change-case';
import type { Command } from 'commander';
import * as z from 'zod';
import { parseEndpointRename } from '../manifest/endpoint-rename.ts';
import { isSwitch } from '../manifest/endpoint-settings.ts';
import { UserError } from '../manifest/errors.ts';
import { isApplied } from '../manifest/lock.ts';
import type { EndpointRename } from '../manifest/renames.ts';
import { shellWord } from '../manifest/shell.ts';
import type { Stacks } from '../stacks/stack.ts';
import type { ChangeFlags } from './change-flags.ts';
import { changeFlagsSchema, readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import type { OpenProject } from './in-project.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';
import { withFlags } from './typed-flags.ts';

const settingsSchema = z.object({ singular: z.string().optional() });
const known = { ...changeFlagsSchema.shape, ...settingsSchema.shape };

/** `gen endpoint rename`: renames the table, which keeps its rows, and all code. */
export async function genRename(
  typed: { from: string | undefined; to: string | undefined },
  typedCommand: Command,
  stacks: Stacks,
): Promise<void> {
  const options = typedCommand.optsWithGlobals();
  refuseStray(options);
  const flags = readChangeFlags(typedCommand);
  const { singular } = settingsSchema.parse(options);
  const [from, to] = readNames(typed.from, typed.to, flags);
  const given = singular === undefined ? [] : ['--singular', singular];
  const command = ['gen', 'endpoint', 'rename', from, to, ...given].map(shellWord).join(' ');
  await changeProject(stacks, flags, (project) => {
    const { manifest, applied } = project;
    const { rules } = project.stack;
    const renamed = parseEndpointRename({ from, to, singular }, applied, rules);
    const { endpoint: rename } = renamed.renames;
    const isByHand = rename !== undefined && isRenamedByHand(project, rename);
    if (!isByHand) requireApplied(project);
    const own = singular ?? manifest.endpoints[rename?.to ?? '']?.singular;
    const { after, renames, before, names } = isByHand
      ? parseEndpointRename({ from, to, singular: own }, applied, rules)
      : renamed;
    const rest = isApplied(manifest, after)
      ? ''
      : ' Other edits of backend.json are not applied yet: run gen apply.';
    const done = `Renamed ${before.plural} to ${names.plural}.${isByHand ? rest : ''}`;
    return { command, after, renames, report: reportChanged(done, project) };
  });
}

/** Whether backend.json has the new name already: then only the code is renamed. */
function isRenamedByHand(
  { manifest: { endpoints } }: OpenProject,
  rename: EndpointRename,
): boolean {
  return !Object.hasOwn(endpoints, rename.from) && Object.hasOwn(endpoints, rename.to);
}

/** The two names. With fields, an endpoint called `renames` was perhaps meant to be added. */
function readNames(
  from: string | undefined,
  to: string | undefined,
  flags: ChangeFlags,
): [from: string, to: string] {
  const words = [from, to].flatMap((word) => word ?? []);
  if (from !== undefined && to !== undefined && !words.some(isField)) return [from, to];
  if (words.some(isField)) {
    const found = `\`gen endpoint rename\` renames an endpoint, and \`${words.find(isField)}\` is a field.`;
    const expected = 'Expected two names. To add an endpoint of that name, type its plural.';
    const command = ['gen', 'endpoint', 'renames', ...words].map(shellWord).join(' ');
    throw new UserError([{ found, expected }], withFlags(command, flags.typed));
  }
  const found = from === undefined ? 'The endpoint has no name.' : 'The new name is missing.';
  const problem = { found, expected: 'Expected the name of an endpoint and its new name.' };
  throw new UserError([problem], `gen endpoint rename ${from ?? 'posts'} articles`);
}

/** Refuses an option of `gen endpoint` before the word `rename`. */
function refuseStray(options: object): void {
  // A switch that was not typed is true.
  const typed = Object.entries(options).filter(
    ([name, value]) => !isSwitch(name) || value !== true,
  );
  const stray = typed.map(([name]) => name).find((name) => !(name in known));
  if (stray === undefined) return;
  const flag = isSwitch(stray) ? `no-${kebabCase(stray)}` : kebabCase(stray);
  const found = `\`--${flag}\` is only for new endpoints.`;
  const problem = { found, expected: 'To change it, edit backend.json and run `gen apply`.' };
  throw new UserError([problem], 'gen endpoint rename --help');
}

const isField = (word: string) => word.includes(':');
