import { OWN_TEMPLATES } from '../spec/template-places.ts';
import { express } from '../stacks/express/express.ts';
import type { RenderedFile, Stack } from '../stacks/stack.ts';

/** The stack of a project; where it has templates of its own, these win. */
export async function ownStack(templates: readonly RenderedFile[]): Promise<Stack> {
  if (templates.length === 0) return express;
  const { withTemplates } = await import('../stacks/express/with-templates.ts');
  return withTemplates(
    templates.map(({ path, content }) => ({
      name: path.slice(OWN_TEMPLATES.length + 1),
      path,
      // A checkout on Windows may have other line endings; what is made has the same everywhere.
      text: content.replaceAll('\r\n', '\n'),
    })),
  );
}
