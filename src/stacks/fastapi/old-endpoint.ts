import type { Manifest } from '../../manifest/manifest.ts';
import { manifestIn } from '../../manifest/old-versions.ts';
import { shapeDifference } from '../endpoint/shape-difference.ts';
import { attributeName, moduleName } from '../python/names.ts';
import type { ResourceField } from '../resource.ts';
import { mappingView } from './old-mapping.ts';
import { oldTestView } from './old-test-view.ts';
import { viewOf } from './resource-view.ts';

/**
 * Everything that the templates of an endpoint name where an old version has it in another shape.
 * Its schemas and routes are those of any endpoint, in a package of their own.
 */
export function oldEndpointView(manifest: Manifest, version: string, plural: string) {
  const difference = shapeDifference(manifest, version, plural);
  const { graphql: _graphql, ...shown } = manifestIn(manifest, version);
  const view = viewOf(shown, difference.old);
  const newestModule = moduleName(difference.now.names.table);
  return {
    ...view,
    version,
    newestModule,
    module: `${newestModule}.${version}`,
    routerDependencies: ['field_names(NAMES)', view.routerDependencies]
      .filter((each) => each !== '')
      .join(', '),
    /** Attributes of the table, which has names of now. */
    newestOwner: attributeOf(difference.now.owner),
    newestUnder: attributeOf(difference.now.under),
    mapping: mappingView(difference),
    tests: oldTestView(difference, shown.basePath),
  };
}

const attributeOf = (field: ResourceField | undefined) =>
  field ? attributeName(field.column) : '';
