/** Error codes of the operating system for reading and writing, in words. */
const reasons = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'operation not permitted'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'no space is left on the disk'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EIO', 'the disk reports an input/output error'],
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open'],
  ['EBUSY', 'another program is using it'],
  ['EXDEV', 'it is on another file system than the project'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ELOOP', 'its symbolic links form a loop'],
]);

/** Codes that say what is in the place of a file. */
const kinds = new Map([
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'it is not a folder'],
]);

/** Why the system refused, with the code; undefined for any other error. */
export function reasonOf(error: unknown, does: 'read' | 'write'): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons.get(code) ?? (does === 'read' ? kinds.get(code) : undefined);
  return reason && `${reason} (${code})`;
}
