/** What reads how files of code depend on each other. */
export type Modules = {
  /** Whether a file is one, by its name. */
  isModule(path: string): boolean;
  /** The names that a file exports; undefined where it alone does not tell. */
  exportsOf(text: string): ReadonlySet<string> | undefined;
  importsOf(path: string, text: string): Import[];
};

/** A name that a file takes from another; none where it takes all, or only names the file. */
export type Import = {
  name: string | undefined;
  /** Where the other may stand: the first of these that is there. */
  places: readonly string[];
  line: number;
};
