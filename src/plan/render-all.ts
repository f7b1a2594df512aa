import type { Manifest } from '../manifest/manifest.ts';
import type { RenderedFile, Stack } from '../stacks/stack.ts';
import { planWiring } from './plan-wiring.ts';

/**
 * Every file of a project that follows from its manifest: those of the project itself, with each
 * endpoint wired into the shared ones, and those of the endpoints. What is written once, as
 * migrations of endpoints and secrets are, is not among them.
 */
export async function renderAll(
  stack: Stack,
  manifest: Manifest,
  tool: string,
): Promise<RenderedFile[]> {
  const project = new Map(
    stack.renderProject(manifest, tool).map(({ path, content }) => [path, content]),
  );
  const plurals = Object.keys(manifest.endpoints);
  const added = plurals.flatMap((plural) => stack.wirings(manifest, plural));
  const files = { read: (path: string) => project.get(path), list: () => [], tree: () => [] };
  const { changes, notices } = await planWiring({ renamed: [], gone: [], added }, files);
  // The lines of accounts are there already.
  const refused = notices.find(({ kind }) => kind !== 'same');
  if (refused) throw new Error(`${refused.path} cannot be wired as it is rendered`);
  for (const change of changes) {
    if (change.kind !== 'update') continue;
    project.set(change.path, stack.layOut(change.path, change.content));
  }
  return [
    ...[...project].map(([path, content]) => ({ path, content })),
    ...plurals.flatMap((plural) => stack.renderEndpoint(manifest, plural)),
  ];
}
