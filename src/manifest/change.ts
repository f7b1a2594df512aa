/**
 * The values that planning, committing and reporting pass to each other. Paths are relative to the
 * root of the project and use `/`.
 */
export type Change =
  | {
      kind: 'create';
      path: string;
      content: string | Uint8Array;
      mode?: number;
      /** Its content is never shown. */
      secret?: true;
    }
  /** `before` is what planning saw: if the disk differs at commit, nothing is written. */
  | { kind: 'update'; path: string; before: string; content: string }
  | { kind: 'delete'; path: string; before: string | Uint8Array; secret?: true };

export type Notice =
  | { kind: 'same'; path: string }
  | { kind: 'kept'; path: string; message: string }
  /** It would work only in a folder above, and is not created. */
  | { kind: 'left out'; path: string; message: string }
  /** Something to know that asks for nothing. */
  | { kind: 'note'; path: string; message: string }
  /** Something to know before running it, such as a migration that may fail because of rows. */
  | { kind: 'warning'; path: string; message: string }
  /** A hand-written line, by its number, that uses a removed name. */
  | { kind: 'mention'; path: string; line: number; message: string }
  | Conflict
  /** It is written with both versions between conflict markers, to be resolved by hand. */
  | { kind: 'markers'; path: string; message: string }
  /** `snippet` holds the lines to paste, to delete, or to replace the old ones. */
  | {
      kind: 'manual';
      path: string;
      message: string;
      snippet: string;
      edit: 'paste' | 'delete' | 'replace';
      name: string;
    };

/** Nothing is written until each is resolved; `snippet` has both versions between conflict markers. */
export type Conflict = {
  kind: 'conflict';
  path: string;
  message: string;
  snippet: string;
  yours: string;
  generated: string;
  /** Where the file was, if it is moved. */
  move?: Move;
};

/** Where a file was, with what planning saw there, and what it saw at the new path. */
export type Move = { from: string; before: string; there: string | undefined };

/** What follows the commit. A failed step never undoes files: its command becomes "still to do". */
export type Step = {
  kind: 'install' | 'git';
  title: string;
  command: string;
  args: string[];
  /** Environment variables beside our own. */
  env?: Readonly<Record<string, string>>;
  /** What does the same where that command is not there. */
  instead?: Instead;
};

/** Programs that are run one after another, and what a person then types before all other commands. */
export type Instead = { runs: readonly Program[]; enter: string };

/** A program and its arguments. */
export type Program = { command: string; args: readonly string[] };

export type Plan = { changes: Change[]; steps: Step[]; notices: Notice[] };

export type WireResult =
  | { status: 'wired'; text: string }
  | { status: 'already' }
  | { status: 'manual'; reason: string; snippet: string };

/** What a project depends on to find this tool: a version in a registry, or a file that it keeps. */
export type Tool =
  | { kind: 'registry'; version: string }
  | { kind: 'packed'; file: string; content: Uint8Array };
