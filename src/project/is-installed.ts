import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Whether the dependencies of a project were installed here. */
export const isInstalled = (root: string) => existsSync(join(root, 'node_modules'));
