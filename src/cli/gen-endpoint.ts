import * as z from 'zod';
import { planChange } from '../plan/plan-change.ts';
import type { EndpointRequest } from '../spec/endpoint.ts';
import { parseEndpoint } from '../spec/endpoint.ts';
import { UserError } from '../spec/errors.ts';
import type { Manifest } from '../spec/manifest.ts';
import { addEndpoint } from '../spec/manifest.ts';
import { carryOut } from './carry-out.ts';
import { changeFlagsSchema } from './change-flags.ts';
import { endpointCommand } from './endpoint-command.ts';
import type { OpenProject } from './in-project.ts';
import { inProject, requireApplied } from './in-project.ts';
import { newSecret } from './new-secret.ts';
import { reportGenerated } from './report-gen.ts';
import { isInteractive, readClock } from './terminal.ts';

const flagsSchema = changeFlagsSchema.extend({
  pagination: z.string().optional(),
  only: z.string().optional(),
  under: z.string().optional(),
  access: z.string().optional(),
  rateLimit: z.string().optional(),
  singular: z.string().optional(),
  plural: z.string().optional(),
});
type Flags = z.infer<typeof flagsSchema>;
type Input = { name: string | undefined; fields: string[]; flags: Flags };

/** `gen endpoint`: from what was typed, and asked where no field was, to a committed plan. */
export async function genEndpoint(
  name: string | undefined,
  fields: string[],
  options: object,
): Promise<void> {
  const flags = flagsSchema.parse(options);
  await inProject((project) => generate(project, { name, fields, flags }));
}

async function generate(project: OpenProject, { name, fields, flags }: Input): Promise<void> {
  requireApplied(project);
  const { manifest: before, lineage, files, madeBy: version } = project;
  const { pagination, only, under, access, rateLimit, singular, plural } = flags;
  const wasAsked = fields.length === 0 && !flags.yes && !flags.json && isInteractive();
  const open = { name, fields, pagination, only, under, access, rateLimit, singular, plural };
  const request = wasAsked ? await askOpen(open, before) : complete(open);
  const { names, endpoint } = parseEndpoint(request, before);
  const after = addEndpoint(before, names.plural, endpoint);
  const renames = {};
  const plan = await planChange({
    before,
    lineage,
    after,
    renames,
    about: names.plural,
    stack: project.stack,
    files,
    clock: readClock(process.env),
    force: flags.force,
    command: endpointCommand(request),
    newSecret,
    version,
  });
  const command = `${endpointCommand(request)}${flags.force ? ' --force' : ''}`;
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
