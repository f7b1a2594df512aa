import type { Manifest } from '../../manifest/manifest.ts';
import { newestName } from '../../manifest/old-versions.ts';
import { type OldVersionView, oldVersionViews } from '../old-versions.ts';
import { moduleName } from '../python/names.ts';
import { describeResource } from '../resource.ts';

/** What the templates of a project name of the old versions of its API. */
export function versionsView(manifest: Manifest) {
  // From the first to the last, as imports name them.
  const all = oldVersionViews(manifest).reverse();
  const names = all.map(({ Name }) => Name);
  return {
    versions: all.map((version) => ({
      ...version,
      deprecatedDate: dateOf(version.deprecated),
      sunsetDay: version.sunset === undefined ? '' : dateOf(version.sunset),
      differing: version.differing.length > 0,
      routers: routersOf(manifest, version),
    })),
    versionNames: names.join(', '),
    newestVersion: newestName(manifest),
    hasGraphql: manifest.graphql === true,
    oldestVersion: all[0]?.name ?? '',
    versionPaths: ['BASE_PATH', ...names.map((name) => `${name}_BASE_PATH`)].join(', '),
    /** What finds the paths of all versions, in regular expressions. */
    basePathPattern: all.length === 0 ? 're.escape(BASE_PATH)' : 'ANY_BASE_PATH',
  };
}

/** The routers that a version has of its own. */
const routersOf = (manifest: Manifest, { differing }: OldVersionView) =>
  differing.map((plural) => {
    const { table } = describeResource(manifest, plural).names;
    return { table, module: moduleName(table) };
  });

const dateOf = (day: string) => `date(${day.split('-').map(Number).join(', ')})`;
