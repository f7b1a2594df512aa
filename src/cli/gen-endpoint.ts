import * as z from 'zod';
import { commit } from '../commit/commit.ts';
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
import { endpointCommand } from './endpoint-command.ts';
import { reportGenerated, reportGenJson, reportPreview, reportRefused } from './report-gen.ts';
import { exitCodes } from './run.ts';
import { isInteractive, readClock } from './terminal.ts';

const flagsSchema = z.object({
  pagination: z.string().optional(),
  only: z.string().optional(),
  under: z.string().optional(),
  singular: z.string().optional(),
  plural: z.string().optional(),
  dryRun: z.boolean().default(false),
  diff: z.boolean().default(false),
  json: z.boolean().default(false),
  yes: z.boolean().default(false),
  force: z.boolean().default(false),
});

/** `gen endpoint`: from what was typed, and asked where no field was, to a committed plan. */
export async function genEndpoint(name: string, fields: string[], options: object): Promise<void> {
  const flags = flagsSchema.parse(options);
  const { root, manifest: before } = await findProject(process.cwd());
  await takeBackHalfDone(root);

  const mayAsk = isInteractive() && !flags.yes && !flags.json && fields.length === 0;
  const typed: EndpointRequest = { name, fields, ...flags };
  const request = mayAsk ? await askOpen(typed, before) : typed;
  const { names, endpoint } = parseEndpoint(request, before);
  const after = addEndpoint(before, names.plural, endpoint);
  const plan = await planEndpoint({
    before,
    after,
    plural: names.plural,
    stack: express,
    files: readProject(root),
    clock: readClock(process.env),
    force: flags.force,
    command: endpointCommand(request),
  });

  const status = statusOf(plan);
  if (status !== 'ready') {
    if (flags.json) reportGenJson(plan, status);
    reportRefused(plan, status);
    process.exitCode = status === 'conflict' ? exitCodes.conflicts : exitCodes.refused;
    return;
  }
  if (flags.dryRun || flags.diff) {
    if (flags.json) return reportGenJson(plan, 'dry-run');
    return await reportPreview(plan, { diff: flags.diff });
  }
  if (mayAsk && !(await confirmPlan(plan))) throw cancelled();
  await commit(root, plan.changes);
  if (flags.json) reportGenJson(plan, 'done');
  else reportGenerated(plan, names, before, mayAsk ? endpointCommand(request) : undefined);
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

async function askOpen(request: EndpointRequest, manifest: Manifest): Promise<EndpointRequest> {
  const { askEndpoint } = await import('./ask-endpoint.ts');
  return askEndpoint(request, manifest);
}

async function confirmPlan(plan: Plan): Promise<boolean> {
  await reportPreview(plan, { diff: false });
  const { confirm } = await import('@inquirer/prompts');
  return confirm({ message: 'Write these files?' });
}

function cancelled(): UserError {
  const found = 'You answered no: nothing was written.';
  return new UserError(
    [{ found, expected: 'Ask again, or type the fields.' }],
    'gen endpoint --help',
  );
}
