import type { Level } from '../manifest/access.ts';
import type { Step, WireResult } from '../manifest/change.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { EndpointRename } from '../manifest/renames.ts';
import type { Rules } from '../manifest/rules.ts';
import type { Modules } from './modules.ts';
import type { Section } from './section.ts';
import type { Syntax } from './syntax.ts';
import type { Original, OwnTemplate } from './template.ts';

/** A file of the target project, its path relative and with `/`. */
export type RenderedFile = { path: string; content: string };

/** What a caller can ask for, who may, and the file that answers. */
export type Route = { method: string; path: string; access: Level; file: string };

/** A route in the code, where anything may stand before the handler. */
export type FoundRoute = Omit<Route, 'access'> & { access: Level | 'unknown' };

/** The routes of a project as far as its code tells them. */
export type Listing = {
  routes: FoundRoute[];
  /** Where more may be answered than can be told, each in a sentence. */
  unclear: string[];
  /** What was generated, and is mounted no longer. */
  missing: Route[];
};

/**
 * What a shared file needs for an endpoint, and the codemods that put it in and take it out. `kind`
 * is what reports call it; kind, path and name together tell it from others.
 */
export type Wiring = {
  kind: string;
  path: string;
  name: string;
  wire(text: string | undefined): Promise<WireResult>;
  unwire(text: string | undefined): Promise<WireResult>;
};

/** The codemod that gives what a shared file has for an endpoint its new name, in its place. */
export type Renaming = { after: Wiring; rename(text: string | undefined): Promise<WireResult> };

/**
 * Whether the merged text of a file may be written; `mergedFrom` are its two sides. Of what git merged,
 * `generated` is what was generated on the branches, of which no name may be missing.
 */
export type IsSound = (
  path: string,
  text: string,
  mergedFrom: readonly string[],
  generated?: readonly string[],
) => boolean;

/**
 * A program that the project has, its arguments, and the folders where it may be, in the project or,
 * if `isAbove`, in a folder above.
 */
export type Run = {
  command: string;
  args: readonly string[];
  folders?: readonly string[];
  isAbove?: boolean;
};

/** A version in a registry, or the file in which the project keeps the tool. */
export type KnownTool = { kind: 'registry'; version: string } | { kind: 'packed'; file: string };

/** How a project says which version of this tool it is grown with. */
export type ToolNote = {
  /** The file that says it. */
  path: string;
  /** How it says it of a tool. */
  referenceTo(tool: KnownTool): string;
  /** Whether it says so of a tool that the project keeps. */
  isPacked(reference: string): boolean;
  /** What a text of that file says; undefined if nothing. */
  read(text: string): string | undefined;
  /** The text, saying another thing; the rest stays as it is written. */
  write(text: string, reference: string): string;
  /** The folder where the tool stands once it is installed in the project. */
  installed: string;
};

/** Two states of one table; `renames` maps keys of fields in the manifest, before to after. */
export type TableChange = {
  before: Manifest;
  after: Manifest;
  plural: string;
  renames: ReadonlyMap<string, string>;
};

/** Gives the text of a file the layout of its project. */
export type LayOut = (path: string, text: string) => string;

/** A formatter that may lay out a project with options of its own. */
export type Formatter = {
  name: string;
  /** The files of which each may hold its options, in the folder of the project or one above. */
  options: readonly string[];
  /** What such a file says: options of its own, those that all is rendered with, or nothing. */
  says(file: string, text: string): 'own' | 'usual' | 'nothing';
  /** Files beside them that it heeds as well. */
  heeds: readonly string[];
  /** Those of all these files that say other things too: no path in them leads to options. */
  mixed: readonly string[];
  /** Where it may be installed, below the folder of the project or one above. */
  programs: readonly string[];
  runsOn: 'node' | 'itself';
  /** What makes it lay out all files of the folder in which it is started. */
  args: readonly string[];
};

/** What a change may do to rows that are there already. */
export type Risk =
  /** Data may be lost, for good. */
  | { kind: 'loses'; message: string }
  /** The migration ends, in a transaction and with nothing changed, where rows do not fit. */
  | { kind: 'stops'; message: string }
  /** Code that was made for the table as it was fails on it. */
  | { kind: 'breaks'; message: string }
  /** Rows keep values that the API takes no longer. */
  | { kind: 'stays'; message: string }
  /** Rows may belong to somebody else from then on. */
  | { kind: 'hands over'; message: string };

/** What a migration does on its way up, by the names of tables. */
export type TablesOf = {
  named: ReadonlySet<string>;
  created: ReadonlySet<string>;
  dropped: ReadonlySet<string>;
};

/** What is known of a stack before it is loaded. */
export type StackEntry = {
  /** What it is made of, for a person who chooses. */
  title: string;
  rules: Rules;
  /** Loads it with its templates. */
  load(): Promise<Stack>;
};

/** Stacks by the names that manifests give them, the usual one first. */
export type Stacks = Readonly<Record<string, StackEntry>>;

/** What of a project follows from the manifest alone. Every function is pure. */
export type Stack = {
  rules: Rules;
  /** `tool` is what the project depends on to find this tool: a version, or a packed file. */
  renderProject(manifest: Manifest, tool: string): RenderedFile[];
  /** What would work only in a folder above, as the manifest says, and so is not rendered. */
  leftOut(manifest: Manifest): LeftOut[];
  /** The names of files that are settings of the linter, for the folders below theirs as well. */
  linterSettings: readonly string[];
  /** What the project is made of. */
  partsOf(manifest: Manifest): ProjectPart[];
  /** The migration that takes back what those of a part did; its way back does it again. */
  renderDeparture(part: ProjectPart, timestamp: string): RenderedFile;
  departureRisks(part: ProjectPart): Risk[];
  /** What only one copy of the project has, from random texts: never rendered a second time. */
  renderSecrets(manifest: Manifest, newSecret: () => string): RenderedFile[];
  /** Its files, those of any two endpoints in the same order. */
  renderEndpoint(manifest: Manifest, plural: string): RenderedFile[];
  /** The migration that creates the table; `timestamp` has 14 digits, in UTC. */
  renderCreation(manifest: Manifest, plural: string, timestamp: string): RenderedFile;
  /** The migration between two states of a table, undefined where the database stays as it is. */
  renderAlteration(change: TableChange & { timestamp: string }): RenderedFile | undefined;
  /** What that migration may do to rows. */
  risksOf(change: TableChange): Risk[];
  /** The migration that renames a table with all that is named after it; undefined where none is. */
  renderRename(
    before: Manifest,
    after: Manifest,
    rename: EndpointRename,
    timestamp: string,
  ): RenderedFile | undefined;
  /** The migration that drops the table; its way back makes it again. */
  renderRemoval(manifest: Manifest, plural: string, timestamp: string): RenderedFile;
  /** The migration between the roles of two manifests with accounts; undefined where they are the same. */
  renderRoles(before: Manifest, after: Manifest, timestamp: string): RenderedFile | undefined;
  /** What that migration may do to rows. */
  rolesRisks(before: Manifest, after: Manifest): Risk[];
  /** A migration that does nothing in either way, for a person to write; `name` is snake_case. */
  renderEmpty(name: string, timestamp: string): RenderedFile;
  /** The parts of files of the project that tell of all endpoints. */
  sections(manifest: Manifest): { path: string; sections: readonly Section[] }[];
  removalRisks(manifest: Manifest, plural: string): Risk[];
  /**
   * The migration that gives the tables which a version of this tool has made what tables have by
   * now; undefined where they have it.
   */
  renderUpgrade(manifest: Manifest, version: string, timestamp: string): RenderedFile | undefined;
  wirings(manifest: Manifest, plural: string): Wiring[];
  /** The wirings of an endpoint that goes on under another name. */
  renamings(before: Manifest, after: Manifest, rename: EndpointRename): Renaming[];
  /** The routes that are generated. */
  listRoutes(manifest: Manifest): Route[];
  /** Loads what finds the routes of a project, and reads its code. */
  readRoutes(manifest: Manifest, read: (path: string) => string | undefined): Promise<Listing>;
  commands(manifest: Manifest): Commands;
  /** What installs the dependencies, one step after another. */
  install(manifest: Manifest): Step[];
  /** The files that say what is to be installed, and the folder that is there once it is. */
  dependencies: { files: readonly string[]; folder: string };
  /** Prints `pending NAME` for each migration to run, and `missing NAME` for each that is not there. */
  migrationStatus(manifest: Manifest): Run;
  /** Prints the OpenAPI document of the project, from the code in `file`, without a database. */
  openApi(manifest: Manifest): Run & { file: string };
  toolNote: ToolNote;
  /** The folders, by their names, that no person writes into. */
  madeFolders: readonly string[];
  /** Whether a person may have named an endpoint in a file. */
  mayName(path: string): boolean;
  syntaxOf(path: string): Syntax;
  /** The folder of the migrations, whose names begin with their timestamps. */
  migrations: string;
  /** Whether a file of that folder is a migration, by its name. */
  isMigration(file: string): boolean;
  /** Which tables a migration is about, by its text. */
  tablesOf(migration: string): TablesOf;
  /** Its statements on the way up, each on one line, so that those of two migrations compare. */
  statementsOf(migration: string): string[];
  /** Whether it makes, changes or removes a column on its way up. */
  touchesColumn(migration: string, table: string, column: string): boolean;
  /** The formatters that a project may have; the first that its options name lays it out. */
  formatters: readonly Formatter[];
  /** As all is rendered already: a project with options of its own has another (`inLayout`). */
  layOut: LayOut;
  /** Loads what tells of merged files whether they may be written. */
  soundness(): Promise<IsSound>;
  /** Loads what reads the imports and exports of code. */
  modules(): Promise<Modules>;
  /** Loads the templates of an endpoint as they were written: all, or those that a project uses. */
  originals(manifest?: Manifest): Promise<readonly Original[]>;
  /** This stack with templates of endpoints that take the place of the originals, or stand beside. */
  withTemplates(own: readonly OwnTemplate[]): Promise<Stack>;
};

/** A part of a project, and the migrations that make its tables, in their order. */
export type ProjectPart = { name: string; migrations: RenderedFile[] };

/** A file that the project does without; `need` is what has to be said in a folder above instead. */
export type LeftOut = { path: string; root: 'repository' | 'workspace'; need?: string };

/** What a person types in a project to do what the name says. */
export type Commands = Readonly<Record<'dev' | 'test' | 'migrate' | 'install', string>>;
