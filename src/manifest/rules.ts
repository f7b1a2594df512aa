import type { AccountPart, Api } from './choices.ts';

/** The members of a workspace, and the package manager that installs them. */
export type Members = { manager: string; globs: readonly string[] };

/** How the package managers of a stack handle workspaces. */
export type Workspaces = {
  /** The members that a folder declares by its files, if it is the root of a workspace. */
  membersIn(read: (file: string) => string | undefined): Promise<Members[]>;
  /** Whether a project of one manager can be a member of a workspace of another. */
  isMemberFor(manager: string, other: string): boolean;
  /** The managers that install the dependencies of members at the root. */
  hoisting: readonly string[];
};

/** What a manifest may contain for a stack, known before the stack is loaded. */
export type Rules = {
  /** The package managers of a project, the default first. */
  packageManagers: readonly string[];
  /** The kinds of API that a project can have, the usual one first. */
  apis: readonly Api[];
  /** The parts of accounts that a project can have. */
  accounts: readonly AccountPart[];
  /** What is wrong with the name of a project and its folder; undefined if nothing. */
  nameFault(name: string): string | undefined;
  /** The same for the name in a manifest, which can differ from the folder. */
  packageNameFault(name: string): string | undefined;
  /** The language, and its reserved words, which endpoints cannot have as names. */
  language: string;
  reservedWords: ReadonlySet<string>;
  /** Names that mean something else in generated code, each with an alternative for an endpoint. */
  keptNames: ReadonlyMap<string, string>;
  /** What already uses the name of a field or a value of an enum; undefined if nothing. */
  ownerOf(name: string, of: 'field' | 'value'): string | undefined;
  /** The first segments of the paths that the server itself answers outside of the base path. */
  keptPaths: readonly string[];
  /** The words before `gen` in a project. */
  runner(packageManager: string): string;
  /** Undefined if the package managers have no workspaces. */
  workspaces?: Workspaces;
  /** Where editors find the schema of a manifest. */
  schema?: string;
  /** Files that only projects with a lock have: with one of them, a missing lock was lost. */
  lockedFiles: readonly string[];
};

/** The stacks that a manifest may name, the default first. */
export type KnownStacks = Readonly<Record<string, { rules: Rules; title?: string }>>;

/** The rules of a stack; those of the default if there is no such stack. */
export function rulesOf(known: KnownStacks, stack: unknown): Rules {
  const own = typeof stack === 'string' && Object.hasOwn(known, stack) ? known[stack] : undefined;
  const [usual] = Object.values(known);
  const entry = own ?? usual;
  if (entry === undefined) throw new Error('no stack is known');
  return entry.rules;
}
