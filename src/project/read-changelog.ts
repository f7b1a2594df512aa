import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

/** What changed in which version of this tool, as text; it is part of the package. */
export function readChangelog(): string {
  return readFileSync(join(packageRoot(import.meta.url), 'CHANGELOG.md'), 'utf8');
}
