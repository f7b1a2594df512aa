import type { StackName } from '../manifest/choices.ts';
import { OWN_TEMPLATES } from '../manifest/template-places.ts';
import type { RenderedFile, Stack } from '../stacks/stack.ts';
import { loadStack } from '../stacks/stacks.ts';

/** The stack of a project; where it has templates of its own, these win. */
export async function ownStack(
  name: StackName,
  templates: readonly RenderedFile[],
): Promise<Stack> {
  const stack = await loadStack(name);
  if (templates.length === 0) return stack;
  return stack.withTemplates(
    templates.map(({ path, content }) => ({
      name: path.slice(OWN_TEMPLATES.length + 1),
      path,
      // A checkout on Windows may have other line endings; what is made has the same everywhere.
      text: content.replaceAll('\r\n', '\n'),
    })),
  );
}
