import * as fs from 'node:fs';
import { promisify } from 'node:util';

export type Entry = { kind: 'file' | 'folder' | 'link' | 'other'; mode: number };

/** Every operation of the writer; an argument so that tests can make each of them fail. */
export type Disk = {
  lstat(path: string): Promise<Entry>;
  readFile(path: string): Promise<Uint8Array>;
  /** Makes a new file and returns when it has reached the disk; fails if something is there. */
  writeFile(path: string, content: string | Uint8Array, mode?: number): Promise<void>;
  /** Makes a new file that nothing relies on yet: it may reach the disk later. */
  draftFile(path: string, content: string | Uint8Array, mode?: number): Promise<void>;
  mkdir(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  rmdir(path: string): Promise<void>;
  realpath(path: string): Promise<string>;
  readdir(path: string): Promise<string[]>;
  chmod(path: string, mode: number): Promise<void>;
  /** Resolves if this process may write to the path. */
  writable(path: string): Promise<void>;
  /** Makes the names in a folder durable. */
  syncFolder(path: string): Promise<void>;
};

// Small operations are ten times as fast when they are synchronous; only waiting for the disk is left
// to the thread pool.
export const nodeDisk: Disk = {
  async lstat(path) {
    const stats = fs.lstatSync(path);
    const mode = stats.mode & 0o7777;
    if (stats.isSymbolicLink()) return { kind: 'link', mode };
    if (stats.isDirectory()) return { kind: 'folder', mode };
    return { kind: stats.isFile() ? 'file' : 'other', mode };
  },
  readFile: async (path) => fs.readFileSync(path),
  async writeFile(path, content, mode) {
    const file = fs.openSync(path, 'wx', mode);
    try {
      fs.writeFileSync(file, content);
      await synced(file);
    } finally {
      fs.closeSync(file);
    }
  },
  async draftFile(path, content, mode) {
    fs.writeFileSync(path, content, { flag: 'wx', ...(mode !== undefined && { mode }) });
  },
  mkdir: async (path) => fs.mkdirSync(path),
  rename: async (from, to) => fs.renameSync(from, to),
  unlink: async (path) => fs.unlinkSync(path),
  rmdir: async (path) => fs.rmdirSync(path),
  realpath: async (path) => fs.realpathSync.native(path),
  readdir: async (path) => fs.readdirSync(path),
  chmod: async (path, mode) => fs.chmodSync(path, mode),
  writable: async (path) => fs.accessSync(path, fs.constants.W_OK),
  async syncFolder(path) {
    // Windows cannot open a folder to sync it; its renames are durable by themselves.
    if (process.platform === 'win32') return;
    const folder = fs.openSync(path, 'r');
    try {
      await synced(folder);
    } finally {
      fs.closeSync(folder);
    }
  },
};

const synced = promisify(fs.fsync);

/** The entry at a path, or undefined if nothing is there. */
export async function entryAt(disk: Disk, path: string): Promise<Entry | undefined> {
  try {
    return await disk.lstat(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Removes a file or a folder with everything in it, without following links. */
export async function removeTree(disk: Disk, path: string): Promise<void> {
  const entry = await entryAt(disk, path);
  if (entry === undefined) return;
  if (entry.kind !== 'folder') {
    await unless(disk.unlink(path), 'ENOENT');
    return;
  }
  for (const name of await disk.readdir(path)) await removeTree(disk, `${path}/${name}`);
  await unless(disk.rmdir(path), 'ENOENT');
}

/** Waits for an operation; a failure with one of these codes counts as success. */
export async function unless(operation: Promise<void>, ...codes: string[]): Promise<void> {
  try {
    await operation;
  } catch (error) {
    if (!hasCode(error, ...codes)) throw error;
  }
}

export function hasCode(error: unknown, ...codes: string[]): boolean {
  const code = codeOf(error);
  return code !== undefined && codes.includes(code);
}

export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
