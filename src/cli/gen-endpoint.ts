import * as z from 'zod';
import { commit } from '../commit/commit.ts';
import { nodeDisk } from '../commit/disk.ts';
import { recover } from '../commit/recover.ts';
import { planEndpoint } from '../plan/plan-endpoint.ts';
import { findProject } from '../project/find-project.ts';
import { readProject } from '../project/read-project.ts';
import type { Plan } from '../spec/change.ts';
import type { EndpointRequest } from '../spec/endpoint.ts';
import { parseEndpoint } from '../spec/endpoint.ts';
import { UserError } from '../spec/errors.ts';
import type { Manifest } from '../spec/manifest.ts';
import { addEndpoint } from '../spec/manifest.ts';
import { express } from '../stacks/express/express.ts';
import { cancellable } from './cancel.ts';
import { endpointCommand } from './endpoint-command.ts';
import { exitCodes } from './exit-codes.ts';
import {
  reportDeclined,
  reportGenerated,
  reportGenJson,
  reportPreview,
  reportRefused,
} from './report-gen.ts';
import { isInteractive, readClock } from './terminal.ts';
import { typed } from './typed.ts';

const flagsSchema = z.object({
  pagination: z.string().optional(),
  only: z.string().optional(),
  under: z.string().optional(),
  access: z.string().optional(),
  rateLimit: z.string().optional(),
  singular: z.string().optional(),
  plural: z.string().optional(),
  dryRun: z.boolean().default(false),
  diff: z.boolean().default(false),
  json: z.boolean().default(false),
  yes: z.boolean().default(false),
  force: z.boolean().default(false),
});
type Flags = z.infer<typeof flagsSchema>;

/** `gen endpoint`: from what was typed, and asked where no field was, to a committed plan. */
export async function genEndpoint(
  name: string | undefined,
  fields: string[],
  options: object,
): Promise<void> {
  const flags = flagsSchema.parse(options);
  const { root, manifest } = await findProject(process.cwd());
  try {
    await generate(root, manifest, { name, fields, flags });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // From here on it is known through which package manager the project runs its tools.
    throw new UserError(error.problems, typed(error.command, manifest.packageManager));
  }
}

type Input = { name: string | undefined; fields: string[]; flags: Flags };

async function generate(root: string, before: Manifest, { name, fields, flags }: Input) {
  await takeBackHalfDone(root);
  const { pagination, only, under, access, rateLimit, singular, plural } = flags;
  const mayAsk = isInteractive() && !flags.yes && !flags.json && fields.length === 0;
  const open = { name, fields, pagination, only, under, access, rateLimit, singular, plural };
  const request = mayAsk ? await askOpen(open, before) : complete(open);
  const { names, endpoint } = parseEndpoint(request, before);
  const plan = await planEndpoint({
    before,
    after: addEndpoint(before, names.plural, endpoint),
    plural: names.plural,
    stack: express,
    files: readProject(root),
    clock: readClock(process.env),
    force: flags.force,
    command: endpointCommand(request),
  });

  const whole = `${endpointCommand(request)}${flags.force ? ' --force' : ''}`;
  const again = typed(whole, before.packageManager);
  const repeat = mayAsk ? again : undefined;
  const status = statusOf(plan);
  if (status !== 'ready') {
    if (flags.json) reportGenJson(plan, status);
    reportRefused(plan, status, again);
    process.exitCode = status === 'conflict' ? exitCodes.conflicts : exitCodes.refused;
    return;
  }
  if (flags.dryRun || flags.diff) {
    if (flags.json) return reportGenJson(plan, 'dry-run');
    return await reportPreview(plan, flags, repeat);
  }
  if (repeat !== undefined && plan.changes.length > 0 && !(await confirmPlan(plan, flags.force))) {
    reportDeclined(repeat);
    process.exitCode = exitCodes.refused;
    return;
  }
  await cancellable((signal) => commit(root, plan.changes, nodeDisk, signal));
  if (flags.json) reportGenJson(plan, 'done');
  else reportGenerated(plan, names, before, repeat);
}

/** Nothing is written while a shared file cannot be wired or edits conflict. */
function statusOf({ notices }: Plan): 'ready' | 'manual' | 'conflict' {
  if (notices.some(({ kind }) => kind === 'conflict')) return 'conflict';
  return notices.some(({ kind }) => kind === 'manual') ? 'manual' : 'ready';
}

async function takeBackHalfDone(root: string): Promise<void> {
  if ((await recover(root)) === 'undone') {
    process.stderr.write(
      'An earlier command was cut off while it wrote: its changes are undone.\n',
    );
  }
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

/** An empty answer never means that something is replaced. */
async function confirmPlan(plan: Plan, force: boolean): Promise<boolean> {
  const { confirmWrite } = await import('./ask-endpoint.ts');
  return confirmWrite(plan, !force);
}
