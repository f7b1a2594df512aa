import type { Manifest } from '../../manifest/manifest.ts';
import { describeResource } from '../resource.ts';
import { graphqlTestView } from './graphql-test-view.ts';
import { graphqlView } from './graphql-view.ts';
import { resourceView } from './resource-view.ts';

/** Everything that the GraphQL templates of one endpoint name. */
export function graphqlEndpointView(
  manifest: Manifest,
  plural: string,
  view = resourceView(manifest, plural),
) {
  const resource = describeResource(manifest, plural);
  return {
    ...view,
    ...graphqlView(manifest, resource, view),
    tested: graphqlTestView(manifest, resource),
  };
}
