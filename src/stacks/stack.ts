import type { Level } from '../spec/access.ts';
import type { Manifest } from '../spec/manifest.ts';
import type { Risk } from './postgres-risks.ts';

/** A file of the target project, its path relative and with `/`. */
export type RenderedFile = { path: string; content: string };

/** What a caller can ask for, who may, and the file that answers. */
export type Route = { method: string; path: string; access: Level; file: string };

/** A line that a shared file needs, for the codemod of its kind. */
export type Wiring =
  | { kind: 'route'; path: string; name: string; from: string }
  | { kind: 'table'; path: string; name: string; type: string; from: string };

/** Two states of one table; `renames` maps keys of fields in the manifest, before to after. */
export type TableChange = {
  before: Manifest;
  after: Manifest;
  plural: string;
  renames: ReadonlyMap<string, string>;
};

/** What of a project follows from the manifest alone. Every function is pure. */
export type Stack = {
  /** `tool` is what the project depends on to find this tool: a version, or a packed file. */
  renderProject(manifest: Manifest, tool: string): RenderedFile[];
  /** What only one copy of the project has, from random texts: never rendered a second time. */
  renderSecrets(manifest: Manifest, newSecret: () => string): RenderedFile[];
  renderEndpoint(manifest: Manifest, plural: string): RenderedFile[];
  /** The migration that creates the table; `timestamp` has 14 digits, in UTC. */
  renderCreation(manifest: Manifest, plural: string, timestamp: string): RenderedFile;
  /** The migration between two states of a table, undefined where the database stays as it is. */
  renderAlteration(change: TableChange & { timestamp: string }): RenderedFile | undefined;
  /** What that migration may do to rows. */
  risksOf(change: TableChange): Risk[];
  /** The migration that drops the table; its way back makes it again. */
  renderRemoval(manifest: Manifest, plural: string, timestamp: string): RenderedFile;
  /**
   * The migration that gives the tables which a version of this tool has made what tables have by
   * now; undefined where they have it.
   */
  renderUpgrade(manifest: Manifest, version: string, timestamp: string): RenderedFile | undefined;
  wirings(manifest: Manifest, plural: string): Wiring[];
  listRoutes(manifest: Manifest): Route[];
  /** The folder of the migrations, whose names begin with their timestamps. */
  migrations: string;
};

/** A template made ready by the build; `path` may hold `[names]` that the view knows. */
export type Template = { path: string; render(view: object): string };
