import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join, parse, relative, resolve } from 'node:path';

/** Where a folder stands below another one, with all folders above it, as those of packages count. */
export const placeBelow = (base: string, folder: string): string =>
  join(base, relative(parse(resolve(folder)).root, resolve(folder)));

/** Links the folders of this name that are in a project and above it to where it stands below `base`. */
export async function linkDependencies(base: string, root: string, name: string): Promise<void> {
  for (let at = resolve(root); ; at = dirname(at)) {
    const installed = join(at, name);
    const place = join(placeBelow(base, at), name);
    if (existsSync(installed) && !existsSync(place)) {
      await mkdir(dirname(place), { recursive: true });
      await symlink(installed, place, 'junction');
    }
    if (at === dirname(at)) return;
  }
}
