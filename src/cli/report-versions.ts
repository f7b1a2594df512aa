import { posix } from 'node:path';
import type { Manifest } from '../manifest/manifest.ts';
import { oldVersionsOf } from '../manifest/old-versions.ts';
import type { Stack } from '../stacks/stack.ts';
import { out } from './colors.ts';
import { columns } from './columns.ts';

export type VersionStatus = {
  name: string;
  basePath: string;
  deprecated: string;
  sunset?: string;
  /** The endpoints that differ from those of the newest version, and where. */
  differing: { endpoint: string; folder: string }[];
  /** The endpoints that are the same. */
  shared: string[];
};

/** The old versions of an API, the newest first. */
export function versionStatuses(manifest: Manifest, stack: Stack): VersionStatus[] {
  return oldVersionsOf(manifest).map(([name, { endpoints = {}, ...version }]) => {
    const plurals = Object.keys(manifest.endpoints);
    return {
      name,
      ...version,
      differing: Object.keys(endpoints).map((endpoint) => {
        const files = stack.renderEndpoint(manifest, endpoint);
        const [own] = files.filter(({ path }) => path.includes(`/${name}/`));
        return { endpoint, folder: own ? posix.dirname(own.path) : '' };
      }),
      shared: plurals.filter((plural) => !Object.hasOwn(endpoints, plural)).sort(),
    };
  });
}

/** A line for each old version, and one for each endpoint that differs in it. */
export function versionLines(versions: readonly VersionStatus[]): string[] {
  if (versions.length === 0) return [];
  const rows = versions.map(({ name, basePath, deprecated, sunset = '', differing, shared }) => [
    name,
    basePath,
    deprecated,
    sunset,
    differing.map(({ endpoint }) => endpoint).join(', ') || 'nothing',
    shared.join(', ') || 'nothing',
  ]);
  const heads = ['version', 'base path', 'deprecated', 'sunset', 'differs', 'shared'];
  const [head = '', ...lines] = columns([heads, ...rows]);
  const folders = versions.flatMap(({ name, differing }) =>
    differing.map(({ endpoint, folder }) => `${name} has ${endpoint} of its own in ${folder}.`),
  );
  return [out.dim(head), ...lines, ...folders];
}
