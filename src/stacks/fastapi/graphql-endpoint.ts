import type { Manifest } from '../../manifest/manifest.ts';
import { describeResource } from '../resource.ts';
import { graphqlTestView } from './graphql-test-view.ts';

/** The view of an endpoint with what the tests of GraphQL name, where it is part of that. */
export function graphqlEndpointView<View extends { graphql: unknown }>(
  manifest: Manifest,
  view: View,
  plural: string,
) {
  if (view.graphql === false) return view;
  return { ...view, tested: graphqlTestView(manifest, describeResource(manifest, plural)) };
}
