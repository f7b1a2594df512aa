import type { Change } from '../manifest/change.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Section } from '../stacks/section.ts';
import type { Stack } from '../stacks/stack.ts';
import type { ProjectFiles } from './project-files.ts';

/**
 * Brings the parts of files that tell of all endpoints to what is to be, whatever stands in them. A
 * part whose first and last line somebody took out is left out.
 */
export function planSections(after: Manifest, stack: Stack, files: ProjectFiles): Change[] {
  return stack.sections(after).flatMap(({ path, sections }): Change[] => {
    const before = files.read(path);
    if (before === undefined) return [];
    const content = sections.reduce(fill, before);
    return content === before ? [] : [{ kind: 'update', path, before, content }];
  });
}

function fill(text: string, { first, text: section, last }: Section): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(end);
  const [from, to] = [lines.indexOf(first), lines.indexOf(last)];
  if (from < 0 || to < from) return text;
  return [...lines.slice(0, from + 1), '', ...section.split('\n'), '', ...lines.slice(to)].join(
    end,
  );
}
