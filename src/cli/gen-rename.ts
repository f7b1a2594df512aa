import { kebabCase } from 'change-case';
import * as z from 'zod';
import { parseEndpointRename } from '../spec/endpoint-rename.ts';
import { UserError } from '../spec/errors.ts';
import { isApplied } from '../spec/lock.ts';
import type { EndpointRename } from '../spec/renames.ts';
import { shellWord } from '../spec/shell.ts';
import { changeFlagsSchema } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import type { OpenProject } from './in-project.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';

const flagsSchema = changeFlagsSchema.extend({ singular: z.string().optional() });

/** `gen endpoint rename`: the table keeps its rows, and all code follows. */
export async function genRename(
  typed: { from: string | undefined; to: string | undefined },
  options: object,
): Promise<void> {
  const flags = flagsSchema.parse(options);
  refuseStray(options);
  const [from, to] = readNames(typed.from, typed.to);
  const given = flags.singular === undefined ? [] : ['--singular', flags.singular];
  const command = ['gen', 'endpoint', 'rename', from, to, ...given].map(shellWord).join(' ');
  await changeProject(flags, command, (project) => {
    const { manifest, applied } = project;
    const renamed = parseEndpointRename({ from, to, singular: flags.singular }, applied);
    const { endpoint: rename } = renamed.renames;
    const isByHand = rename !== undefined && isRenamedByHand(project, rename);
    if (!isByHand) requireApplied(project);
    const own = flags.singular ?? manifest.endpoints[rename?.to ?? '']?.singular;
    const { after, renames, before, names } = isByHand
      ? parseEndpointRename({ from, to, singular: own }, applied)
      : renamed;
    const rest = isApplied(manifest, after)
      ? ''
      : ' What else backend.json says waits for gen apply.';
    const done = `The ${before.humanPlural} are ${names.humanPlural} now.${isByHand ? rest : ''}`;
    return { after, renames, report: reportChanged(done, project) };
  });
}

/** Whether backend.json has the new name already: then the code follows, and what else it says waits. */
function isRenamedByHand(
  { manifest: { endpoints } }: OpenProject,
  rename: EndpointRename,
): boolean {
  return !Object.hasOwn(endpoints, rename.from) && Object.hasOwn(endpoints, rename.to);
}

/** What is not two names was perhaps meant to add an endpoint of that name. */
function readNames(from: string | undefined, to: string | undefined): [from: string, to: string] {
  const words = [from, to].flatMap((word) => word ?? []);
  if (from !== undefined && to !== undefined && !words.some(isField)) return [from, to];
  if (words.some(isField)) {
    const found = `\`gen endpoint rename\` renames an endpoint, and \`${words.find(isField)}\` is a field.`;
    const expected = 'Expected two names; an endpoint that is called so is added by its plural.';
    const command = ['gen', 'endpoint', 'renames', ...words].map(shellWord).join(' ');
    throw new UserError([{ found, expected }], command);
  }
  const found = from === undefined ? 'No endpoint was named.' : 'There is no new name.';
  const problem = { found, expected: 'Expected the name of an endpoint, and its new one.' };
  throw new UserError([problem], `gen endpoint rename ${from ?? 'posts'} articles`);
}

/** An option of `gen endpoint` that stands before the word `rename`. */
function refuseStray(options: object): void {
  const stray = Object.keys(options).find((name) => !(name in flagsSchema.shape));
  if (stray === undefined) return;
  const found = `\`--${kebabCase(stray)}\` is for a new endpoint.`;
  const problem = { found, expected: 'Expected it in backend.json, and `gen apply`.' };
  throw new UserError([problem], 'gen endpoint rename --help');
}

const isField = (word: string) => word.includes(':');
