import type { LayOut, RenderedFile, Stack } from './stack.ts';

/** The stack of a project that lays out its files with options of its own. */
export function inLayout(stack: Stack, layOut: LayOut): Stack {
  const laid = ({ path, content }: RenderedFile) => ({ path, content: layOut(path, content) });
  const ifAny = (file: RenderedFile | undefined) => file && laid(file);
  return {
    ...stack,
    layOut,
    renderProject: (manifest, tool) => stack.renderProject(manifest, tool).map(laid),
    partsOf: (manifest) =>
      stack.partsOf(manifest).map((part) => ({ ...part, migrations: part.migrations.map(laid) })),
    renderDeparture: (part, timestamp) => laid(stack.renderDeparture(part, timestamp)),
    renderEndpoint: (manifest, plural) => stack.renderEndpoint(manifest, plural).map(laid),
    renderCreation: (manifest, plural, timestamp) =>
      laid(stack.renderCreation(manifest, plural, timestamp)),
    renderAlteration: (change) => ifAny(stack.renderAlteration(change)),
    renderRename: (before, after, rename, timestamp) =>
      ifAny(stack.renderRename(before, after, rename, timestamp)),
    renderRemoval: (manifest, plural, timestamp) =>
      laid(stack.renderRemoval(manifest, plural, timestamp)),
    renderRoles: (before, after, timestamp) => ifAny(stack.renderRoles(before, after, timestamp)),
    renderEmpty: (name, timestamp) => laid(stack.renderEmpty(name, timestamp)),
    renderUpgrade: (manifest, version, timestamp) =>
      ifAny(stack.renderUpgrade(manifest, version, timestamp)),
  };
}
