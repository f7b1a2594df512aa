import { join } from 'node:path';
import { OWN_TEMPLATES } from '../manifest/template-places.ts';
import { readTree } from './read-tree.ts';

/** The ejected templates of a project; paths are relative to the project. */
export async function readTemplates(root: string): Promise<{ path: string; content: string }[]> {
  const files = await readTree(join(root, OWN_TEMPLATES));
  return files.map(({ path, content }) => ({ path: `${OWN_TEMPLATES}/${path}`, content }));
}
