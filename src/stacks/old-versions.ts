import type { Manifest } from '../manifest/manifest.ts';
import { oldVersionsOf } from '../manifest/old-versions.ts';

/** What templates name of an old version of an API. */
export type OldVersionView = {
  name: string;
  /** As in names of types: `V1`. */
  Name: string;
  basePath: string;
  /** The days, and what headers make of them. */
  deprecated: string;
  deprecatedSeconds: number;
  sunset: string | undefined;
  sunsetDate: string | undefined;
  /** The base path of the newest version. */
  successor: string;
  /** The endpoints that differ from those of the newest version, by their plurals. */
  differing: string[];
};

/** The old versions of an API, the newest first. */
export function oldVersionViews(manifest: Manifest): OldVersionView[] {
  return oldVersionsOf(manifest).map(
    ([name, { basePath, deprecated, sunset, endpoints = {} }]) => ({
      name,
      Name: name.toUpperCase(),
      basePath,
      deprecated,
      deprecatedSeconds: Date.parse(deprecated) / 1000,
      sunset,
      sunsetDate: sunset && new Date(sunset).toUTCString(),
      successor: manifest.basePath,
      differing: Object.keys(endpoints),
    }),
  );
}

/** The names of the old versions in which an endpoint differs, the newest first. */
export const differingIn = (manifest: Manifest, plural: string): string[] =>
  oldVersionViews(manifest)
    .filter(({ differing }) => differing.includes(plural))
    .map(({ name }) => name);
