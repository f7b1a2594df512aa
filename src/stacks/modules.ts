/** Reads the imports and exports of code. */
export type Modules = {
  /** Whether a file is a module, by its name. */
  isModule(path: string): boolean;
  /** The names that a file exports; undefined if the file alone does not show them. */
  exportsOf(text: string): ReadonlySet<string> | undefined;
  importsOf(path: string, text: string): Import[];
};

/** A name that a file imports from another; undefined if it imports all, or only names the file. */
export type Import = {
  name: string | undefined;
  /** The possible paths of the other file: the first that exists. */
  places: readonly string[];
  line: number;
};
