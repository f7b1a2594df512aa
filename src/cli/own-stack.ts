import { EJECTED, OWN_TEMPLATES } from '../manifest/template-places.ts';
import type { Project } from '../project/read-project.ts';
import type { RenderedFile, Stack, Stacks } from '../stacks/stack.ts';

/** Loads the stack of a checked manifest. */
export function loadStack(stacks: Stacks, name: string): Promise<Stack> {
  const entry = stacks[name];
  if (entry === undefined) throw new Error(`there is no stack ${name}`);
  return entry.load();
}

/**
 * The stack of a project; its templates replace the originals. A copy that nobody edited does not:
 * the original that this version has may be another one.
 */
export async function ownStack(
  stacks: Stacks,
  name: string,
  templates: readonly RenderedFile[],
  files: Pick<Project, 'read'>,
): Promise<Stack> {
  const stack = await loadStack(stacks, name);
  if (templates.length === 0) return stack;
  const { isCopy, parseEjected } = await import('../plan/plan-eject.ts');
  const ejected = parseEjected(files.read(EJECTED));
  const own = templates.map(({ path, content }) => ({
    name: path.slice(OWN_TEMPLATES.length + 1),
    path,
    // A checkout on Windows may have other line endings; rendered files have the same everywhere.
    text: content.replaceAll('\r\n', '\n'),
  }));
  return stack.withTemplates(own.filter(({ name, text }) => !isCopy(ejected, name, text)));
}
