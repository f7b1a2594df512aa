import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { BrokenPromise } from '../check/promise.ts';
import { runChecks } from '../check/run-checks.ts';
import { UserError } from '../manifest/errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Stacks } from '../stacks/stack.ts';
import { lookAtProject } from './in-project.ts';
import { reportFinding, reportSummary } from './report-check.ts';
import { writeJson } from './report-error.ts';
import { tellUnapplied } from './report-unapplied.ts';
import { stderr } from './streams.ts';

const flagsSchema = z.object({
  json: z.boolean().default(false),
  yes: z.boolean().default(false),
  token: z.string().min(1).optional(),
});

const example = 'gen check http://localhost:3000';

/** `gen check`: tries on a running service every promise that backend.json makes over HTTP. */
export async function genCheck(address: string, options: object, stacks: Stacks): Promise<void> {
  const { json, yes, token } = flagsSchema.parse(options);
  await lookAtProject(stacks, async (project) => {
    const { applied } = project;
    const url = parseAddress(address);
    if (!yes && !isOfThisMachine(url)) throw refusedElsewhere(url);
    await requireAnswer(url);
    const checked = await checkedOf(applied, url.origin, token, json);
    const isKept = checked.findings.every(({ status }) => status !== 'broken');
    if (json) writeJson({ ...checked, result: { status: isKept ? 'kept' : 'broken' } });
    else reportSummary(checked);
    if (!isKept) process.exitCode = 1;
    tellUnapplied(project);
  });
}

async function checkedOf(
  manifest: Manifest,
  url: string,
  token: string | undefined,
  json: boolean,
) {
  try {
    return await runChecks(manifest, {
      url,
      token,
      pause,
      tell: (finding) => json || reportFinding(finding),
    });
  } catch (error) {
    if (!(error instanceof BrokenPromise)) throw error;
    const found = `${error.request} answered ${error.found}.`;
    const expected = `Expected ${error.expected}: without it nobody can sign in, and nothing can be checked.`;
    throw new UserError([{ found, expected }], `${example} --token …`);
  }
}

async function pause(seconds: number): Promise<void> {
  stderr().write(
    `Waiting ${seconds} seconds for the rate limit. Start the service with a high RATE_LIMIT and\n` +
      'AUTH_RATE_LIMIT, such as 100000/minute, to go on at once.\n',
  );
  await wait(seconds * 1000);
}

function parseAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRoot = url?.pathname === '/' && url.search === '' && url.hash === '';
  if (url && isRoot && /^https?:$/.test(url.protocol)) return url;
  const found = `\`${text}\` is not the address of a service.`;
  const expected = 'Expected one without a path, such as http://localhost:3000.';
  throw new UserError([{ found, expected }], example);
}

const isOfThisMachine = ({ hostname }: URL) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);

function refusedElsewhere({ origin }: URL): UserError {
  const found = `${origin} is on another machine, and a check makes and deletes rows and users.`;
  const expected = 'Expected --yes, if its data can be lost.';
  return new UserError([{ found, expected }], `gen check ${origin} --yes`);
}

async function requireAnswer(url: URL): Promise<void> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: 'manual' });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const found = `Nothing answers at ${url.origin}: ${cause instanceof Error ? cause.message : cause}.`;
    throw new UserError([{ found, expected: 'Expected a running service.' }], example);
  }
}
