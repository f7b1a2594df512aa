/** What planning may know of the project on disk. Paths are relative and use `/`. */
export type ProjectFiles = {
  read(path: string): string | undefined;
  /** The names in a folder; none where there is no such folder. */
  list(folder: string): string[];
};
