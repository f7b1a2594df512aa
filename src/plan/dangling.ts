import { isOfAccounts } from '../manifest/account-rules.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { camelCase } from '../manifest/names.ts';
import { keptNames } from '../manifest/reserved.ts';
import type { Stack, Wiring } from '../stacks/stack.ts';
import { nameOf } from './database-state.ts';
import type { ProjectFiles } from './project-files.ts';

/**
 * The lines of endpoints that are there no longer, where they use a name that nothing declares: git
 * keeps the lines of both branches, and so brings back one that either took out or renamed.
 */
export async function findDangling({
  after,
  stack,
  files,
}: {
  after: Manifest;
  stack: Stack;
  files: ProjectFiles;
}): Promise<Wiring[]> {
  const tables = files
    .list(stack.migrations)
    .filter(stack.isMigration)
    .flatMap((file) => /^\d+_(?:create|rename_.+_to)_(.+)$/.exec(nameOf(file))?.[1] ?? []);
  // Tables of the project itself never were those of an endpoint.
  const gone = [...new Set(tables.map(camelCase))].filter(
    (plural) =>
      !Object.hasOwn(after.endpoints, plural) &&
      !keptNames.has(plural) &&
      !isOfAccounts(plural, after),
  );
  const dangling: Wiring[] = [];
  for (const wiring of gone.flatMap((plural) => stack.wirings(after, plural))) {
    const text = files.read(wiring.path);
    if (text === undefined || !text.includes(wiring.name)) continue;
    const without = await wiring.unwire(text);
    if (without.status !== 'wired') continue;
    const isSound = await stack.soundness();
    if (!isSound(wiring.path, text, [without.text])) dangling.push(wiring);
  }
  return dangling;
}
