import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disk } from '../../src/commit/disk.ts';
import { nodeDisk } from '../../src/commit/disk.ts';

/** Everything below a folder: path to mode and content. */
export async function treeOf(folder: string, prefix = ''): Promise<Record<string, string>> {
  const tree: Record<string, string> = {};
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name);
    const stats = await lstat(path);
    const mode = (stats.mode & 0o7777).toString(8);
    if (stats.isSymbolicLink()) tree[prefix + name] = `link ${await readlink(path)}`;
    else if (stats.isDirectory()) {
      tree[`${prefix}${name}/`] = mode;
      Object.assign(tree, await treeOf(path, `${prefix}${name}/`));
    } else tree[prefix + name] = `${mode} ${(await readFile(path)).toString('base64')}`;
  }
  return tree;
}

export const failure = (code: string) => Object.assign(new Error(`${code}: injected`), { code });

/** A disk that calls `before` with the number of each operation; it fails if that throws. */
export function watched(before: (index: number, name: keyof Disk, path: string) => void): Disk {
  let index = 0;
  const step = async (name: keyof Disk, path: string) => before(index++, name, path);
  const writing =
    (name: 'writeFile' | 'draftFile') =>
    async (path: string, content: string | Uint8Array, mode?: number) => {
      try {
        await step(name, path);
      } catch (error) {
        // A full disk leaves half of the file behind.
        await nodeDisk[name](path, content.slice(0, content.length / 2), mode);
        throw error;
      }
      await nodeDisk[name](path, content, mode);
    };
  return {
    lstat: (path) => step('lstat', path).then(() => nodeDisk.lstat(path)),
    readFile: (path) => step('readFile', path).then(() => nodeDisk.readFile(path)),
    writeFile: writing('writeFile'),
    draftFile: writing('draftFile'),
    mkdir: (path) => step('mkdir', path).then(() => nodeDisk.mkdir(path)),
    rename: (from, to) => step('rename', from).then(() => nodeDisk.rename(from, to)),
    unlink: (path) => step('unlink', path).then(() => nodeDisk.unlink(path)),
    rmdir: (path) => step('rmdir', path).then(() => nodeDisk.rmdir(path)),
    realpath: (path) => step('realpath', path).then(() => nodeDisk.realpath(path)),
    readdir: (path) => step('readdir', path).then(() => nodeDisk.readdir(path)),
    chmod: (path, mode) => step('chmod', path).then(() => nodeDisk.chmod(path, mode)),
    writable: (path) => step('writable', path).then(() => nodeDisk.writable(path)),
    syncFolder: (path) => step('syncFolder', path).then(() => nodeDisk.syncFolder(path)),
  };
}
