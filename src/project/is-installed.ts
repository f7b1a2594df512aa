import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Whether the dependencies of a project were installed here. */
export const isInstalled = (root: string, folder: string) => existsSync(join(root, folder));
