import type { Manifest } from '../../manifest/manifest.ts';
import { resourceNames } from '../../manifest/names.ts';
import { newestName } from '../../manifest/old-versions.ts';
import { shapeDifference } from '../endpoint/shape-difference.ts';
import { oldVersionViews } from '../old-versions.ts';
import { placesOf } from '../places.ts';
import { routesIn } from '../routes-in.ts';
import type { Route } from '../stack.ts';
import { toLiteral } from '../typescript/literal.ts';

/** What the files of a project name of its old versions. */
export function oldVersionsView(manifest: Manifest) {
  const views = oldVersionViews(manifest);
  const all = [manifest.basePath, ...views.map(({ basePath }) => basePath)];
  const below = (basePath: string) =>
    all.filter((each) => each.startsWith(`${basePath}/`)).map(toLiteral);
  return {
    newest: newestName(manifest),
    oldestVersion: views.at(-1)?.name ?? '',
    hasGraphql: manifest.graphql === true,
    oldVersions: views.map((view) => ({
      ...view,
      below: below(view.basePath).join(', '),
      sunsetLiteral: view.sunsetDate === undefined ? 'null' : toLiteral(view.sunsetDate),
    })),
    hasNestedBase: views.some(({ basePath }) => below(basePath).length > 0),
    // A path that begins with another one is found first.
    basePathList: all
      .toSorted((one, other) => other.length - one.length)
      .map((path) => (path === manifest.basePath ? 'basePath' : toLiteral(path)))
      .join(', '),
  };
}

/** What the file of one old version names. */
export function oldVersionView(name: string, manifest: Manifest) {
  const view = oldVersionViews(manifest).find((each) => each.name === name);
  if (view === undefined) throw new Error(`the manifest has no version ${name}`);
  const { differing, ...rest } = view;
  const own = differing.map((plural) => {
    const { old } = shapeDifference(manifest, name, plural);
    return { ...resourceNames(plural), places: placesOf(old).map(({ path }) => path) };
  });
  const first = ({ places, path }: (typeof own)[number]) => [
    `/${path}`,
    ...places.filter((place) => !place.startsWith(`/${path}`)),
  ];
  return {
    ...rest,
    version: name,
    own,
    ownPaths: [...new Set(own.flatMap(first))].map(toLiteral).join(', '),
  };
}

/** The documents of old versions. */
export const routesOfVersions = (manifest: Manifest): Route[] =>
  routesIn(
    'src/http/docs.ts',
    'public',
    oldVersionViews(manifest).map(({ name }) => `GET /openapi/${name}.json`),
  );
