import { UserError } from './errors.ts';
import type { Manifest } from './manifest.ts';

/** Refuses edits of backend.json that no code can follow. */
export function refuseImpossible(applied: Manifest, manifest: Manifest): void {
  if (applied.stack === manifest.stack) return;
  const found = `\`stack\` was \`${applied.stack}\` and is \`${manifest.stack}\`.`;
  const expected = 'Expected the same: another stack is another project.';
  throw new UserError([{ found, expected }], 'git checkout backend.json');
}
