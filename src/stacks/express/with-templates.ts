import type { OwnTemplate } from '../own-templates.ts';
import { ownTemplate } from '../own-templates.ts';
import type { Stack, Template } from '../stack.ts';
import { expressOf, resourceTemplates } from './express.ts';

/** The stack with templates of endpoints that take the place of the originals, or stand beside. */
export function withTemplates(own: readonly OwnTemplate[]): Stack {
  const templates = new Map<string, Template>(
    [...resourceTemplates, ...own.map(ownTemplate)].map((each) => [each.path, each]),
  );
  return expressOf([...templates.values()]);
}
