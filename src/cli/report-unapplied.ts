import { isApplied } from '../manifest/lock.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { stderr } from './streams.ts';
import { typed } from './typed.ts';

/** Says so where a list is of the code before `backend.json` was edited. */
export function tellUnapplied(manifest: Manifest, applied: Manifest, runner: string): void {
  if (isApplied(manifest, applied)) return;
  const command = typed('gen apply', runner);
  stderr().write(`\nbackend.json was edited; the list shows the code until you run: ${command}\n`);
}
