import type { RenderedFile } from '../stack.ts';
import type { Template } from '../template.ts';
import { layoutTypeScript } from '../typescript/layout.ts';
import { tidyTypeScript } from '../typescript/tidy.ts';

/** A file of an endpoint; names in brackets in its path are those of the view. */
export function renderSource(
  { path, render }: Template,
  view: Record<string, unknown>,
): RenderedFile {
  const text = render(view);
  return {
    path: path.replace(/\[(\w+)\]/g, (_all, name: string) => String(view[name])),
    content: tidied(path, text),
  };
}

/** TypeScript without unused imports, and with long lines broken. */
export const tidied = (path: string, text: string) =>
  path.endsWith('.ts') ? layoutTypeScript(tidyTypeScript(text)) : text;
