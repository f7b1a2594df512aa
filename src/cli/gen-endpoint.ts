import type { Command } from 'commander';
import * as z from 'zod';
import type { EndpointRequest } from '../manifest/endpoint.ts';
import { parseEndpoint } from '../manifest/endpoint.ts';
import { endpointCommand } from '../manifest/endpoint-args.ts';
import { UserError } from '../manifest/errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { addEndpoint } from '../manifest/manifest.ts';
import { planChange } from '../plan/plan-change.ts';
import { carryOut } from './carry-out.ts';
import type { ChangeFlags } from './change-flags.ts';
import { readChangeFlags } from './change-flags.ts';
import type { OpenProject } from './in-project.ts';
import { inProject, requireApplied } from './in-project.ts';
import { inProjectLayout } from './in-project-layout.ts';
import { newSecret } from './new-secret.ts';
import { reportGenerated } from './report-gen.ts';
import { isInteractive, readClock } from './terminal.ts';

const settingsSchema = z.object({
  pagination: z.string().optional(),
  only: z.string().optional(),
  under: z.string().optional(),
  access: z.string().optional(),
  rateLimit: z.string().optional(),
  singular: z.string().optional(),
  plural: z.string().optional(),
});
type Settings = z.infer<typeof settingsSchema>;
type Input = {
  name: string | undefined;
  fields: string[];
  settings: Settings;
  flags: ChangeFlags;
};

/** `gen endpoint`: from what was typed, and asked where no field was, to a committed plan. */
export async function genEndpoint(
  name: string | undefined,
  fields: string[],
  command: Command,
): Promise<void> {
  const flags = readChangeFlags(command);
  const settings = settingsSchema.parse(command.opts());
  await inProject((project) => generate(project, { name, fields, settings, flags }));
}

async function generate(
  project: OpenProject,
  { name, fields, settings, flags }: Input,
): Promise<void> {
  requireApplied(project);
  const { manifest: before, lineage, files, madeBy: version } = project;
  const wasAsked = fields.length === 0 && !flags.yes && !flags.json && isInteractive();
  const open = { name, fields, ...settings };
  const request = wasAsked ? await askOpen(open, before) : complete(open);
  const { names, endpoint } = parseEndpoint(request, before);
  const command = endpointCommand(request);
  const after = addEndpoint(before, names.plural, endpoint);
  const renames = {};
  const plan = await inProjectLayout(project, (stack) =>
    planChange({
      before,
      lineage,
      after,
      renames,
      about: names.plural,
      stack,
      files,
      clock: readClock(process.env),
      force: flags.force,
      command,
      newSecret,
      version,
    }),
  );
  const report = reportGenerated(names, project);
  await carryOut(plan, project, { command, renames, wasAsked, report }, flags);
}

type OpenRequest = Omit<EndpointRequest, 'name'> & { name: string | undefined };

async function askOpen(request: OpenRequest, manifest: Manifest): Promise<EndpointRequest> {
  const { askEndpoint } = await import('./ask-endpoint.ts');
  return askEndpoint(request, manifest);
}

function complete(request: OpenRequest): EndpointRequest {
  const { name } = request;
  if (name !== undefined) return { ...request, name };
  throw new UserError(
    [{ found: 'No endpoint was named.', expected: 'Expected its name and its fields.' }],
    'gen endpoint posts title:string',
  );
}
