import { hasPart } from '../manifest/account-parts.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { sampleOf } from '../stacks/endpoint/values.ts';
import { describeAll, type Resource } from '../stacks/resource.ts';
import { accessChecks } from './access.ts';
import { accountChecks } from './accounts.ts';
import { browserChecks } from './browser.ts';
import { findCallers } from './callers.ts';
import { createCleanup } from './cleanup.ts';
import { createClient } from './client.ts';
import { filterChecks } from './filters.ts';
import { inputChecks } from './input.ts';
import { listChecks } from './lists.ts';
import { nestedChecks } from './nested.ts';
import { type Finding, findingOf } from './promise.ts';
import { rowChecks } from './rows.ts';
import { serviceChecks } from './service.ts';
import { versionChecks } from './versions.ts';
import { createWorld, type Values, writable } from './world.ts';

export type Target = {
  /** Where the service listens, such as `http://localhost:3000`. */
  url: string;
  /** The access token of somebody who administers. */
  token: string | undefined;
  /** Waits for the rate limit of the service, and says so. */
  pause(seconds: number): Promise<void>;
  /** Called with each finding when it is there. */
  tell(finding: Finding): void;
};

export type Checked = {
  findings: Finding[];
  /** The paths of rows that were made and could not be deleted. */
  left: string[];
};

const ofEndpoint = [
  rowChecks,
  inputChecks,
  listChecks,
  filterChecks,
  versionChecks,
  nestedChecks,
  accessChecks,
];

/**
 * Tries every promise of the HTTP contract that the manifest makes on a running service. It makes
 * rows and users there, and deletes them again. Throws a BrokenPromise where not even somebody can
 * sign in, and nothing can be tried.
 */
export async function runChecks(manifest: Manifest, target: Target): Promise<Checked> {
  const { url, token, pause, tell } = target;
  const resources = describeAll(manifest);
  const byName = new Map(resources.map((resource) => [resource.names.plural, resource]));
  const users = resources.find(({ isAccounts }) => isAccounts);
  const client = createClient({ url, basePath: manifest.basePath, pause });
  const cleanup = createCleanup();
  const isConfirmed = hasPart(manifest, 'mail');
  const registry = { client, cleanup, profile: profileOf(users), isConfirmed };
  const callers = await findCallers(users, registry, token);
  const world = createWorld(byName, client, callers, cleanup);
  const checks = [
    ...serviceChecks(manifest, resources, world),
    ...(users ? accountChecks(users, world, { ...registry, admin: callers.admin }) : []),
    ...(users && hasPart(manifest, 'browser')
      ? browserChecks({ ...registry, admin: callers.admin }, url)
      : []),
    ...resources
      .filter(({ isAccounts }) => !isAccounts)
      .flatMap((resource) => ofEndpoint.flatMap((checksOf) => checksOf(resource, world))),
  ];
  const findings: Finding[] = [];
  for (const check of checks) {
    const finding = await findingOf(check);
    findings.push(finding);
    tell(finding);
  }
  return { findings, left: await cleanup.run() };
}

/** Values for the added fields of users that have to be there. */
function profileOf(users: Resource | undefined): Values {
  if (users === undefined) return {};
  const required = writable(users).filter(
    (field) => !field.isBuiltIn && !field.optional && field.default === undefined && !field.parent,
  );
  return Object.fromEntries(
    required.map((field) => [field.name, sampleOf(field, Math.floor(Math.random() * 1e9))]),
  );
}
