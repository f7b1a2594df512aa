import type { Command } from 'commander';
import * as z from 'zod';
import { asksForAccounts, growAccounts } from '../manifest/accounts-request.ts';
import type { EndpointRequest } from '../manifest/endpoint.ts';
import { parseEndpoint } from '../manifest/endpoint.ts';
import { endpointCommand } from '../manifest/endpoint-args.ts';
import { isSwitch, requestFlags } from '../manifest/endpoint-settings.ts';
import { UserError } from '../manifest/errors.ts';
import { addEndpoint } from '../manifest/manifest.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import type { OpenProject } from './in-project.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged, reportGenerated } from './report-gen.ts';
import { isInteractive } from './terminal.ts';

/** A switch that was not typed is true. */
const switchSchema = z.boolean().transform((isOn) => (isOn ? undefined : 'false'));
const settingsSchema = z.object(
  Object.fromEntries(
    requestFlags.map((flag) => [flag, isSwitch(flag) ? switchSchema : z.string().optional()]),
  ),
);

/** `gen endpoint`: adds an endpoint, and asks for its fields if none was typed. */
export async function genEndpoint(
  name: string | undefined,
  fields: string[],
  typed: Command,
  stacks: Stacks,
): Promise<void> {
  const flags = readChangeFlags(typed);
  const open = { name, fields, ...settingsSchema.parse(typed.opts()) };
  const mayAsk = fields.length === 0 && !flags.yes && !flags.json && isInteractive();
  await changeProject(stacks, flags, async (project) => {
    requireApplied(project);
    const { manifest: before, stack } = project;
    if (asksForAccounts(name, before)) {
      const grown = growAccounts(complete(open), before, stack.rules);
      const { names, after, command, done, nothing } = grown;
      return { command, after, about: names.plural, report: reportChanged(done, project, nothing) };
    }
    const request = mayAsk ? await askOpen(open, project) : complete(open);
    const { names, endpoint } = parseEndpoint(request, before, stack.rules);
    return {
      command: endpointCommand(request),
      after: addEndpoint(before, names.plural, endpoint),
      about: names.plural,
      wasAsked: mayAsk,
      report: reportGenerated(names, project),
    };
  });
}

type OpenRequest = Omit<EndpointRequest, 'name'> & { name: string | undefined };

async function askOpen(
  request: OpenRequest,
  { manifest, stack }: OpenProject,
): Promise<EndpointRequest> {
  const { askEndpoint } = await import('./ask-endpoint.ts');
  return askEndpoint(request, manifest, stack.rules);
}

function complete(request: OpenRequest): EndpointRequest {
  const { name } = request;
  if (name !== undefined) return { ...request, name };
  throw new UserError(
    [{ found: 'The endpoint has no name.', expected: 'Expected a name and its fields.' }],
    'gen endpoint posts title:string',
  );
}
