import type { Api } from './choices.ts';

/** The members of a workspace, and what installs them. */
export type Members = { manager: string; globs: readonly string[] };

/** How the package managers of a stack share what several projects need. */
export type Workspaces = {
  /** What a folder says of members, if it is the root of a workspace, by its files. */
  membersIn(read: (file: string) => string | undefined): Promise<Members[]>;
  /** Whether a project that a manager installs is a member of a workspace of another, too. */
  isMemberFor(manager: string, other: string): boolean;
  /** Those that install at the root what members need. */
  hoisting: readonly string[];
};

/** What a manifest may say for a stack. It is known before anything of the stack is loaded. */
export type Rules = {
  /** What can install the dependencies of a project, the usual one first. */
  packageManagers: readonly string[];
  /** The kinds of API that a project can have, the usual one first. */
  apis: readonly Api[];
  /** What is expected of the name of a project that is its folder too; undefined where it is fine. */
  nameFault(name: string): string | undefined;
  /** What is expected of the name in a manifest, which need not be that of the folder. */
  packageNameFault(name: string): string | undefined;
  /** The language whose words no endpoint can be called by, and these words. */
  language: string;
  reservedWords: ReadonlySet<string>;
  /** Names of endpoints that mean something else in generated code, each with one to take instead. */
  keptNames: ReadonlyMap<string, string>;
  /** Who has the name already that a field or a value of an enum would get; undefined where nobody. */
  ownerOf(name: string, of: 'field' | 'value'): string | undefined;
  /** The first words of the paths that the server answers itself, below no base path. */
  keptPaths: readonly string[];
  /** What is typed before `gen` in a project. */
  runner(packageManager: string): string;
  /** Where there are workspaces. */
  workspaces?: Workspaces;
  /** Where editors find the schema of a manifest. */
  schema?: string;
  /** Files that only projects have whose lock is written: where one is, a missing lock was lost. */
  lockedFiles: readonly string[];
};

/** The stacks that a manifest may name, the usual one first. */
export type KnownStacks = Readonly<Record<string, { rules: Rules; title?: string }>>;

/** The rules for a stack of that name; those of the usual one where there is none. */
export function rulesOf(known: KnownStacks, stack: unknown): Rules {
  const own = typeof stack === 'string' && Object.hasOwn(known, stack) ? known[stack] : undefined;
  const [usual] = Object.values(known);
  const entry = own ?? usual;
  if (entry === undefined) throw new Error('no stack is known');
  return entry.rules;
}
