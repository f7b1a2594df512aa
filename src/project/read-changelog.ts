import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

/** The changelog of this tool, which is part of the package. */
export function readChangelog(): string {
  return readFileSync(join(packageRoot(import.meta.url), 'CHANGELOG.md'), 'utf8');
}
