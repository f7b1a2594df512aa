import { isAccounts } from '../../src/manifest/accounts.ts';
import type { Change, Plan } from '../../src/manifest/change.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import type { ProjectChange } from '../../src/plan/plan-change.ts';
import { planChange } from '../../src/plan/plan-change.ts';
import type { BinaryFiles } from '../../src/plan/project-files.ts';
import { express } from '../../src/stacks/express/express.ts';
import { emptyManifest, manifestWith } from '../stacks/manifests.ts';

/** The texts of a project by their paths, in memory. */
export type Texts = Record<string, string>;

export function filesOf(texts: Texts): BinaryFiles {
  return {
    read: (path) => texts[path],
    bytes: (path) => (texts[path] === undefined ? undefined : Buffer.from(texts[path])),
    tree: (folder) =>
      Object.keys(texts)
        .filter((path) => folder === '' || path.startsWith(`${folder}/`))
        .sort(),
    list: (folder) =>
      Object.keys(texts).flatMap((path) =>
        path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [],
      ),
  };
}

/** The texts of a new project without endpoints but the accounts. */
export function projectOf(manifest: Manifest): Texts {
  const accounts = Object.keys(manifest.endpoints).filter((name) => isAccounts(manifest, name));
  const rendered = [
    ...express.renderProject(manifest, '1.0.0'),
    ...accounts.flatMap((plural) => express.renderEndpoint(manifest, plural)),
  ];
  const files = rendered.map(({ path, content }) => [path, content]);
  return Object.fromEntries([['backend.json', formatManifest(manifest)], ...files]);
}

export const project = projectOf(emptyManifest);

/** The plan of a change; adds posts with a title where nothing else is said. */
export function plan(texts: Texts, change: Partial<ProjectChange> = {}): Promise<Plan> {
  return planChange({
    before: emptyManifest,
    after: manifestWith({ name: 'posts', fields: ['title:string'] }),
    renames: {},
    stack: express,
    files: filesOf(texts),
    clock: new Date('2026-01-31T12:00:00Z'),
    force: false,
    command: 'gen endpoint posts title:string',
    newSecret: () => 'secret',
    version: '9.9.9',
    ...change,
  });
}

/** The project as it is once the changes are committed. */
export function apply(texts: Texts, changes: readonly Change[]): Texts {
  const next = { ...texts };
  for (const change of changes) {
    if (change.kind === 'delete') delete next[change.path];
    else next[change.path] = String(change.content);
  }
  return next;
}
