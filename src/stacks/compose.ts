import type { RenderedFile } from './stack.ts';
import type { Addition, Slots, Template } from './template.ts';

/** The templates of one part of a project, and what it adds to those of the others. */
export type PartTemplates = {
  templates: readonly Template[];
  additions: readonly Addition[];
};

/** A part that has the templates of another one too, such as what is the same on every stack. */
export const withTemplates = (part: PartTemplates, shared: PartTemplates): PartTemplates => ({
  templates: [...part.templates, ...shared.templates],
  additions: part.additions,
});

/** The files of some parts, each with what the parts add to it, in their order. */
export function composeParts(parts: readonly PartTemplates[], view: object): RenderedFile[] {
  const byPath = new Map<string, Slots[]>();
  for (const { path, slots } of parts.flatMap(({ additions }) => additions)) {
    byPath.set(path, [...(byPath.get(path) ?? []), slots]);
  }
  return parts
    .flatMap(({ templates }) => templates)
    .map(({ path, render }) => ({ path, content: render(view, together(byPath.get(path) ?? [])) }));
}

function together(all: readonly Slots[]): Slots {
  const names = new Set(all.flatMap((slots) => Object.keys(slots)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      (view: object) => all.map((slots) => slots[name]?.(view) ?? '').join(''),
    ]),
  );
}
