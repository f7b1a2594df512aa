import type { PrivateRef } from '../endpoint/private-refs.ts';
import type { Resource } from '../resource.ts';

/** What only the test of an endpoint names. */
export function testView(_resource: Resource, _refs: readonly PrivateRef[]) {
  return {};
}
